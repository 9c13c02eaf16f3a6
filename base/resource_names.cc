#include "base/resource_names.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/limits.h"

namespace brokerage::base {
namespace {

constexpr absl::string_view kCentres = "centres";
constexpr absl::string_view kVolunteers = "volunteers";
constexpr absl::string_view kOpportunities = "opportunities";
constexpr absl::string_view kCredentials = "credentials";
constexpr absl::string_view kOrganisations = "organisations";
constexpr absl::string_view kWeightSets = "weightSets";
constexpr absl::string_view kSkills = "skills";
constexpr absl::string_view kCauses = "causes";
constexpr absl::string_view kDistricts = "districts";

bool IsSegment(absl::string_view text) {
  if (text.empty() || text.size() > static_cast<std::size_t>(kMaxClientIdBytes)) return false;
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-') return false;
  }
  return true;
}

std::optional<std::string> ParseTop(absl::string_view collection, absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 2 || parts[0] != collection || !IsSegment(parts[1])) return std::nullopt;
  return std::string(parts[1]);
}

std::optional<CentreChildName> ParseChild(absl::string_view collection, absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != kCentres || parts[2] != collection) return std::nullopt;
  if (!IsSegment(parts[1]) || !IsSegment(parts[3]) || parts[1] == "-" || parts[3] == "-") return std::nullopt;
  return CentreChildName{std::string(parts[1]), std::string(parts[3])};
}

template <typename Name>
std::optional<Name> ParseChildAs(absl::string_view collection, absl::string_view name) {
  auto parsed = ParseChild(collection, name);
  if (!parsed) return std::nullopt;
  Name result;
  static_cast<CentreChildName&>(result) = *std::move(parsed);
  return result;
}

std::string FormatTop(absl::string_view collection, absl::string_view id) {
  return absl::StrCat(collection, "/", id);
}

std::string FormatChild(absl::string_view collection, const CentreChildName& name) {
  return absl::StrCat(kCentres, "/", name.centre, "/", collection, "/", name.id);
}

template <typename Name>
std::optional<Name> ParseTopAs(absl::string_view collection, absl::string_view name) {
  auto id = ParseTop(collection, name);
  if (!id || *id == "-") return std::nullopt;
  return Name{*std::move(id)};
}

}  // namespace

std::optional<CentreName> CentreName::Parse(absl::string_view name) {
  auto id = ParseTop(kCentres, name);
  if (!id) return std::nullopt;
  return CentreName{*std::move(id)};
}
std::string CentreName::Format() const { return FormatTop(kCentres, centre); }

std::optional<VolunteerName> VolunteerName::Parse(absl::string_view name) {
  return ParseChildAs<VolunteerName>(kVolunteers, name);
}
std::string VolunteerName::Format() const { return FormatChild(kVolunteers, *this); }

std::optional<OpportunityName> OpportunityName::Parse(absl::string_view name) {
  return ParseChildAs<OpportunityName>(kOpportunities, name);
}
std::string OpportunityName::Format() const { return FormatChild(kOpportunities, *this); }

std::optional<CredentialName> CredentialName::Parse(absl::string_view name) {
  return ParseChildAs<CredentialName>(kCredentials, name);
}
std::string CredentialName::Format() const { return FormatChild(kCredentials, *this); }

std::optional<OrganisationName> OrganisationName::Parse(absl::string_view name) {
  return ParseTopAs<OrganisationName>(kOrganisations, name);
}
std::string OrganisationName::Format() const { return FormatTop(kOrganisations, id); }

std::optional<WeightSetName> WeightSetName::Parse(absl::string_view name) {
  return ParseTopAs<WeightSetName>(kWeightSets, name);
}
std::string WeightSetName::Format() const { return FormatTop(kWeightSets, id); }

std::optional<std::string> ParseSkillName(absl::string_view name) { return ParseTop(kSkills, name); }
std::optional<std::string> ParseCauseName(absl::string_view name) { return ParseTop(kCauses, name); }
std::optional<std::string> ParseDistrictName(absl::string_view name) { return ParseTop(kDistricts, name); }
std::string FormatSkillName(absl::string_view id) { return FormatTop(kSkills, id); }
std::string FormatCauseName(absl::string_view id) { return FormatTop(kCauses, id); }
std::string FormatDistrictName(absl::string_view id) { return FormatTop(kDistricts, id); }

absl::string_view LastSegment(absl::string_view name) {
  const auto slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace brokerage::base

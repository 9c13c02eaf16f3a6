#include "base/resource_names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "base/limits.h"

namespace brokerage::base {
namespace {

constexpr absl::string_view kCentres = "centres";
constexpr absl::string_view kVolunteers = "volunteers";
constexpr absl::string_view kOpportunities = "opportunities";
constexpr absl::string_view kReferrals = "referrals";
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

// Takes the text before the next slash, and the slash, off the front of `rest`; all of it when there is none.
absl::string_view TakeSegment(absl::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const absl::string_view segment = rest.substr(0, slash);
  rest.remove_prefix(slash == absl::string_view::npos ? rest.size() : slash + 1);
  return segment;
}

std::optional<absl::string_view> ParseTop(absl::string_view collection, absl::string_view name) {
  if (!absl::ConsumePrefix(&name, collection) || !absl::ConsumePrefix(&name, "/") || !IsSegment(name)) {
    return std::nullopt;
  }
  return name;
}

struct ChildIds {
  absl::string_view centre;
  absl::string_view id;
};

std::optional<ChildIds> ParseChild(absl::string_view collection, absl::string_view name) {
  ChildIds ids;
  if (TakeSegment(name) != kCentres) return std::nullopt;
  ids.centre = TakeSegment(name);
  if (TakeSegment(name) != collection) return std::nullopt;
  ids.id = name;
  if (!IsSegment(ids.centre) || !IsSegment(ids.id) || ids.centre == "-" || ids.id == "-") return std::nullopt;
  return ids;
}

template <typename Name>
std::optional<Name> ParseChildAs(absl::string_view collection, absl::string_view name) {
  const auto ids = ParseChild(collection, name);
  if (!ids) return std::nullopt;
  Name result;
  result.centre = std::string(ids->centre);
  result.id = std::string(ids->id);
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
  const auto id = ParseTop(collection, name);
  if (!id || *id == "-") return std::nullopt;
  return Name{std::string(*id)};
}

}  // namespace

std::optional<CentreName> CentreName::Parse(absl::string_view name) {
  const auto id = ParseTop(kCentres, name);
  if (!id) return std::nullopt;
  return CentreName{std::string(*id)};
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

std::optional<ReferralName> ReferralName::Parse(absl::string_view name) {
  return ParseChildAs<ReferralName>(kReferrals, name);
}
std::string ReferralName::Format() const { return FormatChild(kReferrals, *this); }

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

std::optional<absl::string_view> ParseSkillName(absl::string_view name) { return ParseTop(kSkills, name); }
std::optional<absl::string_view> ParseCauseName(absl::string_view name) { return ParseTop(kCauses, name); }
std::optional<absl::string_view> ParseDistrictName(absl::string_view name) {
  return ParseTop(kDistricts, name);
}
std::string FormatSkillName(absl::string_view id) { return FormatTop(kSkills, id); }
std::string FormatCauseName(absl::string_view id) { return FormatTop(kCauses, id); }
std::string FormatDistrictName(absl::string_view id) { return FormatTop(kDistricts, id); }

std::optional<absl::string_view> CentreOfVolunteer(absl::string_view name) {
  const auto ids = ParseChild(kVolunteers, name);
  if (!ids) return std::nullopt;
  return name.substr(0, kCentres.size() + 1 + ids->centre.size());
}

absl::string_view LastSegment(absl::string_view name) {
  const auto slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace brokerage::base

// Resource names, only ever made and read here. Each kind's kPattern says to people what it looks like.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::base {

// `centres/{centre}`. The id `-` stands for all centres where a method allows it.
struct CentreName {
  static constexpr absl::string_view kPattern = "centres/{centre}";
  std::string centre;

  static std::optional<CentreName> Parse(absl::string_view name);
  std::string Format() const;
  bool IsAll() const { return centre == "-"; }
  friend bool operator==(const CentreName&, const CentreName&) = default;
};

// `centres/{centre}/{collection}/{id}`.
struct CentreChildName {
  std::string centre;
  std::string id;

  CentreName Parent() const { return {centre}; }
  friend bool operator==(const CentreChildName&, const CentreChildName&) = default;
};

struct VolunteerName : CentreChildName {
  static constexpr absl::string_view kPattern = "centres/{centre}/volunteers/{volunteer}";
  static std::optional<VolunteerName> Parse(absl::string_view name);
  std::string Format() const;
};

struct OpportunityName : CentreChildName {
  static constexpr absl::string_view kPattern = "centres/{centre}/opportunities/{opportunity}";
  static std::optional<OpportunityName> Parse(absl::string_view name);
  std::string Format() const;
};

struct ReferralName : CentreChildName {
  static constexpr absl::string_view kPattern = "centres/{centre}/referrals/{referral}";
  static std::optional<ReferralName> Parse(absl::string_view name);
  std::string Format() const;
};

struct CredentialName : CentreChildName {
  static constexpr absl::string_view kPattern = "centres/{centre}/credentials/{credential}";
  static std::optional<CredentialName> Parse(absl::string_view name);
  std::string Format() const;
};

// `{collection}/{id}`.
struct OrganisationName {
  static constexpr absl::string_view kPattern = "organisations/{organisation}";
  std::string id;
  static std::optional<OrganisationName> Parse(absl::string_view name);
  std::string Format() const;
};

struct WeightSetName {
  static constexpr absl::string_view kPattern = "weightSets/{weight_set}";
  std::string id;
  static std::optional<WeightSetName> Parse(absl::string_view name);
  std::string Format() const;
};

// `skills/{skill}`, `causes/{cause}`, `districts/{district}`: the id, of the text that was given, whether or
// not there is such a thing.
std::optional<absl::string_view> ParseSkillName(absl::string_view name);
std::optional<absl::string_view> ParseCauseName(absl::string_view name);
std::optional<absl::string_view> ParseDistrictName(absl::string_view name);
std::string FormatSkillName(absl::string_view id);
std::string FormatCauseName(absl::string_view id);
std::string FormatDistrictName(absl::string_view id);

// Of a volunteer's name: its `centres/{centre}`, of the text that was given.
std::optional<absl::string_view> CentreOfVolunteer(absl::string_view name);

// The last segment of any name.
absl::string_view LastSegment(absl::string_view name);

}  // namespace brokerage::base

#include "matcher/conditions.h"

namespace brokerage::matcher {

absl::string_view ConditionCode(Condition condition) {
  switch (condition) {
    case Condition::kVolunteerNotAvailable:
      return "VOLUNTEER_NOT_AVAILABLE";
    case Condition::kOpportunityNotOpen:
      return "OPPORTUNITY_NOT_OPEN";
    case Condition::kOrganisationNotActive:
      return "ORGANISATION_NOT_ACTIVE";
    case Condition::kNotShared:
      return "NOT_SHARED";
    case Condition::kTooFar:
      return "TOO_FAR";
    case Condition::kRemoteNotWanted:
      return "REMOTE_NOT_WANTED";
    case Condition::kRequiredSkill:
      return "REQUIRED_SKILL";
    case Condition::kCheckLevel:
      return "CHECK_LEVEL";
    case Condition::kAge:
      return "AGE";
    case Condition::kLicence:
      return "LICENCE";
    case Condition::kLanguage:
      return "LANGUAGE";
    case Condition::kCoverage:
      return "COVERAGE";
    case Condition::kDoubleBooked:
      return "DOUBLE_BOOKED";
    case Condition::kAlreadyReferred:
      return "ALREADY_REFERRED";
  }
  return "";
}

}  // namespace brokerage::matcher

#include "services/matching/opportunity_validate.h"

#include <string>

#include "absl/strings/str_cat.h"

#include "base/resource_names.h"
#include "matcher/checks.h"
#include "services/matching/convert/facts.h"
#include "services/matching/opportunity_states.h"
#include "services/matching/term_checks.h"
#include "services/matching/time_checks.h"
#include "services/places/resolve.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"

namespace brokerage::matching {
namespace {

using v1::Opportunity;

// The most that may be asked, in words.
std::string CeilingText(const matcher::CheckCeiling& ceiling) {
  switch (ceiling.level) {
    case matcher::CheckLevel::kNone:
    case matcher::CheckLevel::kBasic:
      return "a basic check";
    case matcher::CheckLevel::kStandard:
      return "a standard check";
    case matcher::CheckLevel::kEnhanced:
      return "an enhanced check";
    case matcher::CheckLevel::kEnhancedBarred:
      break;
  }
  const bool children = (ceiling.barred_lists & matcher::kChildrenBarredList) != 0;
  const bool adults = (ceiling.barred_lists & matcher::kAdultsBarredList) != 0;
  if (children && adults) return "an enhanced check with both barred lists";
  return children ? "an enhanced check with the children's barred list"
                  : "an enhanced check with the adults' barred list";
}

// Checks one record; a function for each group of fields.
class Checker {
 public:
  Checker(const Rules& rules, absl::string_view path, base::Violations& violations)
      : rules_(rules), path_(path), violations_(violations) {}

  void Organisation(const Opportunity& opportunity) {
    rpc::CheckName<base::OrganisationName>(opportunity.organisation(), Path("organisation"), violations_);
  }

  void Place(const Opportunity* before, Opportunity& opportunity) {
    if (!opportunity.has_place()) return;
    if (opportunity.remote()) Add("place", "must not be given for a remote role");
    if (before != nullptr && before->has_place() &&
        places::SamePlaceGiven(before->place(), opportunity.place())) {
      *opportunity.mutable_place() = before->place();
      return;
    }
    places::ResolvePlace(*opportunity.mutable_place(), Path("place"), rules_.places, violations_);
  }

  void Schedule(const Opportunity& opportunity) {
    if (!opportunity.has_schedule()) return;
    const v1::Schedule& schedule = opportunity.schedule();
    switch (schedule.kind_case()) {
      case v1::Schedule::kWeekly:
        CheckWindows(schedule.weekly().windows(), Path("schedule.weekly.windows"), violations_);
        break;
      case v1::Schedule::kFlexible:
        CheckWindows(schedule.flexible().windows(), Path("schedule.flexible.windows"), violations_);
        break;
      case v1::Schedule::kDated:
        Dated(schedule.dated());
        break;
      case v1::Schedule::KIND_NOT_SET:
        Add("schedule", "must be weekly, dated or flexible, or absent");
        break;
    }
  }

  void Places(const Opportunity& opportunity) {
    const int32_t places = opportunity.has_places() ? opportunity.places() : 1;
    if (places < opportunity.places_filled()) {
      Add("places", absl::StrCat("must not be below the ", opportunity.places_filled(), " that are filled"));
    }
  }

  void Ages(const Opportunity& opportunity) {
    if (opportunity.has_minimum_age() && opportunity.has_maximum_age() &&
        opportunity.maximum_age() < opportunity.minimum_age()) {
      Add("maximum_age", "must not be below minimum_age");
    }
  }

  void RequiredCheck(const Opportunity& opportunity) {
    const auto& check = opportunity.required_check();
    // A level that is missing or unknown is the limits' to refuse.
    if (check.level() == common::v1::CHECK_LEVEL_UNSPECIFIED ||
        !common::v1::CheckLevel_IsValid(check.level())) {
      return;
    }
    const matcher::EligibilityBasisSet bases = BasesOf(check);
    const std::string most = absl::StrCat(
        "is over-asking: on this role's eligibility_basis ", CeilingText(matcher::CeilingOf(bases)),
        " is the most that may be asked, and asking for more is an offence");
    for (const matcher::CheckFault fault : matcher::FaultsOf(ToFacts(check), bases)) {
      switch (fault) {
        case matcher::CheckFault::kBarredListMissing:
          Add("required_check.barred_lists", "must name the lists to consult");
          break;
        case matcher::CheckFault::kBarredListUnexpected:
          Add("required_check.barred_lists", "are for an enhanced check with barred lists only");
          break;
        case matcher::CheckFault::kLevelNotEligible:
          Add("required_check.level", most);
          break;
        case matcher::CheckFault::kBarredListNotEligible:
          Add("required_check.barred_lists", most);
          break;
      }
    }
  }

  void Terms(const Opportunity& opportunity) {
    CheckSkills(opportunity.skills(), Path("skills"), rules_.tables, violations_);
    CheckCauses(opportunity.causes(), Path("causes"), rules_.tables, violations_);
    CheckLanguages(opportunity.languages(), Path("languages"), rules_.tables, violations_);
    CheckAccessNeeds(opportunity.access_support(), Path("access_support"), rules_.tables, violations_);
  }

 private:
  void Dated(const v1::DatedSchedule& dated) {
    if (dated.sessions().empty() && !dated.has_recurrence())
      Add("schedule.dated", "must have sessions, a recurrence, or both");
    for (int i = 0; i < dated.sessions_size(); ++i) {
      const v1::Session& session = dated.sessions(i);
      const std::string item = Path(absl::StrCat("schedule.dated.sessions[", i, "]"));
      // Absent ones are the limits' to refuse.
      if (session.has_start_time())
        CheckMinute(session.start_time(), absl::StrCat(item, ".start_time"), violations_);
      if (session.has_duration())
        CheckSessionLength(session.duration(), absl::StrCat(item, ".duration"), violations_);
    }
    if (dated.has_recurrence())
      CheckRecurrence(dated.recurrence(), Path("schedule.dated.recurrence"), violations_);
  }

  std::string Path(absl::string_view field) const { return absl::StrCat(path_, field); }
  void Add(absl::string_view field, absl::string_view fault) { violations_.Add(Path(field), fault); }

  const Rules& rules_;
  absl::string_view path_;
  base::Violations& violations_;
};

}  // namespace

void CheckOpportunity(const Rules& rules, absl::string_view path, const Opportunity* before,
                      Opportunity& opportunity, base::Violations& violations) {
  rpc::CheckMessage(opportunity, path, violations);
  Checker checker(rules, path, violations);
  checker.Organisation(opportunity);
  checker.Place(before, opportunity);
  checker.Schedule(opportunity);
  if (before != nullptr) checker.Places(opportunity);
  checker.Ages(opportunity);
  checker.RequiredCheck(opportunity);
  checker.Terms(opportunity);
  if (opportunity.sharing() == common::v1::SHARING_UNSPECIFIED) {
    opportunity.set_sharing(common::v1::SHARING_CENTRE);
  }
  if (before != nullptr && IsHandedIn(before->state())) CheckHandedIn(opportunity, path, violations);
}

}  // namespace brokerage::matching

// Where a referral stands, and the steps between: from where, to where, by whom, on what condition, and what
// comes of it. The whole of it is one table, which docs/api.md shows too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/referral.pb.h"

namespace brokerage::matching {

// Which centre acts. Who acts for all may do what either may.
enum class ActingSide { kEither, kVolunteers, kRoles };

// What must hold besides the stage. All that does not is answered at once.
enum class Need {
  kMatch,               // every condition of the pair holds now
  kActiveOrganisation,  // the registry's last word on the role's organisation
  kRoleOpen,            // approved and neither paused nor over; full or unconfirmed is no obstacle
  kVolunteerAvailable,  // searching or placed
  kOutreachBudget,      // the volunteer was not asked too often
  kFreePlace,
  kBelowPlacementLimit,  // the volunteer's own
  kNotDoubleBooked,      // no session overlaps one of a placement that they hold
};

// What a step changes besides the stage, all in the one commit.
enum class Effect {
  kBeginsLife,      // the pair's only live referral from now on
  kKeepsDecision,   // what was shown
  kCountsContact,   // the volunteer's last contact, and one of their outreach budget
  kKeepsConsent,    // to this introduction
  kRevealsContact,  // to the role's centre, with an entry in the access log
  kConnects,        // one more connection of the role: fair exposure
  kTakesPlace,      // a place of the role is filled and the volunteer is placed
  kFreesPlace,      // the place is free, and without another placement the volunteer searches again
  kEndsLife,        // the pair may be referred again
  kQuietens,        // ... but after a no only 90 days later
};

struct ReferralStep {
  absl::string_view method;
  std::vector<v1::Referral::Stage> from;
  std::optional<v1::Referral::Stage> to;  // nullopt: it stays; of DeclineReferral, the reason says
  ActingSide by = ActingSide::kEither;
  std::vector<Need> needs;
  std::vector<Effect> effects;

  bool Has(Effect effect) const;
  bool Allows(v1::Referral::Stage stage) const;
};

// In the order in which they are taken.
const std::vector<ReferralStep>& ReferralSteps();

// The row of `method`, which the table has.
const ReferralStep& ReferralStepOf(absl::string_view method);

// The methods that are possible at `stage`, in the table's order.
std::vector<std::string> PossibleAt(v1::Referral::Stage stage);

// Whether a referral lives at `stage`: shortlisted to placed.
bool IsLive(v1::Referral::Stage stage);

// Whether the role's centre may see the volunteer's contact at `stage`: introduced to placed.
bool RevealsContact(v1::Referral::Stage stage);

// "OFFERED".
std::string StageName(v1::Referral::Stage stage);

// Where a decline for `reason` leads; nullopt: one does not decline for that.
std::optional<v1::Referral::Stage> StageOfDecline(v1::Referral::Reason reason);

// Whether a placement may be ended for `reason`.
bool EndsPlacement(v1::Referral::Reason reason);

}  // namespace brokerage::matching

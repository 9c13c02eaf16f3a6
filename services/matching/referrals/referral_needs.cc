#include "services/matching/referrals/referral_needs.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "base/errors.h"
#include "brokerage/storage/v1/record.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/convert/times.h"
#include "services/matching/referrals/ledgers.h"
#include "services/matching/referrals/pair_histories.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

using storage::v1::OpportunityRecord;
using storage::v1::VolunteerRecord;
using storage::v1::VolunteerReferrals;

// Collects what one step lacks.
class Checker {
 public:
  Checker(const Context& context, absl::Time now, const v1::Referral& referral, rpc::WorkingSet& records)
      : context_(context), now_(now), referral_(referral), records_(records) {}

  absl::Status Read() {
    const auto volunteer = records_.Find<VolunteerRecord>(storage::kVolunteers, referral_.volunteer());
    if (!volunteer.ok()) return volunteer.status();
    if (*volunteer != nullptr) volunteer_ = (*volunteer)->volunteer();
    const auto opportunity =
        records_.Find<OpportunityRecord>(storage::kOpportunities, referral_.opportunity());
    if (!opportunity.ok()) return opportunity.status();
    if (*opportunity != nullptr) opportunity_ = (*opportunity)->opportunity();
    const auto ledger =
        records_.Find<VolunteerReferrals>(storage::kVolunteerReferrals, referral_.volunteer());
    if (!ledger.ok()) return ledger.status();
    if (*ledger != nullptr) ledger_ = **ledger;
    return absl::OkStatus();
  }

  // Errors: what says nothing of the need itself.
  absl::Status Check(Need need) {
    switch (need) {
      case Need::kMatch:
        return absl::OkStatus();
      case Need::kActiveOrganisation:
        return ActiveOrganisation();
      case Need::kRoleOpen:
        if (opportunity_.state() != v1::Opportunity::STATE_OPEN)
          Lack(base::reason::kOpportunityNotOpen, referral_.opportunity(),
               "the role must be open again first");
        return absl::OkStatus();
      case Need::kVolunteerAvailable:
        if (volunteer_.state() != v1::Volunteer::STATE_SEARCHING &&
            volunteer_.state() != v1::Volunteer::STATE_PLACED)
          Lack(base::reason::kVolunteerNotAvailable, referral_.volunteer(),
               "the volunteer must be searching or placed");
        return absl::OkStatus();
      case Need::kOutreachBudget:
        OutreachBudget();
        return absl::OkStatus();
      case Need::kFreePlace:
        if (opportunity_.places_filled() >= (opportunity_.has_places() ? opportunity_.places() : 1))
          Lack(base::reason::kNoFreePlace, referral_.opportunity(), "every place of the role is filled");
        return absl::OkStatus();
      case Need::kBelowPlacementLimit:
        if (ledger_.placements_size() >=
            (volunteer_.has_placement_limit() ? volunteer_.placement_limit() : 1))
          Lack(base::reason::kPlacementLimitReached, referral_.volunteer(),
               "the volunteer has as many placements as they want");
        return absl::OkStatus();
      case Need::kNotDoubleBooked:
        return NotDoubleBooked();
    }
    return absl::OkStatus();
  }

  absl::Status Result(absl::string_view method) const {
    if (lacks_.empty()) return absl::OkStatus();
    return base::NeedsNotMet(lacks_.front().code, absl::StrCat(method, " is not possible now"), lacks_,
                             metadata_);
  }

 private:
  void Lack(absl::string_view code, absl::string_view subject, absl::string_view description) {
    lacks_.push_back({std::string(code), std::string(subject), std::string(description)});
  }

  absl::Status ActiveOrganisation() {
    const std::string& name = opportunity_.organisation();
    if (context_.organisations.StandingOf(name) == matcher::OrganisationStanding::kActive) {
      return absl::OkStatus();
    }
    if (!context_.organisations.EverSeen()) return base::RegistryNeverSeen();
    Lack(base::reason::kOrganisationNotActive, name, "the registry must know the organisation as active");
    return absl::OkStatus();
  }

  void OutreachBudget() {
    const auto next = NextOffer(ledger_, context_.outreach_budget, now_);
    if (!next) return;
    const std::string when = absl::FormatTime(absl::RFC3339_sec, *next, absl::UTCTimeZone());
    Lack(base::reason::kOutreachBudgetSpent, referral_.volunteer(),
         absl::StrCat("asked ", context_.outreach_budget, " times in 7 days: not before ", when));
    metadata_.emplace_back("next_offer_time", when);
  }

  absl::Status NotDoubleBooked() {
    const matcher::Minute now_min = MomentAt(now_).as_of_min;
    const auto wanted = SessionsToKeep(opportunity_, now_);
    for (const auto& placement : ledger_.placements()) {
      const auto record = records_.Find<OpportunityRecord>(storage::kOpportunities, placement.opportunity());
      if (!record.ok()) return record.status();
      if (*record == nullptr) continue;
      const auto held = SessionsToKeep((*record)->opportunity(), now_);
      const auto clashes = [&](const matcher::Interval& session) {
        return session.end_min > now_min &&
               std::any_of(held.begin(), held.end(), [&](const matcher::Interval& other) {
                 return session.start_min < other.end_min && other.start_min < session.end_min;
               });
      };
      if (!std::any_of(wanted.begin(), wanted.end(), clashes)) continue;
      Lack(base::reason::kDoubleBooked, referral_.volunteer(),
           "a session overlaps one of a placement they hold");
      return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  const Context& context_;
  const absl::Time now_;
  const v1::Referral& referral_;
  rpc::WorkingSet& records_;
  v1::Volunteer volunteer_;
  v1::Opportunity opportunity_;
  VolunteerReferrals ledger_;
  std::vector<base::UnmetNeed> lacks_;
  std::vector<std::pair<std::string, std::string>> metadata_;
};

}  // namespace

absl::Status CheckNeeds(const Context& context, const rpc::Call& call, const ReferralStep& step,
                        const v1::Referral& referral, rpc::WorkingSet& records) {
  if (step.needs.empty()) return absl::OkStatus();
  Checker checker(context, call.now(), referral, records);
  if (auto read = checker.Read(); !read.ok()) return read;
  for (const Need need : step.needs) {
    if (auto checked = checker.Check(need); !checked.ok()) return checked;
  }
  return checker.Result(step.method);
}

}  // namespace brokerage::matching

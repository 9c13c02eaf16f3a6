#include "services/matching/opportunity_states.h"

#include "absl/strings/str_cat.h"

#include "services/rpc/moments.h"

namespace brokerage::matching {

using v1::Opportunity;

const std::vector<OpportunityTransition>& OpportunityTransitions() {
  static const auto& table = *new std::vector<OpportunityTransition>{
      {"UpdateOpportunity",
       {Opportunity::STATE_DRAFT, Opportunity::STATE_SUBMITTED, Opportunity::STATE_OPEN,
        Opportunity::STATE_REJECTED, Opportunity::STATE_PAUSED, Opportunity::STATE_FILLED,
        Opportunity::STATE_EXPIRED},
       std::nullopt},
      {"SubmitOpportunity",
       {Opportunity::STATE_DRAFT, Opportunity::STATE_REJECTED},
       Opportunity::STATE_SUBMITTED,
       CheckHandedIn},
      {"ApproveOpportunity", {Opportunity::STATE_SUBMITTED}, Opportunity::STATE_OPEN, CheckHandedIn},
      {"RejectOpportunity", {Opportunity::STATE_SUBMITTED}, Opportunity::STATE_REJECTED},
      {"PauseOpportunity",
       {Opportunity::STATE_OPEN, Opportunity::STATE_FILLED, Opportunity::STATE_EXPIRED},
       Opportunity::STATE_PAUSED},
      {"ResumeOpportunity", {Opportunity::STATE_PAUSED}, Opportunity::STATE_OPEN},
      {"CloseOpportunity",
       {Opportunity::STATE_SUBMITTED, Opportunity::STATE_OPEN, Opportunity::STATE_PAUSED,
        Opportunity::STATE_FILLED, Opportunity::STATE_EXPIRED},
       Opportunity::STATE_CLOSED},
      {"ConfirmOpportunity",
       {Opportunity::STATE_OPEN, Opportunity::STATE_PAUSED, Opportunity::STATE_FILLED,
        Opportunity::STATE_EXPIRED},
       std::nullopt},
      {"DeleteOpportunity",
       {Opportunity::STATE_DRAFT, Opportunity::STATE_SUBMITTED, Opportunity::STATE_OPEN,
        Opportunity::STATE_REJECTED, Opportunity::STATE_PAUSED, Opportunity::STATE_FILLED,
        Opportunity::STATE_EXPIRED, Opportunity::STATE_CLOSED},
       Opportunity::STATE_DELETED},
      {"UndeleteOpportunity", {Opportunity::STATE_DELETED}, std::nullopt},
  };
  return table;
}

Opportunity::State EffectiveState(const Opportunity& stored, absl::Time now) {
  if (stored.state() != Opportunity::STATE_OPEN) return stored.state();
  const int32_t places = stored.has_places() ? stored.places() : 1;
  if (stored.places_filled() >= places) return Opportunity::STATE_FILLED;
  if (stored.has_expire_time() && now >= rpc::ToTime(stored.expire_time())) return Opportunity::STATE_EXPIRED;
  return Opportunity::STATE_OPEN;
}

bool IsHandedIn(Opportunity::State state) {
  return state == Opportunity::STATE_SUBMITTED || state == Opportunity::STATE_OPEN ||
         state == Opportunity::STATE_PAUSED || state == Opportunity::STATE_FILLED ||
         state == Opportunity::STATE_EXPIRED;
}

void CheckHandedIn(const Opportunity& opportunity, absl::string_view path, base::Violations& lacks) {
  if (opportunity.organisation().empty()) {
    lacks.Add(absl::StrCat(path, "organisation"), "is needed");
  }
  if (!opportunity.remote() && !opportunity.has_place()) {
    lacks.Add(absl::StrCat(path, "place"), "is needed, unless the role is remote");
  }
}

}  // namespace brokerage::matching

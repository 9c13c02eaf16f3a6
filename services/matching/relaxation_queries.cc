#include "services/matching/relaxation_queries.h"

#include <optional>

#include "base/limits.h"
#include "base/resource_names.h"
#include "services/matching/convert/times.h"
#include "services/matching/match_basis.h"
#include "services/matching/match_messages.h"
#include "services/matching/visibility.h"
#include "services/rpc/policy.h"
#include "services/rpc/requests.h"

namespace brokerage::matching {
namespace {

static_assert(matcher::kGreatestRadiusM == base::kMaxTravelRadiusM);

// `volunteer` is whom the change is to, or nullptr when it is to a role.
v1::Relaxation ToMessage(const matcher::Suggestion& suggestion, const matcher::VolunteerFacts* volunteer,
                         const ReferenceTables& tables) {
  const matcher::Relaxation& change = suggestion.change;
  v1::Relaxation message;
  switch (change.kind) {
    case matcher::RelaxationKind::kRadius:
      message.mutable_radius()->set_further_m(static_cast<int32_t>(change.further_m));
      if (volunteer != nullptr) {
        const auto radius_m = matcher::Relaxed(*volunteer, change).travel_radius_m;
        message.mutable_radius()->set_travel_radius_m(static_cast<int32_t>(radius_m.value_or(0)));
      }
      break;
    case matcher::RelaxationKind::kMinimumCoverage:
      message.set_minimum_coverage_bp(static_cast<int32_t>(change.minimum_coverage_bp));
      break;
    case matcher::RelaxationKind::kWantedSkill:
      message.set_wanted_skill(base::FormatSkillName(tables.skills.at(change.skill).id));
      break;
    case matcher::RelaxationKind::kRemote:
      message.set_remote(true);
      break;
  }
  message.set_additional_count(suggestion.additional);
  message.set_lost_count(suggestion.lost);
  message.set_best_new_score(ScoreOf(suggestion.best_score_millionths));
  message.set_best_new_score_millionths(suggestion.best_score_millionths);
  return message;
}

}  // namespace

void RelaxationQueries::Check(const v1::SuggestRelaxationsRequest& request,
                              base::Violations& violations) const {
  rpc::CheckParent(request.parent(), true, violations);
  if (request.opportunity().empty() && request.volunteer().empty()) {
    violations.Add("opportunity", "or volunteer is required");
  }
  rpc::CheckName<base::OpportunityName>(request.opportunity(), "opportunity", violations);
  rpc::CheckName<base::VolunteerName>(request.volunteer(), "volunteer", violations);
  CheckBasis(request, violations);
}

absl::Status RelaxationQueries::Suggest(const rpc::Call& call, const v1::SuggestRelaxationsRequest& request,
                                        v1::SuggestRelaxationsResponse* response) const {
  const auto acting = rpc::Policy::ActFor(call.caller(), request.parent());
  if (!acting.ok()) return acting.status();
  const auto weights = weight_sets_.Find(request.weight_set());
  if (!weights.ok()) return weights.status();
  if (auto fresh = freshness_.Await(call, request.at_least_as_fresh()); !fresh.ok()) return fresh;

  const auto view = index_.Pin();
  const matcher::Moment as_of = MomentAt(call.now());
  const auto cancelled = [&] { return call.IsCancelled(); };
  std::optional<matcher::Suggestions> found;
  std::shared_ptr<const matcher::VolunteerFacts> volunteer;
  if (request.has_volunteer()) {
    volunteer = view->FindVolunteer(request.volunteer(), ForMatcher(*acting));
    if (volunteer == nullptr) return base::NotFound(request.volunteer());
    const matcher::OpportunitiesFor query{volunteer.get(), ForPartnersOf(*acting, volunteer->centre),
                                          request.require_access_support()};
    found = matcher::SuggestRelaxations(*view, query, as_of, weights->weights, cancelled);
  } else {
    const auto* opportunity = view->FindOpportunity(request.opportunity(), ForMatcher(*acting));
    if (opportunity == nullptr) return base::NotFound(request.opportunity());
    const matcher::VolunteersFor query{opportunity, ForPartnersOf(*acting, opportunity->centre),
                                       request.require_access_support()};
    found = matcher::SuggestRelaxations(*view, query, as_of, weights->weights, cancelled);
  }
  if (!found) return base::Cancelled();

  for (const matcher::Suggestion& suggestion : found->best_first) {
    *response->add_relaxations() = ToMessage(suggestion, volunteer.get(), context_.tables);
  }
  response->set_match_count(found->matches);
  *response->mutable_as_of() = AsOf(as_of);
  response->set_weight_set(weights->name);
  response->set_index_revision(RevisionToken(view->revision()));
  return absl::OkStatus();
}

}  // namespace brokerage::matching

#include "services/matching/referrals/shortlisting.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "base/errors.h"
#include "base/limits.h"
#include "base/resource_names.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/conditions.h"
#include "matcher/explain_text.h"
#include "services/matching/convert/times.h"
#include "services/matching/match_basis.h"
#include "services/matching/match_messages.h"
#include "services/matching/referrals/fingerprints.h"
#include "services/matching/visibility.h"
#include "services/rpc/mutations.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {
namespace {

using storage::v1::DecisionRecord;
using storage::v1::OpportunityRecord;
using storage::v1::OpportunityReferrals;
using storage::v1::VolunteerRecord;
using storage::v1::VolunteerReferrals;

// Each time some listed record was written at the same moment.
constexpr int kAttempts = 8;

}  // namespace

absl::Status Shortlisting::Choose(const rpc::Call& call, const rpc::Acting& acting,
                                  const WeightSets::Found& weights, v1::Referral& referral,
                                  rpc::WorkingSet& records) const {
  if (auto read = ReadPair(acting, referral, records); !read.ok()) return read;
  DecisionRecord decision;
  uint64_t needed = records.newest();
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto pair = FindPair(call, acting, referral, needed);
    if (!pair.ok()) return pair.status();
    const matcher::Explanation explanation =
        pair->view->Explain(*pair->volunteer, *pair->opportunity, pair->as_of, weights.weights);
    if (auto match = CheckMatch(acting, explanation, referral.volunteer()); !match.ok()) return match;
    const auto newest = Decide(acting, weights, *pair, explanation.pair, records, decision);
    if (!newest.ok()) return newest.status();
    needed = *newest;
    if (needed > pair->view->revision().sequence) continue;

    referral.set_score_millionths(*explanation.pair.score_millionths);
    referral.set_weight_set(weights.name);
    const auto record = records.Edit<DecisionRecord>(storage::kDecisions, referral.name());
    if (!record.ok()) return record.status();
    **record = std::move(decision);
    return absl::OkStatus();
  }
  return base::ConcurrentChange(referral.volunteer());
}

absl::Status Shortlisting::ReadPair(const rpc::Acting& acting, const v1::Referral& referral,
                                    rpc::WorkingSet& records) const {
  const auto volunteer = records.Find<VolunteerRecord>(storage::kVolunteers, referral.volunteer());
  if (!volunteer.ok()) return volunteer.status();
  if (*volunteer == nullptr || !Sees(acting, (*volunteer)->volunteer())) {
    return base::NotFound(referral.volunteer());
  }
  const auto opportunity = records.Find<OpportunityRecord>(storage::kOpportunities, referral.opportunity());
  if (!opportunity.ok()) return opportunity.status();
  if (*opportunity == nullptr || !Sees(acting, (*opportunity)->opportunity())) {
    return base::NotFound(referral.opportunity());
  }
  if (!IsOwn(acting, referral.volunteer()) && !IsOwn(acting, referral.opportunity())) {
    return base::PermissionDenied(
        "A pair is referred by the volunteer's centre or by the role's centre only.");
  }
  const auto ledger = records.Find<VolunteerReferrals>(storage::kVolunteerReferrals, referral.volunteer());
  if (!ledger.ok()) return ledger.status();
  if (*ledger != nullptr) {
    const auto& pairs = (*ledger)->pairs();
    const auto live = std::count_if(pairs.begin(), pairs.end(),
                                    [](const auto& pair) { return !pair.live_referral().empty(); });
    if (live >= base::kMaxLiveReferrals) {
      return base::FailedPrecondition(
          base::reason::kTooManyReferrals,
          "The volunteer has as many live referrals as they may have: end some first.");
    }
  }
  return records.Find<OpportunityReferrals>(storage::kOpportunityReferrals, referral.opportunity()).status();
}

absl::StatusOr<Shortlisting::Pair> Shortlisting::FindPair(const rpc::Call& call, const rpc::Acting& acting,
                                                          const v1::Referral& referral,
                                                          uint64_t sequence) const {
  const uint64_t epoch = context_.store.GetHealth().revision.epoch;
  const absl::Time deadline = std::min(call.deadline(), absl::Now() + base::kMaxFreshnessWait);
  if (auto held = context_.index.AwaitWrite({epoch, sequence}, deadline); !held.ok()) return held;
  Pair pair;
  pair.view = index_.Pin();
  pair.as_of = MomentAt(call.now());
  pair.volunteer = pair.view->FindVolunteer(referral.volunteer(), ForMatcher(acting));
  if (pair.volunteer == nullptr) return base::NotFound(referral.volunteer());
  pair.opportunity = pair.view->FindOpportunity(referral.opportunity(), ForMatcher(acting));
  if (pair.opportunity == nullptr) return base::NotFound(referral.opportunity());
  return pair;
}

absl::Status Shortlisting::CheckMatch(const rpc::Acting& acting, const matcher::Explanation& explanation,
                                      const std::string& volunteer) const {
  const matcher::Reader reader =
      IsOwn(acting, volunteer) ? matcher::Reader::kOwnCentre : matcher::Reader::kOtherCentre;
  std::vector<base::UnmetNeed> fails;
  for (const matcher::Condition condition : matcher::kAllConditions) {
    if (explanation.Holds(condition)) continue;
    const auto text = matcher::DescribeCondition(explanation, condition, vocabulary_, reader);
    fails.push_back({std::string(matcher::ConditionCode(condition)), volunteer,
                     text.fix.empty() ? text.fact : absl::StrCat(text.fact, "; ", text.fix)});
  }
  if (fails.empty()) return absl::OkStatus();
  return base::NeedsNotMet(base::reason::kNotAMatch, "The pair is no match now", fails);
}

absl::StatusOr<uint64_t> Shortlisting::Decide(const rpc::Acting& acting, const WeightSets::Found& weights,
                                              const Pair& pair, const matcher::PairScore& score,
                                              rpc::WorkingSet& records, DecisionRecord& decision) const {
  decision.Clear();
  *decision.mutable_as_of() = AsOf(pair.as_of);
  decision.set_weight_set(weights.name);
  decision.set_index_revision(RevisionToken(pair.view->revision()));
  decision.set_centre(acting.centre);
  const auto opportunity = records.Find<OpportunityRecord>(storage::kOpportunities, pair.opportunity->name);
  if (!opportunity.ok()) return opportunity.status();
  decision.set_opportunity_fingerprint(FingerprintOf((*opportunity)->opportunity(), key_));

  auto newest = FillListed(pair.volunteer->name, score, *decision.mutable_chosen());
  if (!newest.ok()) return newest.status();
  const matcher::VolunteersFor query{pair.opportunity, ForPartnersOf(acting, pair.opportunity->centre)};
  const matcher::MatchList list =
      pair.view->TopK(query, pair.as_of, weights.weights, base::kListedInDecision, std::nullopt);
  for (const matcher::Match& match : list.matches) {
    const auto sequence = FillListed(match.key.name, match.pair, *decision.add_listed());
    if (!sequence.ok()) return sequence.status();
    *newest = std::max(*newest, *sequence);
  }
  return *newest;
}

absl::StatusOr<uint64_t> Shortlisting::FillListed(const std::string& volunteer,
                                                  const matcher::PairScore& score,
                                                  DecisionRecord::Listed& listed) const {
  const storage::Table<VolunteerRecord> table(context_.store, storage::kVolunteers);
  const auto stored = table.Get(volunteer);
  if (!stored.ok()) return rpc::FromStore(stored.status());
  listed.set_volunteer(volunteer);
  listed.set_score_millionths(*score.score_millionths);
  FillParts(score.parts, *listed.mutable_parts());
  if (!stored->has_value()) return uint64_t{0};  // erased since: there is nothing to come back to
  listed.set_fingerprint(FingerprintOf((*stored)->message.volunteer(), key_));
  return (*stored)->sequence;
}

}  // namespace brokerage::matching

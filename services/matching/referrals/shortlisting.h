// Beginning a referral: whether the pair is a match now, and what the caller was shown.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "base/digest.h"
#include "brokerage/matching/v1/referral.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "matcher/index.h"
#include "services/matching/context.h"
#include "services/matching/convert/tables.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/policy.h"
#include "services/rpc/run.h"
#include "services/rpc/working_set.h"

namespace brokerage::matching {

// Thread-safe. What it is given outlives it.
class Shortlisting {
 public:
  // `key` makes fingerprints.
  Shortlisting(const Context& context, const matcher::Index& index, absl::string_view key)
      : context_(context), index_(index), vocabulary_(context.tables), key_(key) {}

  // Whether the pair of `referral`, whose name, volunteer and opportunity are set, may begin: writes its
  // score and weights into it, and its decision into `records`. Errors: NotFound for a record that `acting`
  // may not see; PermissionDenied when neither is its own; NeedsNotMet NOT_A_MATCH with every condition that
  // fails and its fix; TOO_MANY_REFERRALS; NotYetVisible and ConcurrentChange when the index does not keep
  // up; the store's.
  absl::Status Choose(const rpc::Call& call, const rpc::Acting& acting, const WeightSets::Found& weights,
                      v1::Referral& referral, rpc::WorkingSet& records) const;

 private:
  // The pair in one state of the index.
  struct Pair {
    std::shared_ptr<const matcher::View> view;
    std::shared_ptr<const matcher::VolunteerFacts> volunteer;
    const matcher::OpportunityFacts* opportunity = nullptr;
    matcher::Moment as_of;
  };

  // Reads, and so guards, what the decision rests on. Errors as Choose's.
  absl::Status ReadPair(const rpc::Acting& acting, const v1::Referral& referral,
                        rpc::WorkingSet& records) const;
  // The pair in a state of the index that has the commit `sequence`.
  absl::StatusOr<Pair> FindPair(const rpc::Call& call, const rpc::Acting& acting,
                                const v1::Referral& referral, uint64_t sequence) const;
  absl::Status CheckMatch(const rpc::Acting& acting, const matcher::Explanation& explanation,
                          const std::string& volunteer) const;
  // Fills `decision`, and answers the last commit that wrote any record in it: when the pair's state does not
  // have that yet, the decision is not what that state showed.
  absl::StatusOr<uint64_t> Decide(const rpc::Acting& acting, const WeightSets::Found& weights,
                                  const Pair& pair, const matcher::PairScore& score, rpc::WorkingSet& records,
                                  storage::v1::DecisionRecord& decision) const;
  // Answers the commit that last wrote the volunteer.
  absl::StatusOr<uint64_t> FillListed(const std::string& volunteer, const matcher::PairScore& score,
                                      storage::v1::DecisionRecord::Listed& listed) const;

  const Context& context_;
  const matcher::Index& index_;
  const TableVocabulary vocabulary_;
  const base::HmacSha256 key_;
};

}  // namespace brokerage::matching

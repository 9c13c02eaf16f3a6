// Who could do what: the questions of MatchingService, asked of the index.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "base/errors.h"
#include "brokerage/matching/v1/matching_service.pb.h"
#include "matcher/index.h"
#include "reference/places.h"
#include "services/matching/context.h"
#include "services/matching/convert/tables.h"
#include "services/matching/freshness.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/policy.h"
#include "services/rpc/run.h"

namespace brokerage::matching {

// Thread-safe. Everything that it is given outlives it.
class MatchQueries {
 public:
  MatchQueries(const Context& context, const matcher::Index& index, const WeightSets& weight_sets,
               const Freshness& freshness);

  // Add what is wrong with a question beyond the limits of its fields, without waiting for anything. The
  // questions are for requests that pass.
  void Check(const rpc::Call& call, const v1::MatchVolunteersRequest& request,
             base::Violations& violations) const;
  void Check(const rpc::Call& call, const v1::MatchOpportunitiesRequest& request,
             base::Violations& violations) const;
  void Check(const rpc::Call& call, const v1::ExplainMatchRequest& request,
             base::Violations& violations) const;

  absl::Status MatchVolunteers(const rpc::Call& call, const v1::MatchVolunteersRequest& request,
                               v1::MatchVolunteersResponse* response) const;
  absl::Status MatchOpportunities(const rpc::Call& call, const v1::MatchOpportunitiesRequest& request,
                                  v1::MatchOpportunitiesResponse* response) const;
  absl::Status ExplainMatch(const rpc::Call& call, const v1::ExplainMatchRequest& request,
                            v1::ExplainMatchResponse* response) const;

  // Fills in a volunteer of a role's list as MatchVolunteers shows it, without explanation.
  void FillListedVolunteer(const rpc::Acting& acting, const matcher::OpportunityFacts& opportunity,
                           const matcher::Match& match, v1::Match& message) const;

 private:
  // What a page needs before it is looked up.
  struct Page {
    matcher::Moment as_of;
    matcher::Weights weights;
    std::string weight_set;
    std::optional<matcher::RankKey> after;
    std::shared_ptr<const matcher::View> view;
  };

  template <typename Request>
  absl::StatusOr<Page> OpenPage(const rpc::Call& call, const Request& request) const;
  template <typename Request>
  std::string NextPage(const rpc::Call& call, const Request& request, const Page& page,
                       const matcher::RankKey& last) const;
  template <typename Response>
  void FillAnswer(const Page& page, const matcher::MatchList& list, Response* response) const;

  // `draft` in the form in which one is stored, with its faults.
  v1::Opportunity ResolveDraft(const rpc::Call& call, const v1::Opportunity& draft,
                               const reference::PlaceIndex& places, base::Violations& violations) const;
  absl::StatusOr<matcher::OpportunityFacts> ReadDraft(const rpc::Call& call, const rpc::Acting& acting,
                                                      const v1::Opportunity& draft) const;

  const Context& context_;
  const matcher::Index& index_;
  const WeightSets& weight_sets_;
  const Freshness& freshness_;
  const TableVocabulary vocabulary_;
};

}  // namespace brokerage::matching

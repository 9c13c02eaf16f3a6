// WatchMatches: the best volunteers for a role, followed. A stream keeps what it told, looks again when the
// index or the minute has changed, and tells the difference: however many changes lie between two looks.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/sync_stream.h>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "base/errors.h"
#include "brokerage/matching/v1/matching_service.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/index.h"
#include "services/matching/context.h"
#include "services/matching/freshness.h"
#include "services/matching/match_queries.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/credentials.h"
#include "services/rpc/policy.h"
#include "services/rpc/run.h"
#include "services/rpc/streams.h"
#include "storage/typed.h"

namespace brokerage::matching {

// Thread-safe: any number of streams at once. Everything that it is given outlives it.
class MatchWatch {
 public:
  using Writer = grpc::ServerWriter<v1::WatchMatchesResponse>;

  struct Parts {
    const Context& context;
    const matcher::Index& index;
    const MatchQueries& queries;
    const WeightSets& weight_sets;
    const Freshness& freshness;
    const rpc::CredentialDirectory& credentials;
    rpc::Streams& streams;
  };
  MatchWatch(const Parts& parts, absl::Duration heartbeat_period);

  // Adds what is wrong with a request beyond the limits of its fields.
  void Check(const v1::WatchMatchesRequest& request, base::Violations& violations) const;

  // For requests that pass: tells until the stream is over. OK after `end`. Errors: Policy::ActFor's,
  // WeightSets::Find's, Freshness::Await's; NotFound, also when the caller may see the role no longer;
  // TooManyStreams, ServiceStopping, Cancelled, CredentialInvalid; FromStore's.
  absl::Status Serve(const rpc::Call& call, const grpc::ServerContext& context,
                     const v1::WatchMatchesRequest& request, Writer& writer) const;

 private:
  class Follower;

  const Parts parts_;
  const absl::Duration heartbeat_period_;
  const storage::Table<storage::v1::OpportunityRecord> opportunities_;
};

}  // namespace brokerage::matching

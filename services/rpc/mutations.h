// How a service changes its store: one commit a call, safe to retry with a request_id, guarded against
// others.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

#include "base/clock.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"
#include "storage/store.h"

namespace brokerage::rpc {

// What a call wants to write.
struct Draft {
  std::string resource;  // the name of what it makes or changes
  std::vector<storage::Guard> guards;
  std::vector<storage::Write> writes;
};

// What came of it.
struct Written {
  std::string resource;
  storage::Revision revision;  // of the commit; of the first call's when replayed
  bool replayed = false;       // a retry: the first call did it
};

// Thread-safe. The store and the tokens outlive it.
class Mutations {
 public:
  Mutations(storage::Store& store, const PageTokens& tokens) : store_(store), tokens_(tokens) {}

  // Commits what `plan` drafts, with the record of the call's request_id beside it. `plan` reads what it
  // needs and guards it; when someone else changed that meanwhile it is asked again. Errors: the plan's;
  // RequestIdReused; ConcurrentChange when it lost too often; what FromStore makes of the store's. An error
  // means that nothing changed, but for OUTCOME_UNKNOWN.
  absl::StatusOr<Written> Apply(const Call& call, const google::protobuf::Message& request,
                                const std::function<absl::StatusOr<Draft>()>& plan) const;

  // Forgets request ids used before `before`. Returns how many.
  absl::StatusOr<int> PurgeRequests(absl::Time before) const;

 private:
  storage::Store& store_;
  const PageTokens& tokens_;
};

// A store's error as a caller gets it: a driver's words are logged and never sent.
absl::Status FromStore(const absl::Status& status);

}  // namespace brokerage::rpc

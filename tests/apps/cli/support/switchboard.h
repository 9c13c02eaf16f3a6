// What all fake services share: who is let in, which calls are made to fail, and what was done already.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"

namespace brokerage::cli {

// The token that the fakes let in.
inline constexpr absl::string_view kGoodToken = "vb_ashford_k1_secret";

// Thread-safe.
class Switchboard {
 public:
  // Decides about a call by its method and how many calls of that method came before it.
  using Decide = std::function<absl::Status(absl::string_view method, int before)>;

  // A call that `decide` refuses does nothing.
  void RefuseBefore(Decide decide);
  // A call that `decide` refuses has done its work, and only its answer is lost.
  void LoseAfter(Decide decide);
  // Everything works again.
  void Heal();

  // Runs `work` as the call of `method` by the caller of `context`.
  grpc::Status Serve(grpc::ServerContext* context, absl::string_view method,
                     const std::function<absl::Status()>& work);

  // How often `method` was called and let in.
  int Calls(absl::string_view method) const;

  // With the request_id of an earlier request: the name that was answered then, or REQUEST_ID_REUSED when the
  // request was another. Else what `create` names, which is remembered.
  absl::StatusOr<std::string> Once(const std::string& request_id, const google::protobuf::Message& request,
                                   const std::function<std::string()>& create);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, int> calls_;
  Decide refuse_;
  Decide lose_;
  // By method's request type and request id: the request and the name that it made.
  std::map<std::string, std::pair<std::string, std::string>> done_;
};

// A Decide for one method: `status` for its calls from number `first` (from 0) to before `end`.
Switchboard::Decide Fails(std::string method, int first, int end, absl::Status status);

}  // namespace brokerage::cli

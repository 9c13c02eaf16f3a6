// Calls as handlers get them, without a server.
#pragma once

#include <grpcpp/server_context.h>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

#include "services/rpc/caller.h"
#include "services/rpc/methods.h"
#include "services/rpc/run.h"

namespace brokerage::rpc {

inline Caller CallerOf(const std::string& centre, common::v1::Role role,
                       std::vector<std::string> scopes = {}) {
  return {centre + "/credentials/c1", centre, role, std::move(scopes)};
}

// A call of a method called `method`, by `caller`, at `now`.
class TestCall {
 public:
  explicit TestCall(Caller caller = CallerOf("centres/ashford", common::v1::ROLE_LEAD_ADMIN),
                    const std::string& method = "test.Service/Method",
                    absl::Time now = absl::FromUnixSeconds(1'800'000'000))
      : method_{method, "test.Service", "Method", {}, nullptr},
        call_(context_, method_, std::move(caller), now, absl::InfiniteFuture()) {}

  const Call& operator*() const { return call_; }

 private:
  grpc::ServerContext context_;
  MethodInfo method_;
  Call call_;
};

}  // namespace brokerage::rpc

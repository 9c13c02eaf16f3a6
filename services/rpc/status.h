// The one conversion of absl::Status to what gRPC sends.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace brokerage::rpc {

// Code, message and details (as google.rpc.Status in the trailer). A status that no named function of
// base/errors.h minted has no place at a client: its text may hold a driver's words, so the caller gets
// INTERNAL instead.
grpc::Status ToGrpc(const absl::Status& status);

// The other way, for clients of ours: code, message and details.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace brokerage::rpc

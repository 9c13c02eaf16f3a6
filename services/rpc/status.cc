#include "services/rpc/status.h"

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"

#include "base/errors.h"

namespace brokerage::rpc {

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const absl::Status sent = base::ReasonOf(status).empty() ? base::Internal() : status;
  google::rpc::Status details;
  details.set_code(static_cast<int>(sent.code()));
  details.set_message(std::string(sent.message()));
  for (auto& [type_url, bytes] : base::DetailsOf(sent)) {
    auto* any = details.add_details();
    any->set_type_url(type_url);
    any->set_value(bytes);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(sent.code()), std::string(sent.message()),
                      details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& any : details.details()) result.SetPayload(any.type_url(), absl::Cord(any.value()));
  }
  return result;
}

}  // namespace brokerage::rpc

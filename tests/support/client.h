// A caller with a credential.
#pragma once

#include <grpcpp/grpcpp.h>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "services/rpc/status.h"

namespace brokerage::support {

class Client {
 public:
  // An empty token: no credential is sent.
  Client(std::shared_ptr<grpc::Channel> channel, std::string token)
      : channel_(std::move(channel)), token_(std::move(token)) {}

  // Calls e.g. &v1::VolunteerService::Stub::GetVolunteer. Errors are the server's, with their details.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    Stub stub(channel_);
    grpc::ClientContext context;
    if (!token_.empty()) context.AddMetadata("authorization", "Bearer " + token_);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::string token_;
};

}  // namespace brokerage::support

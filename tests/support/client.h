// A caller with a credential.
#pragma once

#include <chrono>
#include <grpcpp/grpcpp.h>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "absl/status/statusor.h"

#include "services/rpc/status.h"

namespace brokerage::support {

// A server's stream, as its client reads it.
template <typename Response>
class StreamReader {
 public:
  // `open` makes the call with the context that it is given.
  template <typename Open>
  StreamReader(const std::string& token, const Open& open) {
    if (!token.empty()) context_.AddMetadata("authorization", "Bearer " + token);
    // A guard against hanging, far beyond what any test takes.
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(120));
    reader_ = open(&context_);
  }
  ~StreamReader() {
    if (reader_ != nullptr) Cancel();
  }
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;

  // Nothing when the stream is over.
  std::optional<Response> Read() {
    Response response;
    if (!reader_->Read(&response)) return std::nullopt;
    return response;
  }
  // Why the stream is over. Responses not yet read are lost.
  absl::Status Finish() {
    while (Read()) {
    }
    const absl::Status status = rpc::FromGrpc(reader_->Finish());
    reader_.reset();
    return status;
  }
  void Cancel() {
    context_.TryCancel();
    Finish().IgnoreError();
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<Response>> reader_;
};

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

  // The same for a method that answers with a stream.
  template <typename Stub, typename Request, typename Response>
  StreamReader<Response> Open(
      std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*, const Request&),
      const std::type_identity_t<Request>& request) const {
    return StreamReader<Response>(token_, [&](grpc::ClientContext* context) {
      Stub stub(channel_);
      return (stub.*method)(context, request);
    });
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::string token_;
};

}  // namespace brokerage::support

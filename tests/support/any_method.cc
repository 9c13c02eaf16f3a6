#include "tests/support/any_method.h"

#include <chrono>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"

#include "services/rpc/status.h"

namespace brokerage::support {
namespace {

// A guard against hanging, far beyond what any call takes.
constexpr std::chrono::seconds kPatience(60);

// Waits for the one thing that is under way.
bool Await(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

std::string Flatten(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (buffer.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  return bytes;
}

}  // namespace

AnyAnswer CallAny(const std::shared_ptr<grpc::Channel>& channel,
                  const google::protobuf::MethodDescriptor& method, const google::protobuf::Message& request,
                  const Headers& headers, std::size_t most_responses) {
  AnyAnswer answer;
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  for (const auto& [name, value] : headers) context.AddMetadata(name, value);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(
      &context, absl::StrCat("/", method.service()->full_name(), "/", method.name()), &queue);
  call->StartCall(nullptr);
  if (Await(queue)) {
    const grpc::Slice slice(request.SerializeAsString());
    call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
    Await(queue);
    grpc::ByteBuffer response;
    while (call->Read(&response, nullptr), Await(queue)) {
      answer.responses.push_back(Flatten(response));
      if (method.server_streaming() && answer.responses.size() >= most_responses) context.TryCancel();
    }
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  Await(queue);
  answer.status = rpc::FromGrpc(status);
  return answer;
}

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<google::protobuf::Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

}  // namespace brokerage::support

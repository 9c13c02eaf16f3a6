// Calls any method by its descriptor: for tests that go through all of the contract.
#pragma once

#include <grpcpp/channel.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace brokerage::support {

struct AnyAnswer {
  absl::Status status;
  std::vector<std::string> responses;  // serialised
};

// Headers as they are sent, in order.
using Headers = std::vector<std::pair<std::string, std::string>>;

// A stream is cancelled after `most_responses`, and then the status is CANCELLED.
AnyAnswer CallAny(const std::shared_ptr<grpc::Channel>& channel,
                  const google::protobuf::MethodDescriptor& method, const google::protobuf::Message& request,
                  const Headers& headers, std::size_t most_responses = 1);

// A new message of `type`, which is linked in.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

}  // namespace brokerage::support

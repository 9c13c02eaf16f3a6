#include "bench/endtoend/drive.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/rpc/status.h"

namespace brokerage::bench {
namespace {

using Clock = std::chrono::steady_clock;

double MicrosecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// One call under way, started anew when it ends. Answers stay bytes: reading them is the caller's affair, and
// must not make the driver the slower side.
struct Flight {
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer response;
  grpc::Status status;
  Clock::time_point start;
};

}  // namespace

absl::StatusOr<Drive> DriveWith(const std::shared_ptr<grpc::Channel>& channel,
                                const std::vector<Asking>& questions, std::size_t first, int in_flight,
                                const Limits& limits) {
  const std::string method = absl::StrCat("/", kAskedService, "/MatchVolunteers");
  std::vector<grpc::ByteBuffer> requests;
  for (const Asking& asking : questions) {
    const grpc::Slice bytes(asking.request.SerializeAsString());
    requests.emplace_back(&bytes, 1);
  }
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  std::vector<Flight> flights(static_cast<std::size_t>(in_flight));
  Drive drive;
  std::size_t next = first;
  const auto start = [&](Flight& flight) {
    const std::size_t question = next++ % questions.size();
    flight.context = std::make_unique<grpc::ClientContext>();
    flight.context->AddMetadata("authorization", questions[question].authorization);
    flight.response.Clear();
    flight.start = Clock::now();
    flight.reader = stub.PrepareUnaryCall(flight.context.get(), method, requests[question], &queue);
    flight.reader->StartCall();
    flight.reader->Finish(&flight.response, &flight.status, &flight);
  };

  const Clock::time_point begin = Clock::now();
  for (Flight& flight : flights) start(flight);
  absl::Status failure;
  for (int left = in_flight; left > 0;) {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    Flight& flight = *static_cast<Flight*>(tag);
    drive.microseconds.push_back(MicrosecondsSince(flight.start));
    ++drive.calls;
    drive.response_bytes += static_cast<int64_t>(flight.response.Length());
    if (!flight.status.ok() && failure.ok()) failure = rpc::FromGrpc(flight.status);
    if (!failure.ok() || drive.calls + left > limits.calls || Clock::now() - begin > limits.time) {
      --left;
    } else {
      start(flight);
    }
  }
  drive.seconds = MicrosecondsSince(begin) / 1e6;
  queue.Shutdown();
  if (!failure.ok()) return failure;
  return drive;
}

}  // namespace brokerage::bench

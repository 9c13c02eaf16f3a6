// Waits until a service says that it serves: what a script asks instead of guessing how long a start takes.
//
//   brokerage-health HOST:PORT SECONDS
//
// Exit codes: 0 it serves, 1 it did not within that time, 2 wrong usage.
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/grpcpp.h"

namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// How long until a service that was not there, or not ready, is asked again.
constexpr std::chrono::milliseconds kPause(50);

std::unique_ptr<Health::Stub> Connect(const char* address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, static_cast<int>(kPause.count()));
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, static_cast<int>(kPause.count()));
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, static_cast<int>(kPause.count()));
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return Health::NewStub(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

bool ServesBefore(Health::Stub& health, absl::Time deadline) {
  while (absl::Now() < deadline) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    context.set_wait_for_ready(true);
    HealthCheckResponse response;
    const grpc::Status status = health.Check(&context, HealthCheckRequest(), &response);
    if (status.ok() && response.status() == HealthCheckResponse::SERVING) return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 0;
  if (argc != 3 || !absl::SimpleAtod(argv[2], &seconds) || seconds < 0) {
    std::fprintf(stderr, "Usage: brokerage-health HOST:PORT SECONDS\n");
    return 2;
  }
  const absl::Time deadline = absl::Now() + absl::Seconds(seconds);
  return ServesBefore(*Connect(argv[1]), deadline) ? 0 : 1;
}

#include "services/rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <memory>

#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "tests/storage/scratch.h"
#include "tests/support/health.h"

namespace brokerage::rpc {
namespace {

using grpc::health::v1::HealthCheckResponse;
using support::HealthOf;

constexpr char kName[] = "brokerage.registry.v1.ReferenceService";

class ServerTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Server>> Start(const std::string& listen, const std::string& metrics = "") {
    return Server::Start({listen, metrics}, {&service_}, {kName}, metrics_);
  }

  registry::v1::ReferenceService::Service service_;
  Metrics metrics_;
};

TEST_F(ServerTest, ServesOnThisMachineOnly) {
  for (const char* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:7451", "example.org:7451", ":0", "*:0"}) {
    EXPECT_EQ(Start(address).status().code(), absl::StatusCode::kInvalidArgument) << address;
    EXPECT_EQ(Start("127.0.0.1:0", address).status().code(), absl::StatusCode::kInvalidArgument) << address;
  }
}

TEST_F(ServerTest, SaysWhereItListens) {
  const auto server = Start("127.0.0.1:0");
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_THAT((*server)->address(), ::testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  const auto channel = grpc::CreateChannel((*server)->address(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(HealthOf(channel), HealthCheckResponse::NOT_SERVING);
}

TEST_F(ServerTest, ServesOnAUnixSocket) {
  const storage::contract::ScratchDirectory scratch;
  const std::string address = "unix:" + scratch.path() + "/socket";
  const auto server = Start(address);
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ((*server)->address(), address);
  const auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  EXPECT_EQ(HealthOf(channel), HealthCheckResponse::NOT_SERVING);
}

TEST_F(ServerTest, ATakenAddressIsNamed) {
  const auto first = Start("127.0.0.1:0");
  ASSERT_TRUE(first.ok());
  const auto second = Start((*first)->address());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), ::testing::HasSubstr((*first)->address()));
}

TEST_F(ServerTest, HealthIsOfEachServiceAndOfAll) {
  const auto server = Start("");
  ASSERT_TRUE(server.ok());
  const auto channel = (*server)->InProcessChannel();
  for (const char* name : {"", kName}) {
    EXPECT_EQ(HealthOf(channel, name), HealthCheckResponse::NOT_SERVING) << name;
    (*server)->SetServing(true);
    EXPECT_EQ(HealthOf(channel, name), HealthCheckResponse::SERVING) << name;
    (*server)->SetServing(false);
  }
  EXPECT_EQ(HealthOf(channel, "nonsense"), HealthCheckResponse::SERVICE_UNKNOWN);
}

TEST_F(ServerTest, StoppingTwiceIsOnce) {
  const auto server = Start("");
  ASSERT_TRUE(server.ok());
  (*server)->Stop();
  (*server)->Stop();
}

}  // namespace
}  // namespace brokerage::rpc

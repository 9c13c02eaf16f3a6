#include "apps/cli/client/environment.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "grpcpp/client_context.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"

#include "apps/cli/client/client.h"
#include "base/files.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

TEST(IsOnThisMachine, LoopbackAndUnixSocketsOnly) {
  const std::pair<const char*, bool> cases[] = {
      {"127.0.0.1:7451", true},
      {"127.8.9.10:1", true},
      {"localhost:7451", true},
      {"localhost", true},
      {"[::1]:7451", true},
      {"::1", true},
      {"unix:/run/brokerage", true},
      {"unix:///run/brokerage", true},
      {"dns:///localhost:7451", true},
      {"ipv4:127.0.0.1:7451", true},
      {"ipv6:[::1]:7451", true},
      {"10.0.0.1:7451", false},
      {"127.0.0.1.example.org:7451", false},
      {"localhost.example.org:443", false},
      {"brokerage.example.org:443", false},
      {"dns:///brokerage.example.org:443", false},
      {"[2001:db8::1]:443", false},
      {"0.0.0.0:7451", false},
      {"", false},
  };
  for (const auto& [address, expected] : cases) EXPECT_EQ(IsOnThisMachine(address), expected) << address;
}

class Admin final : public matching::v1::AdminService::Service {
 public:
  grpc::Status GetStatus(grpc::ServerContext*, const matching::v1::GetStatusRequest*,
                         matching::v1::ServiceStatus*) override {
    return grpc::Status::OK;
  }
};

absl::Status CallThrough(const Target& target) {
  const auto channel = ConnectTo(target);
  if (!channel.ok()) return channel.status();
  const Client client(*channel, *channel, "token", absl::Seconds(30), [](absl::Duration) {});
  return client.Call(*client.stubs().matching_admin, &StubOf<matching::v1::AdminService>::GetStatus, {})
      .status();
}

class TlsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = absl::StrCat(testing::TempDir(), "brokerage-tls-", base::MintId());
    std::filesystem::create_directories(folder_);
    const std::string command = absl::StrCat(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout ",
        folder_, "/key.pem -out ", certificate(), " 2>/dev/null");
    if (std::system(command.c_str()) != 0)
      GTEST_SKIP() << "the openssl program is not there to make a certificate";
    grpc::SslServerCredentialsOptions options;
    options.pem_key_cert_pairs.push_back(
        {base::ReadFile(folder_ + "/key.pem").value(), base::ReadFile(certificate()).value()});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("localhost:0", grpc::SslServerCredentials(options), &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string certificate() const { return folder_ + "/certificate.pem"; }
  std::string address() const { return absl::StrCat("localhost:", port_); }

 private:
  std::string folder_;
  Admin service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(TlsTest, ACertificateOfAGivenAuthorityIsTrusted) {
  EXPECT_TRUE(CallThrough({address(), false, certificate()}).ok())
      << CallThrough({address(), false, certificate()});
}

TEST_F(TlsTest, PlaintextIsNotUnderstoodByAServerThatSpeaksTls) {
  EXPECT_EQ(CallThrough({address(), false, ""}).code(), absl::StatusCode::kUnavailable);
}

TEST(ConnectTo, AFileOfAuthoritiesMustBeThere) {
  EXPECT_EQ(ConnectTo({"localhost:1", false, "/nowhere/ca.pem"}).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(ConnectTo, AnotherMachineIsNeverSpokenToInTheClearUnlessThatIsAllowed) {
  Admin service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("0.0.0.0:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  // An address that reaches this machine and does not say so.
  const std::string address = absl::StrCat("0.0.0.0:", port);
  EXPECT_FALSE(CallThrough({address, false, ""}).ok());
  EXPECT_TRUE(CallThrough({address, true, ""}).ok()) << CallThrough({address, true, ""});
}

}  // namespace
}  // namespace brokerage::cli

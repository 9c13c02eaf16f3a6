#include "apps/cli/client/environment.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

#include "base/files.h"

namespace brokerage::cli {
namespace {

// A page of 1,000 records with long notes; the services' own limit is on what they receive.
constexpr int kMaxAnswerBytes = 64 * 1024 * 1024;

absl::string_view HostOf(absl::string_view address) {
  if (absl::ConsumePrefix(&address, "[")) return address.substr(0, address.find(']'));
  const std::size_t colon = address.rfind(':');
  // Several colons without brackets are an IPv6 address without a port.
  if (colon == absl::string_view::npos || address.find(':') != colon) return address;
  return address.substr(0, colon);
}

bool IsLoopbackIpv4(absl::string_view host) {
  if (!absl::StartsWith(host, "127.")) return false;
  return host.find_first_not_of("0123456789.") == absl::string_view::npos;
}

}  // namespace

bool IsOnThisMachine(absl::string_view address) {
  if (absl::StartsWith(address, "unix:") || absl::StartsWith(address, "unix-abstract:")) return true;
  for (const absl::string_view scheme : {"dns:///", "dns:", "ipv4:", "ipv6:"}) {
    if (absl::ConsumePrefix(&address, scheme)) break;
  }
  const absl::string_view host = HostOf(address);
  return host == "localhost" || host == "::1" || IsLoopbackIpv4(host);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ConnectTo(const Target& target) {
  std::shared_ptr<grpc::ChannelCredentials> credentials;
  if (target.ca_file.empty() && (target.allow_plaintext || IsOnThisMachine(target.address))) {
    credentials = grpc::InsecureChannelCredentials();
  } else {
    grpc::SslCredentialsOptions options;
    if (!target.ca_file.empty()) {
      const absl::StatusOr<std::string> roots = base::ReadFile(target.ca_file);
      if (!roots.ok()) return roots.status();
      options.pem_root_certs = *roots;
    }
    credentials = grpc::SslCredentials(options);
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  // Retrying is decided here, by who knows whether a request may be repeated.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return grpc::CreateCustomChannel(target.address, credentials, arguments);
}

}  // namespace brokerage::cli

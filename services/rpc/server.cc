#include "services/rpc/server.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <prometheus/exposer.h>
#include <prometheus/registry.h>
#include <signal.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grpc/health/v1/health.pb.h"

#include "base/limits.h"
#include "base/log.h"

namespace brokerage::rpc {
namespace {

constexpr std::chrono::milliseconds kStopPoll(10);
constexpr int kQuietPolls = 10;

bool IsLocal(absl::string_view address) {
  return absl::StartsWith(address, "127.") || absl::StartsWith(address, "[::1]:") ||
         absl::StartsWith(address, "localhost:") || absl::StartsWith(address, "unix:");
}

}  // namespace

absl::Status CheckLocalAddress(absl::string_view address) {
  if (IsLocal(address)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("\"", address,
                   "\" is not local: listen on loopback or on unix:/path, and put a proxy with TLS "
                   "in front for other machines"));
}

struct Server::Impl {
  explicit Impl(const Metrics& its_metrics) : metrics(its_metrics) {}

  void SetServing(bool serving) const {
    auto* health = server->GetHealthCheckService();
    if (health == nullptr) return;
    for (const std::string& name : service_names) health->SetServingStatus(name, serving);
    health->SetServingStatus("", serving);
  }

  const Metrics& metrics;
  std::vector<std::string> service_names;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<prometheus::Exposer> exposer;
  std::atomic<bool> stopped{false};
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() { Stop(); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const std::vector<grpc::Service*>& services,
                                                      const std::vector<std::string>& service_names,
                                                      const Metrics& metrics) {
  auto impl = std::make_unique<Impl>(metrics);
  impl->service_names = service_names;

  // Debian's Abseil is a debug build in this: it would note the order of gRPC's mutexes at every lock of
  // every call, in one graph for all threads.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  // Linking the descriptor in is what lets reflection describe the health service.
  grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  grpc::ServerBuilder builder;
  int port = 0;
  if (!options.listen.empty()) {
    if (auto local = CheckLocalAddress(options.listen); !local.ok()) return local;
    builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port);
  }
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.SetMaxReceiveMessageSize(base::kMaxRequestBytes);
  builder.SetMaxSendMessageSize(base::kMaxResponseBytes);
  // Two services on one port would each get half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  grpc::ResourceQuota quota("server");
  quota.SetMaxThreads(base::kMaxServerThreads);
  builder.SetResourceQuota(quota);

  impl->server = builder.BuildAndStart();
  // gRPC's health service begins by saying that all is well: nothing comes between.
  if (impl->server != nullptr) impl->SetServing(false);
  if (impl->server == nullptr || (!options.listen.empty() && port == 0)) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", options.listen, ": is it taken?"));
  }
  if (!options.metrics_listen.empty()) {
    if (auto local = CheckLocalAddress(options.metrics_listen); !local.ok()) return local;
    try {
      impl->exposer = std::make_unique<prometheus::Exposer>(options.metrics_listen, 1);
    } catch (const std::exception&) {  // the library's only way of saying so
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", options.metrics_listen, ": is it taken?"));
    }
    impl->exposer->RegisterCollectable(metrics.registry());
  }

  std::unique_ptr<Server> server(new Server(std::move(impl)));
  server->address_ = options.listen;
  if (absl::EndsWith(options.listen, ":0")) {
    server->address_ = absl::StrCat(options.listen.substr(0, options.listen.size() - 1), port);
  }
  return server;
}

void Server::SetServing(bool serving) { impl_->SetServing(serving); }

void Server::Stop() {
  if (impl_->stopped.exchange(true)) return;
  SetServing(false);
  std::future<void> shutdown = std::async(std::launch::async, [this] {
    impl_->server->Shutdown(std::chrono::system_clock::now() +
                            absl::ToChronoMilliseconds(base::kShutdownGrace));
  });
  // Shutdown also waits for clients that hold a connection and do nothing with it. Once no call has been
  // under way for a moment, in which the last answers leave, they are sent away.
  int quiet = 0;
  while (shutdown.wait_for(kStopPoll) != std::future_status::ready) {
    quiet = impl_->metrics.calls_under_way() == 0 ? quiet + 1 : 0;
    if (quiet >= kQuietPolls) grpc_server_cancel_all_calls(impl_->server->c_server());
  }
  impl_->server->Wait();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return impl_->server->InProcessChannel(grpc::ChannelArguments());
}

Signals::Signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void Signals::WaitForStop(const std::function<void()>& on_hangup) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  while (true) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0) continue;
    if (signal != SIGHUP) return;
    on_hangup();
  }
}

void Signals::RequestStop() { ::kill(::getpid(), SIGTERM); }

}  // namespace brokerage::rpc

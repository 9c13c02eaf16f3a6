#include "bench/endtoend/servers.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/server_builder.h>
#include <thread>
#include <time.h>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/clock.h"
#include "bench/endtoend/county.h"
#include "bench/endtoend/drive.h"
#include "bench/endtoend/remembering_index.h"
#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/matching_handlers.h"
#include "services/matching/server.h"
#include "services/rpc/metrics.h"
#include "services/rpc/server.h"
#include "storage/rocksdb_store.h"

namespace brokerage::bench {
namespace {

using matching::v1::MatchingService;
using matching::v1::MatchVolunteersRequest;
using matching::v1::MatchVolunteersResponse;

constexpr char kAnyPort[] = "127.0.0.1:0";

// What an echo says, and how long it works for it on its thread.
struct Echoed {
  Echoed(std::size_t bytes, absl::Duration for_so_long) : text(bytes, 'a'), work(for_so_long) {}

  void Answer(MatchVolunteersResponse& response) const {
    const absl::Duration end = Used() + work;
    while (work > absl::ZeroDuration() && Used() < end) continue;
    response.set_next_page_token(text);
  }
  static absl::Duration Used() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return absl::DurationFromTimespec(used);
  }

  const std::string text;
  const absl::Duration work;
};

class CallbackEcho final : public matching::MatchingServiceFront {
 public:
  explicit CallbackEcho(const Echoed& echoed) : echoed_(echoed) {}

  grpc::ServerUnaryReactor* MatchVolunteers(grpc::CallbackServerContext* context,
                                            const MatchVolunteersRequest*,
                                            MatchVolunteersResponse* response) override {
    echoed_.Answer(*response);
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const Echoed& echoed_;
};

class ThreadedEcho final : public MatchingService::Service {
 public:
  explicit ThreadedEcho(const Echoed& echoed) : echoed_(echoed) {}

  grpc::Status MatchVolunteers(grpc::ServerContext*, const MatchVolunteersRequest*,
                               MatchVolunteersResponse* response) override {
    echoed_.Answer(*response);
    return grpc::Status::OK;
  }

 private:
  const Echoed& echoed_;
};

class QueueEcho {
 public:
  explicit QueueEcho(const Echoed& echoed) : echoed_(echoed) {}

  absl::Status Start() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(kAnyPort, grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(&service_);
    queue_ = builder.AddCompletionQueue();
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) return absl::UnavailableError("cannot listen");
    for (int i = 0; i < kAtOnce; ++i) new Flight(*this);
    for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Work(); });
    return absl::OkStatus();
  }
  ~QueueEcho() {
    if (server_ != nullptr) server_->Shutdown();
    if (queue_ != nullptr) queue_->Shutdown();
    for (std::thread& thread : threads_) thread.join();
  }
  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  using Service = MatchingService::WithAsyncMethod_MatchVolunteers<MatchingService::Service>;
  static constexpr int kAtOnce = 100;
  static constexpr int kThreads = 2;

  // A call from before it comes until its answer has left.
  struct Flight {
    explicit Flight(QueueEcho& owner) {
      grpc::ServerCompletionQueue* const queue = owner.queue_.get();
      owner.service_.RequestMatchVolunteers(&context, &request, &writer, queue, queue, this);
    }
    grpc::ServerContext context;
    MatchVolunteersRequest request;
    MatchVolunteersResponse response;
    grpc::ServerAsyncResponseWriter<MatchVolunteersResponse> writer{&context};
    bool answered = false;
  };

  void Work() {
    void* tag = nullptr;
    for (bool ok = false; queue_->Next(&tag, &ok);) {
      auto* const flight = static_cast<Flight*>(tag);
      if (!ok || flight->answered) {
        delete flight;
        continue;
      }
      new Flight(*this);
      flight->answered = true;
      echoed_.Answer(flight->response);
      flight->writer.Finish(flight->response, grpc::Status::OK, flight);
    }
  }

  const Echoed& echoed_;
  int port_ = 0;
  Service service_;
  std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  std::unique_ptr<grpc::Server> server_;
  std::vector<std::thread> threads_;
};

class Fronts final : public Serving {
 public:
  Fronts(std::size_t bytes, absl::Duration work) : echoed_(bytes, work) {}

  absl::Status Start() {
    for (grpc::Service* echo :
         {static_cast<grpc::Service*>(&threaded_), static_cast<grpc::Service*>(&callbacks_)}) {
      auto server = rpc::Server::Start({kAnyPort, ""}, {echo}, {}, metrics_);
      if (!server.ok()) return server.status();
      servers_.push_back(*std::move(server));
    }
    return queue_.Start();
  }
  std::vector<std::string> addresses() const override {
    return {servers_[0]->address(), servers_[1]->address(), queue_.address()};
  }

 private:
  const Echoed echoed_;
  rpc::Metrics metrics_;  // nothing is counted
  ThreadedEcho threaded_{echoed_};
  CallbackEcho callbacks_{echoed_};
  std::vector<std::unique_ptr<rpc::Server>> servers_;
  QueueEcho queue_{echoed_};
};

class ServedCounty final : public Serving {
 public:
  absl::Status Start(const CountyServed& county, absl::Time now) {
    storage::RocksDbOptions database;
    database.path = county.folder;
    database.store.owner = "matching";
    auto store = storage::OpenRocksDb(database);
    if (!store.ok()) return store.status();
    store_ = *std::move(store);
    if (auto put = PutCounty(*store_, county.volunteers, now); !put.ok()) return put;

    matching::MatchingServerOptions options;
    options.server.listen = kAnyPort;
    options.engine = "rocksdb";
    // What the registry would have said is in the store.
    options.registry = grpc::CreateChannel("unix:/nonexistent", grpc::InsecureChannelCredentials());
    matching::MatchingServerParts parts{*store_, clock_, reference::KentDistricts(), reference::KentWaters(),
                                        reference::ShippedPlaces(reference::KentDistricts())};
    if (county.remember) {
      parts.make_index = [make = parts.make_index](std::shared_ptr<const matcher::World> world) {
        return MakeRememberingIndex(make(std::move(world)));
      };
    }
    auto service = matching::MatchingServer::Start(std::move(options), std::move(parts));
    if (!service.ok()) return service.status();
    service_ = *std::move(service);

    const std::vector<Asking> questions = QuestionsOfCounty(now);
    const auto once = DriveWith(service_->server().InProcessChannel(), questions, 0, 1,
                                {static_cast<int64_t>(questions.size()), std::chrono::hours(1)});
    if (!once.ok()) return once.status();
    echoed_ = std::make_unique<Echoed>(static_cast<std::size_t>(once->response_bytes / once->calls),
                                       absl::ZeroDuration());
    echo_ = std::make_unique<CallbackEcho>(*echoed_);
    auto server = rpc::Server::Start({kAnyPort, ""}, {echo_.get()}, {kAskedService}, metrics_);
    if (!server.ok()) return server.status();
    echo_server_ = *std::move(server);
    return absl::OkStatus();
  }

  std::vector<std::string> addresses() const override {
    return {service_->server().address(), echo_server_->address()};
  }

 private:
  const base::SystemClock clock_;
  rpc::Metrics metrics_;  // the echo's, which counts nothing
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<matching::MatchingServer> service_;
  std::unique_ptr<Echoed> echoed_;
  std::unique_ptr<CallbackEcho> echo_;
  std::unique_ptr<rpc::Server> echo_server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Serving>> ServeCounty(const CountyServed& county, absl::Time now) {
  auto served = std::make_unique<ServedCounty>();
  if (auto started = served->Start(county, now); !started.ok()) return started;
  return served;
}

absl::StatusOr<std::unique_ptr<Serving>> ServeFronts(std::size_t bytes, absl::Duration work) {
  auto fronts = std::make_unique<Fronts>(bytes, work);
  if (auto started = fronts->Start(); !started.ok()) return started;
  return fronts;
}

}  // namespace brokerage::bench

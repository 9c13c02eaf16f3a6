// A registry that says exactly what a test wants, breaks off when told to, and remembers what it was asked.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <grpcpp/grpcpp.h>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "services/rpc/tokens.h"

namespace brokerage::matching {

inline std::string RegistryRevision(uint64_t sequence) {
  return rpc::FormatConsistencyToken({rpc::Origin::kRegistry, 1, sequence});
}

// What a watch is to say. `Response` is the watch's.
template <typename Response>
class WatchScript {
 public:
  void Begin() {
    Response response;
    response.mutable_snapshot_begin();
    Push(response);
  }
  void End(const std::string& revision) {
    Response response;
    response.mutable_snapshot_end();
    response.set_revision(revision);
    Push(response);
  }
  void Heartbeat(const std::string& revision) {
    Response response;
    response.mutable_heartbeat();
    response.set_revision(revision);
    Push(response);
  }
  void BreakOff() { Push(std::nullopt); }

  // The resume_revision of the stream opened as number `count`, waiting for it.
  std::string Asked(std::size_t count) {
    std::unique_lock lock(mutex_);
    const bool opened =
        changed_.wait_for(lock, std::chrono::seconds(30), [&] { return asked_.size() >= count; });
    return opened ? asked_[count - 1] : "never asked";
  }
  std::string authorization() {
    const std::lock_guard lock(mutex_);
    return authorization_;
  }

  // Says it, to one stream after another.
  grpc::Status Serve(grpc::ServerContext* context, const std::string& resume_revision,
                     grpc::ServerWriter<Response>* writer) {
    std::unique_lock lock(mutex_);
    asked_.push_back(resume_revision);
    const auto header = context->client_metadata().find("authorization");
    if (header != context->client_metadata().end()) {
      authorization_ = std::string(header->second.data(), header->second.length());
    }
    changed_.notify_all();
    while (!context->IsCancelled()) {
      if (script_.empty()) {
        changed_.wait_for(lock, std::chrono::milliseconds(20));
        continue;
      }
      const auto next = script_.front();
      script_.pop_front();
      if (!next) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "broken off");
      lock.unlock();
      writer->Write(*next);
      lock.lock();
    }
    return grpc::Status::CANCELLED;
  }

 protected:
  void Push(std::optional<Response> next) {
    const std::lock_guard lock(mutex_);
    script_.push_back(std::move(next));
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::optional<Response>> script_;
  std::vector<std::string> asked_;
  std::string authorization_;
};

class FakeRegistry final : public registry::v1::OrganisationService::Service,
                           public WatchScript<registry::v1::WatchOrganisationsResponse> {
 public:
  void Tell(const std::string& name, registry::v1::Organisation::State state, const std::string& revision) {
    registry::v1::WatchOrganisationsResponse response;
    response.mutable_organisation()->set_name(name);
    response.mutable_organisation()->set_state(state);
    response.set_revision(revision);
    Push(response);
  }

  grpc::Status WatchOrganisations(
      grpc::ServerContext* context, const registry::v1::WatchOrganisationsRequest* request,
      grpc::ServerWriter<registry::v1::WatchOrganisationsResponse>* writer) override {
    return Serve(context, request->resume_revision(), writer);
  }
};

class CredentialScript final : public WatchScript<registry::v1::WatchCredentialsResponse> {
 public:
  void Tell(const std::string& name, const std::string& secret_hash) {
    registry::v1::WatchCredentialsResponse response;
    response.mutable_credential()->set_name(name);
    response.mutable_credential()->set_secret_hash(secret_hash);
    response.mutable_credential()->set_state(registry::v1::Credential::STATE_ACTIVE);
    Push(response);
  }
};

class FakeCentres final : public registry::v1::CentreService::Service,
                          public WatchScript<registry::v1::WatchCentresResponse> {
 public:
  void Tell(const std::string& name, const std::string& revision) {
    registry::v1::WatchCentresResponse response;
    response.mutable_centre()->set_name(name);
    response.set_revision(revision);
    Push(response);
  }

  grpc::Status WatchCentres(grpc::ServerContext* context, const registry::v1::WatchCentresRequest* request,
                            grpc::ServerWriter<registry::v1::WatchCentresResponse>* writer) override {
    return Serve(context, request->resume_revision(), writer);
  }
  grpc::Status WatchCredentials(grpc::ServerContext* context,
                                const registry::v1::WatchCredentialsRequest* request,
                                grpc::ServerWriter<registry::v1::WatchCredentialsResponse>* writer) override {
    return credentials.Serve(context, request->resume_revision(), writer);
  }

  CredentialScript credentials;
};

}  // namespace brokerage::matching

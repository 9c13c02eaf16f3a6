// The whole matching service in this process, on a store in memory and a clock that stands still, with
// records put where the handlers and the registry would have put them.
#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "brokerage/matching/v1/admin_service.grpc.pb.h"
#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/columnar/columnar_index.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/server.h"
#include "services/rpc/credentials.h"
#include "services/rpc/tokens.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/services/matching/matches/counted_index.h"
#include "tests/support/client.h"
#include "tests/support/manual_clock.h"

namespace brokerage::matching {

class MatchWorld {
 public:
  explicit MatchWorld(absl::Time now, absl::Duration heartbeats = base::kHeartbeatPeriod)
      : clock(now), heartbeat_period(heartbeats) {
    Start();
  }

  // Ends the service and starts another on the same store.
  void Restart() {
    server_.reset();
    Start();
  }

  // As after a restore: the same records in another epoch.
  void RestartInAnotherEpoch() {
    server_.reset();
    store_.ChangeEpoch();
    Start();
  }

  // As when the store under the running service is restored.
  void ChangeEpoch() { store_.ChangeEpoch(); }

  support::Client As(const std::string& centre, common::v1::Role role, bool revoked = false) {
    storage::v1::CredentialView view;
    view.set_revoked(revoked);
    view.set_name(absl::StrCat(centre, "/credentials/r", static_cast<int>(role)));
    view.set_centre(centre);
    view.set_role(role);
    const std::string token = absl::StrCat("token of ", view.name());
    view.set_secret_hash(rpc::HashToken(token));
    Put(storage::kCredentialViews, view.name(), view);
    return support::Client(server_->server().InProcessChannel(), token);
  }
  support::Client Reader(const std::string& centre) { return As(centre, common::v1::ROLE_READER); }
  support::Client Lead() { return As("centres/ashford", common::v1::ROLE_LEAD_ADMIN); }

  // Writes as they are given, past every rule.
  void Write(std::vector<storage::Write> writes) {
    storage::CommitRequest commit;
    commit.writes = std::move(writes);
    Commit(std::move(commit));
  }
  // Returns the consistency token of the write.
  std::string Put(const v1::Volunteer& volunteer) { return PutTogether({volunteer}); }
  // In one commit.
  std::string PutTogether(const std::vector<v1::Volunteer>& volunteers) {
    storage::CommitRequest commit;
    for (const v1::Volunteer& volunteer : volunteers) {
      storage::v1::VolunteerRecord record;
      *record.mutable_volunteer() = volunteer;
      commit.writes.push_back(storage::Write::Put(absl::StrCat(storage::kVolunteers, volunteer.name()),
                                                  record.SerializeAsString()));
    }
    return Commit(std::move(commit));
  }
  std::string Put(const v1::Opportunity& opportunity) {
    storage::v1::OpportunityRecord record;
    *record.mutable_opportunity() = opportunity;
    return Put(storage::kOpportunities, opportunity.name(), record);
  }
  void PutOrganisation(const std::string& name, registry::v1::Organisation::State state,
                       const std::string& display_name = "") {
    storage::v1::OrganisationView view;
    view.set_name(name);
    view.set_display_name(display_name);
    view.set_state(state);
    Put(storage::kOrganisationViews, name, view);
  }

  // Every read of the store fails from now on.
  void FailReads() {
    storage::Faults faults;
    faults.failed_reads = 10'000;
    store_.Set(faults);
  }

  // No write happens from now on.
  void FailWrites() {
    storage::Faults faults;
    faults.refused_commits = 10'000;
    store_.Set(faults);
  }

  MatchingServer& server() { return *server_; }
  storage::Store& store() { return store_; }
  CountedIndex& index() { return *index_; }

  support::ManualClock clock;
  const absl::Duration heartbeat_period;

 private:
  void Start() {
    MatchingServerOptions options;
    options.engine = "memory";
    options.heartbeat_period = heartbeat_period;
    // Nobody is there: what the registry would say is put into the store.
    options.registry = grpc::CreateChannel("unix:/nonexistent", grpc::InsecureChannelCredentials());
    auto started = MatchingServer::Start(
        std::move(options),
        {store_, clock, reference::KentDistricts(), reference::KentWaters(),
         reference::ShippedPlaces(reference::KentDistricts()),
         [this](std::shared_ptr<const matcher::World> world) {
           auto made = std::make_unique<CountedIndex>(matcher::MakeColumnarIndex(std::move(world)));
           index_ = made.get();
           return made;
         }});
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
  }

  template <typename Record>
  std::string Put(absl::string_view prefix, const std::string& name, const Record& record) {
    storage::CommitRequest commit;
    commit.writes.push_back(storage::Write::Put(absl::StrCat(prefix, name), record.SerializeAsString()));
    return Commit(std::move(commit));
  }

  std::string Commit(storage::CommitRequest commit) {
    const auto done = store_.Commit(std::move(commit));
    EXPECT_TRUE(done.ok()) << done.status();
    server_->index().WaitFor({done->epoch, done->sequence},
                             std::chrono::steady_clock::now() + std::chrono::seconds(30));
    return rpc::FormatConsistencyToken({rpc::Origin::kMatching, done->epoch, done->sequence});
  }

  std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  storage::FaultyStore store_{*memory_, 1};
  CountedIndex* index_ = nullptr;  // the server's
  std::unique_ptr<MatchingServer> server_;
};

}  // namespace brokerage::matching

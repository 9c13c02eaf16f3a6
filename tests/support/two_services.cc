#include "tests/support/two_services.h"

#include <gtest/gtest.h>
#include <utility>

#include "absl/strings/ascii.h"

#include "base/files.h"
#include "reference/districts.h"
#include "reference/waters.h"
#include "services/matching/server.h"
#include "services/registry/bootstrap.h"
#include "services/registry/service.h"
#include "services/rpc/server.h"
#include "storage/memory_store.h"
#include "tests/storage/scratch.h"
#include "tests/support/health.h"

namespace brokerage::support {
namespace {

std::string TokenIn(const std::string& file) {
  const auto text = base::ReadFile(file);
  EXPECT_TRUE(text.ok()) << text.status();
  return text.ok() ? std::string(absl::StripAsciiWhitespace(*text)) : "";
}

}  // namespace

// In the order in which each needs what stands before it.
struct TwoServices::Impl {
  Impl(const base::Clock& clock, std::shared_ptr<const reference::PlaceIndex> given)
      : districts(reference::KentDistricts()),
        places(given != nullptr ? std::move(given) : reference::ShippedPlaces(districts)),
        registry_store(storage::NewMemoryStore()),
        matching_store(storage::NewMemoryStore()) {
    const absl::Status begun =
        registry::Bootstrap(*registry_store, districts, clock,
                            {.lead_centre = "ashford", .credentials_dir = scratch.path() + "/credentials"});
    EXPECT_TRUE(begun.ok()) << begun;
    registry = *registry::Registry::Create(*registry_store, districts, places, clock, metrics, {});
    registry_server = *rpc::Server::Start({}, registry->services(), registry->service_names(), metrics);
    registry_server->SetServing(true);
    registry_channel = registry_server->InProcessChannel();

    matching::MatchingServerOptions options;
    options.engine = "memory";
    options.registry = registry_channel;
    options.registry_token = TokenIn(scratch.path() + "/credentials/" + registry::kMatchingTokenFile);
    matching = *matching::MatchingServer::Start(
        std::move(options), {*matching_store, clock, districts, reference::KentWaters(), places});
    matching_channel = matching->server().InProcessChannel();
    EXPECT_TRUE(AwaitServing(matching_channel));
  }

  ~Impl() {
    matching->Stop();
    registry->EndWatches();
    registry_server->Stop();
  }

  storage::contract::ScratchDirectory scratch;
  const reference::Districts& districts;
  const std::shared_ptr<const reference::PlaceIndex> places;
  rpc::Metrics metrics;
  std::unique_ptr<storage::Store> registry_store;
  std::unique_ptr<storage::Store> matching_store;
  std::unique_ptr<registry::Registry> registry;
  std::unique_ptr<rpc::Server> registry_server;
  std::shared_ptr<grpc::Channel> registry_channel;
  std::unique_ptr<matching::MatchingServer> matching;
  std::shared_ptr<grpc::Channel> matching_channel;
};

TwoServices::TwoServices(absl::Time now, std::shared_ptr<const reference::PlaceIndex> places)
    : clock(now), impl_(std::make_unique<Impl>(clock, std::move(places))) {}
TwoServices::~TwoServices() = default;

std::shared_ptr<grpc::Channel> TwoServices::registry() const { return impl_->registry_channel; }
std::shared_ptr<grpc::Channel> TwoServices::matching() const { return impl_->matching_channel; }
const std::string& TwoServices::directory() const { return impl_->scratch.path(); }
std::string TwoServices::lead_token_file() const {
  return directory() + "/credentials/" + registry::kLeadTokenFile;
}

Client TwoServices::RegistryAs(const std::string& token_file) const {
  return {registry(), TokenIn(token_file)};
}
Client TwoServices::MatchingAs(const std::string& token_file) const {
  return {matching(), TokenIn(token_file)};
}

}  // namespace brokerage::support

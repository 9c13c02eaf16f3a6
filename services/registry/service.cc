#include "services/registry/service.h"

#include <chrono>
#include <utility>

#include "base/log.h"
#include "services/registry/centre_handlers.h"
#include "services/registry/change_log.h"
#include "services/registry/credential_rules.h"
#include "services/registry/organisation_handlers.h"
#include "services/registry/place_refresh.h"
#include "services/registry/reference_handlers.h"
#include "services/registry/watch.h"
#include "services/rpc/credentials.h"
#include "services/rpc/current.h"
#include "services/rpc/methods.h"
#include "services/rpc/run.h"
#include "services/rpc/secrets.h"
#include "services/rpc/streams.h"
#include "services/rpc/tokens.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::registry {
namespace {

// Counting reads every record, so gauges of it lag.
constexpr std::chrono::minutes kCountPeriod(1);

std::vector<const google::protobuf::ServiceDescriptor*> Descriptors() {
  return {v1::GetOrganisationRequest::descriptor()->file()->service(0),
          v1::GetCentreRequest::descriptor()->file()->service(0),
          v1::ListDistrictsRequest::descriptor()->file()->service(0),
          v1::GetStatusRequest::descriptor()->file()->service(0)};
}

absl::StatusOr<std::vector<rpc::CredentialEntry>> LoadCredentials(const storage::Store& store) {
  std::vector<rpc::CredentialEntry> entries;
  const storage::Table<storage::v1::CredentialRecord> table(store, storage::kCredentials);
  const auto read = table.Snapshot([&](const auto& stored) {
    entries.push_back(EntryFor(stored.message));
    return absl::OkStatus();
  });
  if (!read.ok()) return read.status();
  return entries;
}

}  // namespace

// In the order in which they need each other.
struct Registry::Impl {
  Impl(storage::Store& the_store, const reference::Districts& districts,
       std::shared_ptr<const reference::PlaceIndex> first_places, const base::Clock& the_clock,
       rpc::Metrics& metrics, std::string hmac_key, rpc::MethodTable methods, RegistryOptions options)
      : store(the_store),
        clock(the_clock),
        tokens(std::move(hmac_key)),
        mutations(store, tokens),
        places(std::move(first_places)),
        runner(std::move(methods), credentials, clock, metrics),
        streams(base::kMaxStreams, options.longest_write),
        organisation_changes(store, storage::kOrganisations),
        centre_changes(store, storage::kCentres),
        credential_changes(store, storage::kCredentials),
        organisation_watch(store, organisation_changes, streams, credentials, clock,
                           options.heartbeat_period),
        centre_watch(store, centre_changes, streams, credentials, clock, options.heartbeat_period),
        credential_watch(store, credential_changes, streams, credentials, clock, options.heartbeat_period),
        organisations(runner, store, mutations, tokens, districts, places, organisation_watch),
        centres(runner, store, mutations, tokens, districts, credentials, centre_watch, credential_watch),
        references(runner, tokens, districts, places),
        admin(runner, store, places, std::move(options.admin)) {}

  storage::Store& store;
  const base::Clock& clock;
  rpc::CredentialDirectory credentials;
  rpc::PageTokens tokens;
  rpc::Mutations mutations;
  rpc::Current<reference::PlaceIndex> places;
  rpc::Runner runner;
  rpc::Streams streams;
  ChangeLog organisation_changes;
  ChangeLog centre_changes;
  ChangeLog credential_changes;
  Watch organisation_watch;
  Watch centre_watch;
  Watch credential_watch;
  OrganisationHandlers organisations;
  CentreHandlers centres;
  ReferenceHandlers references;
  AdminHandlers admin;
  std::chrono::steady_clock::time_point next_count;  // of records, for the gauges
};

Registry::Registry(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Registry::~Registry() = default;

absl::StatusOr<std::unique_ptr<Registry>> Registry::Create(
    storage::Store& store, const reference::Districts& districts,
    std::shared_ptr<const reference::PlaceIndex> places, const base::Clock& clock, rpc::Metrics& metrics,
    RegistryOptions options) {
  auto methods = rpc::MethodTable::Build(Descriptors());
  if (!methods.ok()) return methods.status();
  auto hmac_key = rpc::LoadOrMakeHmacKey(store);
  if (!hmac_key.ok()) return hmac_key.status();
  auto entries = LoadCredentials(store);
  if (!entries.ok()) return entries.status();
  auto impl = std::make_unique<Impl>(store, districts, places, clock, metrics, *std::move(hmac_key),
                                     *std::move(methods), std::move(options));
  impl->credentials.Reset(*std::move(entries));
  std::unique_ptr<Registry> registry(new Registry(std::move(impl)));
  // Places may have been imported while the service was away. What could not be placed again now (a full
  // disk) is at the next start: reading goes on.
  if (const auto used = registry->UsePlaces(std::move(places)); !used.ok()) {
    base::Log(base::Severity::kError, "places.behind", {{"detail", used.message()}});
  }
  return registry;
}

std::vector<grpc::Service*> Registry::services() {
  return {&impl_->organisations, &impl_->centres, &impl_->references, &impl_->admin};
}

std::vector<std::string> Registry::service_names() const {
  std::vector<std::string> names;
  for (const auto* service : Descriptors()) names.push_back(service->full_name());
  return names;
}

const rpc::Mutations& Registry::mutations() const { return impl_->mutations; }

absl::Status Registry::UsePlaces(std::shared_ptr<const reference::PlaceIndex> places) {
  impl_->places.Set(places);
  const auto changed = RefreshPlaces(impl_->store, *places, impl_->clock);
  if (!changed.ok()) return changed.status();
  base::Log(
      base::Severity::kInfo, "places.used",
      {{"version", places->version()}, {"postcodes", places->postcode_count()}, {"placed_again", *changed}});
  return absl::OkStatus();
}

void Registry::SetGauges(rpc::Metrics& metrics) {
  const auto now = std::chrono::steady_clock::now();
  if (now >= impl_->next_count) {
    impl_->next_count = now + kCountPeriod;
    if (const auto counts = CountRecords(impl_->store); counts.ok()) {
      metrics.SetGauge("brokerage_organisations", "Organisations that are not deleted.",
                       static_cast<double>(counts->organisations));
      metrics.SetGauge("brokerage_centres", "Centres.", static_cast<double>(counts->centres));
    }
  }
  metrics.SetGauge("brokerage_streams_open", "Streams that are open now.", impl_->streams.open());
  metrics.SetGauge("brokerage_credentials", "Credentials, revoked ones included.",
                   static_cast<double>(impl_->credentials.size()));
}

void Registry::EndWatches() {
  impl_->streams.Stop();
  impl_->organisation_changes.Interrupt();
  impl_->centre_changes.Interrupt();
  impl_->credential_changes.Interrupt();
}

}  // namespace brokerage::registry

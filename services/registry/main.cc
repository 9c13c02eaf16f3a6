// registry-service: parses flags, wires, waits.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/log_file.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/registry/bootstrap.h"
#include "services/registry/service.h"
#include "services/rpc/housekeeping.h"
#include "services/rpc/server.h"
#include "storage/rocksdb_store.h"
#include "storage/rows.h"

namespace {

using namespace brokerage;  // NOLINT: main.cc names a part of every room

struct Flags {
  std::string listen = "127.0.0.1:7452";
  std::string metrics;
  std::string data;
  std::string places;
  std::string backups;
  std::string districts;
  std::string credentials_dir;
  std::string lead_centre = "ashford";
  std::string restore_from;
  std::string log;
};

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "registry-service: %s\n", std::string(status.message()).c_str());
  return 1;
}

absl::StatusOr<std::shared_ptr<const reference::PlaceIndex>> ReadPlaces(
    const Flags& flags, const reference::Districts& districts) {
  if (flags.places.empty()) return reference::ShippedPlaces(districts);
  return reference::LoadPlaces(flags.places, districts);
}

// What goes wrong leaves the places as they were.
void ReloadPlaces(const Flags& flags, const reference::Districts& districts, registry::Registry& registry) {
  auto places = ReadPlaces(flags, districts);
  const absl::Status used = places.ok() ? registry.UsePlaces(*std::move(places)) : places.status();
  if (!used.ok()) base::Log(base::Severity::kError, "places.not_reloaded", {{"detail", used.message()}});
}

int Serve(const Flags& flags, const storage::RocksDbOptions& database, rpc::Signals& signals) {
  const base::SystemClock clock;
  const auto districts = flags.districts.empty()
                             ? absl::StatusOr<reference::Districts>(reference::KentDistricts())
                             : reference::Districts::Load(flags.districts);
  if (!districts.ok()) return Fail(districts.status());
  auto places = ReadPlaces(flags, *districts);
  if (!places.ok()) return Fail(places.status());
  const auto store = storage::OpenRocksDb(database);
  if (!store.ok()) return Fail(store.status());

  registry::BootstrapOptions first{flags.lead_centre, flags.credentials_dir};
  if (first.credentials_dir.empty()) first.credentials_dir = flags.data + "/credentials";
  if (auto begun = registry::Bootstrap(**store, *districts, clock, first); !begun.ok()) return Fail(begun);

  rpc::Metrics metrics;
  registry::RegistryOptions options;
  options.admin = {flags.backups, "rocksdb", static_cast<int32_t>(storage::kFormatVersion), clock.Now()};
  auto registry =
      registry::Registry::Create(**store, *districts, *std::move(places), clock, metrics, options);
  if (!registry.ok()) return Fail(registry.status());
  auto server = rpc::Server::Start({flags.listen, flags.metrics}, (*registry)->services(),
                                   (*registry)->service_names(), metrics);
  if (!server.ok()) return Fail(server.status());

  rpc::HousekeepingOptions duties;
  duties.set_serving = [&](bool serving) { (*server)->SetServing(serving); };
  duties.on_store_failed = &rpc::Signals::RequestStop;
  duties.set_gauges = [&](rpc::Metrics& gauges) { (*registry)->SetGauges(gauges); };
  rpc::Housekeeping housekeeping(**store, (*registry)->mutations(), clock, metrics, duties);
  housekeeping.Start();
  base::Log(base::Severity::kInfo, "service.started", {{"address", (*server)->address()}});

  signals.WaitForStop([&] { ReloadPlaces(flags, *districts, **registry); });
  base::Log(base::Severity::kInfo, "service.stopping");
  housekeeping.Stop();
  (*registry)->EndWatches();
  (*server)->Stop();
  return housekeeping.store_failed() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  rpc::Signals signals;
  Flags flags;
  CLI::App app("The registry service: organisations, centres, credentials and reference data.",
               "registry-service");
  app.set_version_flag("--version", std::string(BROKERAGE_VERSION));
  app.add_option("--listen", flags.listen, "Where to serve: loopback or unix:/path")->capture_default_str();
  app.add_option("--metrics", flags.metrics,
                 "Where Prometheus reads, for example 127.0.0.1:7462; none by default");
  app.add_option("--data", flags.data, "This service's own directory; the database is in its db/")
      ->required();
  app.add_option("--places", flags.places, "Directory of imported places; none: sectors and outcodes only");
  app.add_option("--backups", flags.backups, "Directory under which backups are made");
  app.add_option("--districts", flags.districts, "CSV file of the districts served; none: Kent's twelve");
  app.add_option("--credentials-dir", flags.credentials_dir,
                 "Where the first start writes lead.token and matching-service.token; none: --data's "
                 "credentials/");
  app.add_option("--lead-centre", flags.lead_centre, "Id of the centre that leads, for the first start")
      ->capture_default_str();
  auto* restore =
      app.add_option("--restore-from", flags.restore_from,
                     "Fill the empty --data from this backup, and end. The service must not be running");
  app.add_option("--log", flags.log, "File to log to, moved aside when it is full; none: standard error");
  CLI11_PARSE(app, argc, argv);

  storage::RocksDbOptions database;
  database.path = flags.data + "/db";
  database.store.owner = "registry";
  if (restore->count() > 0) {
    const auto restored = storage::RestoreRocksDb(flags.restore_from, database);
    if (!restored.ok()) return Fail(restored.status());
    std::printf("Restored %s from %s\n", database.path.c_str(), flags.restore_from.c_str());
    return 0;
  }
  if (!flags.log.empty()) {
    if (auto logging = base::LogToFile(flags.log); !logging.ok()) return Fail(logging);
  }
  return Serve(flags, database, signals);
}

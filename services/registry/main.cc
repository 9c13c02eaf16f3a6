// registry-service: parses flags, wires, waits.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/registry/bootstrap.h"
#include "services/registry/service.h"
#include "services/rpc/housekeeping.h"
#include "services/rpc/program.h"
#include "services/rpc/server.h"
#include "storage/rocksdb_store.h"
#include "storage/rows.h"

namespace {

using namespace brokerage;  // NOLINT: main.cc names a part of every room

struct Flags {
  rpc::ProgramOptions common;
  std::string credentials_dir;
  std::string lead_centre = "ashford";
};

// What goes wrong leaves the places as they were.
void ReloadPlaces(const Flags& flags, const reference::Districts& districts, registry::Registry& registry) {
  auto places = reference::LoadPlaces(flags.common.places, districts);
  const absl::Status used = places.ok() ? registry.UsePlaces(*std::move(places)) : places.status();
  if (!used.ok()) base::Log(base::Severity::kError, "places.not_reloaded", {{"detail", used.message()}});
}

absl::Status Serve(const Flags& flags, const storage::RocksDbOptions& database, rpc::Signals& signals) {
  const base::SystemClock clock;
  const auto districts = reference::Districts::Load(flags.common.districts);
  if (!districts.ok()) return districts.status();
  auto places = reference::LoadPlaces(flags.common.places, *districts);
  if (!places.ok()) return places.status();
  const auto store = storage::OpenRocksDb(database);
  if (!store.ok()) return store.status();

  registry::BootstrapOptions first{flags.lead_centre, flags.credentials_dir};
  if (first.credentials_dir.empty()) first.credentials_dir = flags.common.data + "/credentials";
  if (auto begun = registry::Bootstrap(**store, *districts, clock, first); !begun.ok()) return begun;

  rpc::Metrics metrics;
  registry::RegistryOptions options;
  options.admin = {flags.common.backups, "rocksdb", static_cast<int32_t>(storage::kFormatVersion),
                   clock.Now()};
  auto registry =
      registry::Registry::Create(**store, *districts, *std::move(places), clock, metrics, options);
  if (!registry.ok()) return registry.status();
  auto server = rpc::Server::Start({flags.common.listen, flags.common.metrics}, (*registry)->services(),
                                   (*registry)->service_names(), metrics);
  if (!server.ok()) return server.status();

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
  return housekeeping.store_failed() ? absl::UnavailableError("the store takes no more commits")
                                     : absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  rpc::Signals signals;
  Flags flags;
  flags.common.listen = "127.0.0.1:7452";
  CLI::App app("The registry service: organisations, centres, credentials and reference data.",
               "registry-service");
  app.set_version_flag("--version", std::string(BROKERAGE_VERSION));
  rpc::AddProgramOptions(app, flags.common, "127.0.0.1:7462");
  app.add_option("--credentials-dir", flags.credentials_dir,
                 "Where the first start writes lead.token and matching-service.token; none: --data's "
                 "credentials/");
  app.add_option("--lead-centre", flags.lead_centre, "Id of the centre that leads, for the first start")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  storage::RocksDbOptions database;
  database.path = flags.common.database();
  database.store.owner = "registry";
  return rpc::RunProgram(
      app.get_name(), flags.common,
      [&] { return storage::RestoreRocksDb(*flags.common.restore_from, database).status(); },
      [&] { return Serve(flags, database, signals); });
}

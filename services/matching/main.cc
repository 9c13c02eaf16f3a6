// matching-service: parses flags, wires, waits.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/log_file.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/matching/server.h"
#include "services/rpc/server.h"
#include "storage/rocksdb_store.h"
#include "storage/rows.h"

namespace {

using namespace brokerage;  // NOLINT: main.cc names a part of every room

struct Flags {
  std::string listen = "127.0.0.1:7451";
  std::string metrics;
  std::string data;
  std::string places;
  std::string backups;
  std::string districts;
  std::string registry = "127.0.0.1:7452";
  std::string credential_file;
  std::string restore_from;
  std::string log;
  int freshness_days = 90;
};

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "matching-service: %s\n", std::string(status.message()).c_str());
  return 1;
}

std::shared_ptr<grpc::Channel> RegistryChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  // A registry that is back is noticed within a second.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

absl::StatusOr<std::shared_ptr<const reference::PlaceIndex>> ReadPlaces(
    const Flags& flags, const reference::Districts& districts) {
  if (flags.places.empty()) return reference::ShippedPlaces(districts);
  return reference::LoadPlaces(flags.places, districts);
}

int Serve(const Flags& flags, const storage::RocksDbOptions& database, rpc::Signals& signals) {
  const base::SystemClock clock;
  const auto districts = flags.districts.empty()
                             ? absl::StatusOr<reference::Districts>(reference::KentDistricts())
                             : reference::Districts::Load(flags.districts);
  if (!districts.ok()) return Fail(districts.status());
  auto places = ReadPlaces(flags, *districts);
  if (!places.ok()) return Fail(places.status());
  if (auto local = rpc::CheckLocalAddress(flags.registry); !local.ok()) return Fail(local);
  const auto token = base::ReadFile(flags.credential_file);
  if (!token.ok()) return Fail(token.status());
  const auto store = storage::OpenRocksDb(database);
  if (!store.ok()) return Fail(store.status());

  matching::MatchingServerOptions options;
  options.server = {flags.listen, flags.metrics};
  options.backups_dir = flags.backups;
  options.engine = "rocksdb";
  options.format_version = static_cast<int>(storage::kFormatVersion);
  options.freshness_period = absl::Hours(24) * flags.freshness_days;
  options.registry = RegistryChannel(flags.registry);
  options.registry_token = std::string(absl::StripAsciiWhitespace(*token));
  options.on_store_failed = &rpc::Signals::RequestStop;
  auto server = matching::MatchingServer::Start(std::move(options), {**store, clock, *districts, *places});
  if (!server.ok()) return Fail(server.status());
  base::Log(base::Severity::kInfo, "service.started", {{"address", (*server)->server().address()}});

  signals.WaitForStop([&] {
    auto reloaded = ReadPlaces(flags, *districts);
    if (!reloaded.ok()) {
      base::Log(base::Severity::kError, "places.kept", {{"detail", reloaded.status().message()}});
      return;
    }
    base::Log(base::Severity::kInfo, "places.reloaded", {{"version", (*reloaded)->version()}});
    (*server)->SetPlaces(*std::move(reloaded));
  });
  base::Log(base::Severity::kInfo, "service.stopping");
  (*server)->Stop();
  return (*server)->store_failed() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  rpc::Signals signals;
  Flags flags;
  CLI::App app("The matching service: volunteers, opportunities, and who could do what.", "matching-service");
  app.set_version_flag("--version", std::string(BROKERAGE_VERSION));
  app.add_option("--listen", flags.listen, "Where to serve: loopback or unix:/path")->capture_default_str();
  app.add_option("--metrics", flags.metrics,
                 "Where Prometheus reads, for example 127.0.0.1:7461; none by default");
  app.add_option("--data", flags.data, "This service's own directory; the database is in its db/")
      ->required();
  app.add_option("--places", flags.places, "Directory of imported places; none: sectors and outcodes only");
  app.add_option("--backups", flags.backups, "Directory under which backups are made");
  app.add_option("--districts", flags.districts, "CSV file of the districts served; none: Kent's twelve");
  app.add_option("--registry", flags.registry, "The registry service's address")->capture_default_str();
  auto* credential = app.add_option("--credential-file", flags.credential_file,
                                    "File with the token to show to the registry");
  app.add_option("--freshness-days", flags.freshness_days, "Days until an unconfirmed opportunity expires")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650));
  auto* restore =
      app.add_option("--restore-from", flags.restore_from,
                     "Fill the empty --data from this backup, and end. The service must not be running");
  app.add_option("--log", flags.log, "File to log to, moved aside when it is full; none: standard error");
  CLI11_PARSE(app, argc, argv);

  storage::RocksDbOptions database;
  database.path = flags.data + "/db";
  database.store.owner = "matching";
  if (restore->count() > 0) {
    const auto restored = storage::RestoreRocksDb(flags.restore_from, database);
    if (!restored.ok()) return Fail(restored.status());
    std::printf("Restored %s from %s\n", database.path.c_str(), flags.restore_from.c_str());
    return 0;
  }
  if (!flags.log.empty()) {
    if (auto logging = base::LogToFile(flags.log); !logging.ok()) return Fail(logging);
  }
  if (credential->count() == 0) return Fail(absl::InvalidArgumentError("--credential-file is required"));
  return Serve(flags, database, signals);
}

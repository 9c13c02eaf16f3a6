// matching-service: parses flags, wires, waits.

#include <CLI/CLI.hpp>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/log.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/server.h"
#include "services/rpc/program.h"
#include "services/rpc/server.h"
#include "storage/rocksdb_store.h"
#include "storage/rows.h"

namespace {

using namespace brokerage;  // NOLINT: main.cc names a part of every room

struct Flags {
  rpc::ProgramOptions common;
  std::string waters;
  std::string registry = "127.0.0.1:7452";
  std::string credential_file;
  int freshness_days = 90;
  int outreach_budget = base::kDefaultOutreachBudget;
};

std::shared_ptr<grpc::Channel> RegistryChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  // A registry that is back is noticed within a second.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

absl::Status Serve(const Flags& flags, const storage::RocksDbOptions& database, rpc::Signals& signals) {
  const base::SystemClock clock;
  const auto districts = reference::Districts::Load(flags.common.districts);
  if (!districts.ok()) return districts.status();
  const auto waters = reference::Waters::Load(flags.waters);
  if (!waters.ok()) return waters.status();
  auto places = reference::LoadPlaces(flags.common.places, *districts);
  if (!places.ok()) return places.status();
  if (flags.credential_file.empty()) return absl::InvalidArgumentError("--credential-file is required");
  if (auto local = rpc::CheckLocalAddress(flags.registry); !local.ok()) return local;
  const auto token = base::ReadFile(flags.credential_file);
  if (!token.ok()) return token.status();
  const auto store = storage::OpenRocksDb(database);
  if (!store.ok()) return store.status();

  matching::MatchingServerOptions options;
  options.server = {flags.common.listen, flags.common.metrics};
  options.backups_dir = flags.common.backups;
  options.engine = "rocksdb";
  options.format_version = static_cast<int>(storage::kFormatVersion);
  options.freshness_period = absl::Hours(24) * flags.freshness_days;
  options.outreach_budget = flags.outreach_budget;
  options.registry = RegistryChannel(flags.registry);
  options.registry_token = std::string(absl::StripAsciiWhitespace(*token));
  options.on_store_failed = &rpc::Signals::RequestStop;
  auto server =
      matching::MatchingServer::Start(std::move(options), {**store, clock, *districts, *waters, *places});
  if (!server.ok()) return server.status();
  base::Log(base::Severity::kInfo, "service.started", {{"address", (*server)->server().address()}});

  signals.WaitForStop([&] {
    auto reloaded = reference::LoadPlaces(flags.common.places, *districts);
    if (!reloaded.ok()) {
      base::Log(base::Severity::kError, "places.kept", {{"detail", reloaded.status().message()}});
      return;
    }
    base::Log(base::Severity::kInfo, "places.reloaded", {{"version", (*reloaded)->version()}});
    (*server)->SetPlaces(*std::move(reloaded));
  });
  base::Log(base::Severity::kInfo, "service.stopping");
  (*server)->Stop();
  return (*server)->store_failed() ? absl::UnavailableError("the store takes no more commits")
                                   : absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  rpc::Signals signals;
  Flags flags;
  flags.common.listen = "127.0.0.1:7451";
  CLI::App app("The matching service: volunteers, opportunities, and who could do what.", "matching-service");
  app.set_version_flag("--version", std::string(BROKERAGE_VERSION));
  rpc::AddProgramOptions(app, flags.common, "127.0.0.1:7461");
  app.add_option("--waters", flags.waters, "CSV file of waters and their crossings; none: Kent's");
  app.add_option("--registry", flags.registry, "The registry service's address")->capture_default_str();
  app.add_option("--credential-file", flags.credential_file, "File with the token to show to the registry");
  app.add_option("--freshness-days", flags.freshness_days, "Days until an unconfirmed opportunity expires")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650));
  app.add_option("--outreach-budget", flags.outreach_budget, "How often a volunteer may be asked in 7 days")
      ->capture_default_str()
      ->check(CLI::Range(1, 100));
  CLI11_PARSE(app, argc, argv);

  storage::RocksDbOptions database;
  database.path = flags.common.database();
  database.store.owner = "matching";
  return rpc::RunProgram(
      app.get_name(), flags.common,
      [&] { return storage::RestoreRocksDb(*flags.common.restore_from, database).status(); },
      [&] { return Serve(flags, database, signals); });
}

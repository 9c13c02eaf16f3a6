// How long a start takes from stored profiles to an index that answers, beside reading the store alone, and
// reading and parsing on one thread.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

#include "base/clock.h"
#include "base/log.h"
#include "bench/answers.h"
#include "bench/endtoend/county.h"
#include "bench/part.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/columnar/columnar_index.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/convert/tables.h"
#include "services/matching/duplicates.h"
#include "services/matching/index_feed.h"
#include "services/matching/registry_state.h"
#include "services/rpc/credentials.h"
#include "storage/keys.h"
#include "storage/rocksdb_store.h"

namespace {

using namespace brokerage;
using namespace brokerage::bench;

struct Options {
  std::string scene;
  std::string folder;
  int volunteers = 1'000'000;
  int repetitions = 5;
};

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "load_bench: %s\n", status.ToString().c_str());
  return 1;
}

double SecondsOf(const std::function<absl::Status()>& work, absl::Status& status) {
  const auto begin = std::chrono::steady_clock::now();
  status.Update(work());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// What the service does at a start, as services/matching/server.cc puts it together.
absl::Status Start(const storage::Store& store, int64_t volunteers) {
  const base::SystemClock clock;
  const reference::Districts& districts = reference::KentDistricts();
  const matching::ReferenceTables tables = matching::ShippedTables(districts);
  const matching::PlacesInUse places(reference::ShippedPlaces(districts));
  const auto index = matcher::MakeColumnarIndex(matching::MakeWorld(tables, reference::KentWaters()));
  matching::OrganisationViews organisations;
  matching::CentreViews centres;
  rpc::CredentialDirectory credentials;
  matching::Duplicates duplicates;
  matching::IndexFeed feed(store, {*index, organisations, centres, credentials, duplicates}, tables, places,
                           clock);
  if (auto status = feed.Start(); !status.ok()) return status;
  return index->Pin()->size().volunteers == volunteers ? absl::OkStatus()
                                                       : absl::InternalError("the index holds not everyone");
}

absl::Status Scan(const storage::Store& store, bool parse) {
  storage::v1::VolunteerRecord record;
  return store
      .Snapshot("",
                [&](const storage::Entry& entry) {
                  const bool read = !parse || !absl::StartsWith(entry.key, storage::kVolunteers) ||
                                    record.ParseFromString(entry.value);
                  return read ? absl::OkStatus() : absl::DataLossError(entry.key);
                })
      .status();
}

}  // namespace

int main(int argc, char** argv) {
  base::SetLogThreshold(base::Severity::kError);
  CLI::App app("Measures a start; bench/run runs this.");
  Options options;
  app.add_option("scene", options.scene, "what figures are called after: load.1m")->required();
  app.add_option("folder", options.folder, "for its store and what it finds")->required();
  app.add_option("--volunteers", options.volunteers, "how many")->check(CLI::PositiveNumber);
  app.add_option("--repetitions", options.repetitions, "of each")->check(CLI::Range(1, 100));
  CLI11_PARSE(app, argc, argv);

  storage::RocksDbOptions in;
  in.path = absl::StrCat(options.folder, "/data");
  auto opened = storage::OpenRocksDb(in);
  if (!opened.ok()) return Fail(opened.status());
  if (auto put = PutCounty(**opened, options.volunteers, absl::Now()); !put.ok()) return Fail(put);
  opened->reset();
  opened = storage::OpenRocksDb(in);
  if (!opened.ok()) return Fail(opened.status());
  const storage::Store& store = **opened;

  absl::Status status;
  std::vector<double> starts;
  std::vector<double> scans;
  std::vector<double> parses;
  for (int i = 0; i < options.repetitions && status.ok(); ++i) {
    scans.push_back(SecondsOf([&] { return Scan(store, false); }, status));
    parses.push_back(SecondsOf([&] { return Scan(store, true); }, status));
    starts.push_back(SecondsOf([&] { return Start(store, options.volunteers); }, status));
  }
  if (!status.ok()) return Fail(status);
  opened->reset();
  std::filesystem::remove_all(in.path);

  Part part;
  const std::string& name = options.scene;
  const auto tell = [&](absl::string_view figure, std::vector<double> seconds) {
    return part.figures[absl::StrCat(name, ".", figure)] =
               Percentile(std::move(seconds), 0.5) * 1e6 / options.volunteers;
  };
  const double start = tell("s_per_million", starts);
  const double scan = tell("scan_s_per_million", scans);
  const double parse = tell("parse_s_per_million", parses);
  part.figures[absl::StrCat(name, ".ratio_to_parse")] = start / parse;
  part.table = absl::StrFormat(
      "%s: %.2f s a million from stored profiles to an index that answers; reading alone takes %.2f s, "
      "reading and "
      "parsing on one thread %.2f s\n",
      name, start, scan, parse);
  return WritePart(part, options.folder) ? 0 : 1;
}

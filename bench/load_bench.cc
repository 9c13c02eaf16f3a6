// How long a start takes from stored profiles to an index that answers, beside reading the store alone, and
// reading and parsing on one thread.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

#include "base/clock.h"
#include "base/log.h"
#include "bench/answers.h"
#include "bench/endtoend/county.h"
#include "bench/endtoend/county_referrals.h"
#include "bench/part.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/columnar/columnar_index.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/convert/tables.h"
#include "services/matching/duplicates.h"
#include "services/matching/index_feed.h"
#include "services/matching/listings.h"
#include "services/matching/registry_state.h"
#include "services/matching/reports/district_counts.h"
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

// Of all threads of this process.
double CpuSeconds() {
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Taken {
  double seconds = 0;
  double cpu_seconds = 0;
};

// From here to the call of Stop.
class Stopwatch {
 public:
  Taken Stop() const {
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(),
            CpuSeconds() - cpu_begin_};
  }

 private:
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  const double cpu_begin_ = CpuSeconds();
};

double SecondsOf(const std::function<absl::Status()>& work, absl::Status& status) {
  const Stopwatch watch;
  status.Update(work());
  return watch.Stop().seconds;
}

// What the service knows before it reads.
struct Basis {
  const base::SystemClock clock;
  const reference::Districts& districts = reference::KentDistricts();
  const matching::ReferenceTables tables = matching::ShippedTables(districts);
  const matching::PlacesInUse places{reference::ShippedPlaces(districts)};
  const std::shared_ptr<const matcher::World> world = matching::MakeWorld(tables, reference::KentWaters());
};

// What the service does at a start, as services/matching/server.cc puts it together.
absl::StatusOr<Taken> Start(const storage::Store& store, int64_t volunteers) {
  const Stopwatch watch;
  const Basis basis;
  const auto index = matcher::MakeColumnarIndex(basis.world);
  matching::OrganisationViews organisations;
  matching::CentreViews centres;
  rpc::CredentialDirectory credentials;
  matching::Duplicates duplicates(store);
  matching::VolunteerBook volunteer_book(store);
  matching::ReferralBook referral_book(store);
  matching::Listings listings(basis.tables, organisations, basis.world);
  matching::DistrictCounts district_counts(store, basis.tables, basis.world, basis.places, basis.clock);
  matching::IndexFeed feed(store,
                           {*index, organisations, centres, credentials, duplicates, volunteer_book,
                            referral_book, listings, district_counts},
                           basis.tables, basis.places, basis.clock);
  if (auto status = feed.Start(); !status.ok()) return status;
  const Taken taken = watch.Stop();
  if (index->Pin()->size().volunteers != volunteers)
    return absl::InternalError("the index holds not everyone");
  return taken;
}

// Counts by district, as the lead administrator asks for them: the first time, for which all is read, and the
// times after that.
absl::Status CountDistricts(const storage::Store& store, std::vector<double>& first,
                            std::vector<double>& then) {
  constexpr int kTimes = 9;
  const Basis basis;
  const matching::DistrictCounts counts(store, basis.tables, basis.world, basis.places, basis.clock);
  absl::Status status;
  const auto count = [&] { return counts.Count({{"", true}, {}, basis.clock.Now()}).status(); };
  first.push_back(SecondsOf(count, status));
  for (int i = 0; i < kTimes; ++i) then.push_back(SecondsOf(count, status));
  return status;
}

// The first look for duplicates in each centre.
absl::Status LookForDuplicates(const storage::Store& store) {
  const matching::Duplicates duplicates(store);
  const auto someone = matching::v1::Volunteer();
  return store
      .Snapshot(
          storage::kCentreViews,
          [&](const storage::EntryView& entry) {
            return duplicates.Find(entry.key.substr(storage::kCentreViews.size()), someone, "").status();
          })
      .status();
}

absl::Status Scan(const storage::Store& store, bool parse) {
  storage::v1::VolunteerRecord record;
  return store
      .Snapshot("",
                [&](const storage::EntryView& entry) {
                  const bool read =
                      !parse || !absl::StartsWith(entry.key, storage::kVolunteers) ||
                      record.ParseFromArray(entry.value.data(), static_cast<int>(entry.value.size()));
                  return read ? absl::OkStatus() : absl::DataLossError("a record cannot be read");
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
  std::vector<double> cpu;
  std::vector<double> duplicates;
  std::vector<double> first_counts;
  std::vector<double> counts;
  std::vector<double> scans;
  std::vector<double> parses;
  for (int i = 0; i < options.repetitions && status.ok(); ++i) {
    scans.push_back(SecondsOf([&] { return Scan(store, false); }, status));
    parses.push_back(SecondsOf([&] { return Scan(store, true); }, status));
    const auto start = Start(store, options.volunteers);
    if (!start.ok()) return Fail(start.status());
    starts.push_back(start->seconds);
    cpu.push_back(start->cpu_seconds);
    duplicates.push_back(SecondsOf([&] { return LookForDuplicates(store); }, status));
    status.Update(CountDistricts(store, first_counts, counts));
  }
  if (!status.ok()) return Fail(status);

  const auto referrals = PutReferrals(**opened);
  if (!referrals.ok()) return Fail(referrals.status());
  opened->reset();
  opened = storage::OpenRocksDb(in);
  if (!opened.ok()) return Fail(opened.status());
  std::vector<double> with_referrals;
  std::vector<double> cpu_with_referrals;
  for (int i = 0; i < options.repetitions; ++i) {
    const auto start = Start(**opened, options.volunteers);
    if (!start.ok()) return Fail(start.status());
    with_referrals.push_back(start->seconds);
    cpu_with_referrals.push_back(start->cpu_seconds);
  }
  opened->reset();
  std::filesystem::remove_all(in.path);

  Part part;
  const std::string& name = options.scene;
  const auto tell = [&](absl::string_view figure, std::vector<double> seconds) {
    return part.figures[absl::StrCat(name, ".", figure)] =
               Percentile(std::move(seconds), 0.5) * 1e6 / options.volunteers;
  };
  const double start = tell("s_per_million", starts);
  const double cpu_seconds = tell("cpu_s_per_million", cpu);
  const double look = tell("duplicates_s_per_million", duplicates);
  const double first_count = tell("first_count_s_per_million", first_counts);
  const double count = tell("count_s_per_million", counts);
  const double scan = tell("scan_s_per_million", scans);
  const double parse = tell("parse_s_per_million", parses);
  const double referred = tell("with_referrals_s_per_million", with_referrals);
  const double referred_cpu = tell("with_referrals_cpu_s_per_million", cpu_with_referrals);
  part.figures[absl::StrCat(name, ".referrals")] = static_cast<double>(*referrals);
  part.figures[absl::StrCat(name, ".ratio_to_parse")] = start / parse;
  part.table = absl::StrFormat(
      "%s: %.2f s a million from stored profiles to an index that answers, %.2f s of CPU; reading alone "
      "takes "
      "%.2f s, reading and parsing on one thread %.2f s; the first look for duplicates in each centre %.2f "
      "s; the first count by district %.2f s, each one after it %.4f s; with %d referrals of each tenth "
      "volunteer %.2f s and %.2f s of CPU\n",
      name, start, cpu_seconds, scan, parse, look, first_count, count, *referrals, referred, referred_cpu);
  return WritePart(part, options.folder) ? 0 : 1;
}

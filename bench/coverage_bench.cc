// How long it takes to count where volunteers are few, what is kept for it, and what those who write feel of
// it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <malloc.h>
#include <string>
#include <thread>
#include <time.h>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

#include "base/resource_names.h"
#include "bench/answers.h"
#include "bench/draws.h"
#include "bench/world.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "reference/centroids.h"
#include "reference/districts.h"
#include "reference/waters.h"
#include "services/matching/convert/tables.h"
#include "services/matching/reports/coverage.h"
#include "services/matching/reports/district_counts.h"

namespace {

using namespace brokerage;
using namespace brokerage::bench;
using Clock = std::chrono::steady_clock;

constexpr uint64_t kSeed = 1;
constexpr uint64_t kHomeStream = 0x0c0;
constexpr uint64_t kPlaceStream = 0x0c1;
constexpr std::size_t kBatch = 128;  // as a start reads them
constexpr double kBytesInMebibyte = 1024 * 1024;

struct Options {
  std::vector<int64_t> volunteers = {20'000, 200'000};
  int64_t roles_per_thousand = 50;
  int repetitions = 50;
  int written = 2'000;
  int write_ms = 1'000;
};

// Of this thread: what else the machine does is not in it.
double CpuMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double MillisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Where people and roles are: in each of the districts and outside, by chance.
class Homes {
 public:
  matching::HomeArea At(int64_t number) const {
    Draws draws(kSeed, kHomeStream, static_cast<uint64_t>(number));
    const auto& centroids = reference::ShippedCentroids();
    return {DistrictBy(draws), centroids[draws.Below(centroids.size())].code};
  }
  std::string PlaceAt(int64_t number) const {
    Draws draws(kSeed, kPlaceStream, static_cast<uint64_t>(number));
    return DistrictBy(draws);
  }

 private:
  std::string DistrictBy(Draws& draws) const {
    const auto& districts = reference::KentDistricts().all();
    const auto row = draws.Below(districts.size() + 1);
    return base::FormatDistrictName(row < districts.size() ? districts[row].code : "outside");
  }
};

// Puts everyone as a start does: the milliseconds of CPU that putting volunteers took.
double Fill(const World& world, const Options& options, int64_t volunteers,
            matching::DistrictCounts& counts) {
  const Homes homes;
  std::vector<matcher::VolunteerFacts> facts;
  std::vector<matching::HomeArea> areas;
  double milliseconds = 0;
  for (int64_t i = 0; i < volunteers; ++i) {
    facts.push_back(world.VolunteerAt(i));
    areas.push_back(homes.At(i));
    if (facts.size() < kBatch && i + 1 < volunteers) continue;
    const double begin = CpuMilliseconds();
    counts.Put(facts, areas);
    milliseconds += CpuMilliseconds() - begin;
    facts.clear();
    areas.clear();
  }
  for (int64_t i = 0; i < volunteers * options.roles_per_thousand / 1'000; ++i) {
    const matcher::OpportunityFacts role = world.OpportunityAt(i);
    matching::v1::Opportunity stored;
    stored.set_name(role.name);
    stored.set_state(matching::v1::Opportunity::STATE_OPEN);
    stored.set_places(static_cast<int32_t>(role.places));
    if (!role.remote) stored.mutable_place()->set_district(homes.PlaceAt(i));
    counts.Put(stored, role);
  }
  return milliseconds;
}

// What a call does but for gRPC.
std::size_t Answer(const matching::DistrictCounts& counts, const matching::ReferenceTables& tables,
                   const matching::DistrictQuestion& question) {
  matching::v1::GetDistrictCoverageResponse response;
  matching::FillCoverage(counts.Count(question), tables, response);
  return response.SerializeAsString().size();
}

// Those who are searching, from all over what is kept.
std::vector<matcher::VolunteerFacts> SomeSearching(const World& world, int64_t volunteers, int count) {
  std::vector<matcher::VolunteerFacts> some;
  const int64_t stride = std::max<int64_t>(1, volunteers / count);
  for (int64_t i = 0; i < volunteers; i += stride) {
    auto facts = world.VolunteerAt(i);
    if (facts.state == matcher::VolunteerState::kSearching) some.push_back(std::move(facts));
  }
  return some;
}

// Writes them one after another, again and again for so long: how long each takes.
std::vector<double> WriteEach(const std::vector<matcher::VolunteerFacts>& volunteers, int milliseconds,
                              matching::DistrictCounts& counts) {
  const Homes homes;
  std::vector<double> taken;
  const auto over = Clock::now() + std::chrono::milliseconds(milliseconds);
  for (std::size_t i = 0; Clock::now() < over; ++i) {
    const std::size_t row = i % volunteers.size();
    const std::vector<matching::HomeArea> homes_of_one = {homes.At(static_cast<int64_t>(row))};
    const auto begin = Clock::now();
    {
      const auto together = counts.HoldCounts();
      counts.Put(absl::MakeConstSpan(&volunteers[row], 1), homes_of_one);
    }
    taken.push_back(MillisecondsSince(begin));
  }
  return taken;
}

void Tell(const char* what, const std::vector<double>& milliseconds) {
  std::printf("  %-34s p50 %8.3f  p99 %8.3f  most %8.3f\n", what, Percentile(milliseconds, 0.5),
              Percentile(milliseconds, 0.99), *std::max_element(milliseconds.begin(), milliseconds.end()));
}

void Measure(const Options& options, int64_t volunteers) {
  const matching::ReferenceTables tables = matching::ShippedTables(reference::KentDistricts());
  const World world(kSeed, volunteers);
  matching::DistrictCounts counts(tables, matching::MakeWorld(tables, reference::KentWaters()));
  const auto bytes_before = mallinfo2().uordblks;
  const double filling_ms = Fill(world, options, volunteers, counts);
  const double mebibytes = static_cast<double>(mallinfo2().uordblks - bytes_before) / kBytesInMebibyte;
  std::printf(
      "%lld volunteers, %lld roles: %.1f MiB kept, put in %.1f ms of CPU; milliseconds of CPU of a count:\n",
      static_cast<long long>(volunteers),
      static_cast<long long>(volunteers * options.roles_per_thousand / 1'000), mebibytes, filling_ms);

  const matching::TermNumbers numbers(tables);
  const absl::Time now = absl::FromUnixSeconds(World::AsOf().as_of_min * 60);
  const std::string centre = world.VolunteerAt(0).centre;
  const struct {
    const char* what;
    matching::DistrictQuestion question;
  } questions[] = {
      {"a centre", {{centre, false}, {}, now}},
      {"everything", {{"", true}, {}, now}},
      {"everything with a skill", {{"", true}, {numbers.OfSkill(0)}, now}},
  };
  std::size_t bytes = 0;
  for (const auto& [what, question] : questions) {
    std::vector<double> milliseconds;
    for (int i = 0; i < options.repetitions; ++i) {
      const double begin = CpuMilliseconds();
      bytes = std::max(bytes, Answer(counts, tables, question));
      milliseconds.push_back(CpuMilliseconds() - begin);
    }
    Tell(what, milliseconds);
  }
  std::printf("  the largest answer has %zu bytes; milliseconds of a write:\n", bytes);

  const auto some = SomeSearching(world, volunteers, options.written);
  Tell("nobody counting", WriteEach(some, options.write_ms, counts));
  std::atomic<bool> over = false;
  std::jthread counting([&] {
    while (!over) Answer(counts, tables, questions[1].question);
  });
  Tell("somebody always counting", WriteEach(some, options.write_ms, counts));
  over = true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures counting by district.");
  Options options;
  app.add_option("--volunteers", options.volunteers, "how many, one measurement each")
      ->check(CLI::PositiveNumber);
  app.add_option("--roles-per-thousand", options.roles_per_thousand, "open roles for a thousand volunteers");
  app.add_option("--repetitions", options.repetitions, "of each question")->check(CLI::PositiveNumber);
  app.add_option("--written", options.written, "how many volunteers are written in turn")
      ->check(CLI::PositiveNumber);
  app.add_option("--write-ms", options.write_ms, "for how long, while somebody counts and while nobody does")
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  for (const int64_t volunteers : options.volunteers) Measure(options, volunteers);
  return 0;
}

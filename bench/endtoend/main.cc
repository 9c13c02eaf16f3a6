// The step of bench/run that asks over the network: the service and an echo by turns, or echoes on each kind
// of front.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "base/log.h"
#include "bench/endtoend/county.h"
#include "bench/endtoend/drive.h"
#include "bench/endtoend/servers.h"
#include "bench/endtoend/shares.h"
#include "bench/part.h"

namespace {

using namespace brokerage;         // NOLINT: a program of the benchmarks
using namespace brokerage::bench;  // NOLINT

constexpr int kServerCore = 0;
constexpr int kDriverCore = 1;
constexpr int kInFlight[] = {1, 4, 16, 64};
// About what twenty matches take.
constexpr std::size_t kEchoBytes = 3'000;

struct Options {
  std::string scene;
  std::string folder;
  int volunteers = 0;
  bool remember = false;
  int64_t work_us = 0;
  int rounds = 5;
  int run_ms = 1'000;

  Limits limits() const { return {20'000, std::chrono::milliseconds(run_ms)}; }
};

int Fail(absl::string_view why) {
  std::fprintf(stderr, "endtoend_bench: %s\n", std::string(why).c_str());
  return 1;
}

absl::Status Measure(const Options& options, const ServerProcess& process,
                     const std::vector<Asking>& questions, Contest& contest) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (const std::string& address : process.addresses())
    channels.push_back(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  std::size_t first = 0;
  for (const int in_flight : kInFlight) {
    for (int round = -1; round < options.rounds; ++round) {  // the first warms up
      Round runs;
      for (const auto& channel : channels) {
        const double before = process.CpuSeconds();
        auto drive = DriveWith(channel, questions, first, in_flight, options.limits());
        if (!drive.ok()) return drive.status();
        runs.push_back({*std::move(drive), process.CpuSeconds() - before});
      }
      first += static_cast<std::size_t>(runs.front().drive.calls);
      if (round >= 0) contest.rounds[in_flight].push_back(std::move(runs));
    }
  }
  return absl::OkStatus();
}

int Ask(const Options& options, const absl::Time now, const ServerProcess::Starter& starter,
        std::vector<std::string> servers) {
  const auto process = ServerProcess::Start(starter, kServerCore);
  if (!process.ok()) return Fail(process.status().message());
  if (!KeepToCore(kDriverCore)) std::fprintf(stderr, "endtoend_bench: both sides share a core\n");
  Contest contest{options.scene, std::move(servers), {}};
  const absl::Status measured = Measure(options, **process, QuestionsOfCounty(now), contest);
  if (!measured.ok()) return Fail(measured.ToString());

  const std::string table = TableOf(contest);
  std::fputs(table.c_str(), stdout);
  return WritePart({FiguresOf(contest), table}, options.folder) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  base::SetLogThreshold(base::Severity::kError);
  CLI::App app("Asks over the network; bench/run runs this.");
  app.require_subcommand(1);
  Options options;
  const auto of_scene = [&](CLI::App* command) {
    command->add_option("scene", options.scene, "what figures are called after: endtoend.20k")->required();
    command->add_option("folder", options.folder, "where its files lie")->required();
    command->add_option("--rounds", options.rounds, "for each number in flight")->check(CLI::Range(1, 1'000));
    command->add_option("--run-ms", options.run_ms, "how long a run takes, at most")
        ->check(CLI::PositiveNumber);
    return command;
  };
  auto* county = of_scene(app.add_subcommand("county", "The service over a county, beside an echo"));
  county->add_option("--volunteers", options.volunteers, "how many")->required()->check(CLI::PositiveNumber);
  county->add_flag("--remember", options.remember, "work each list out once, to see what all else costs");
  auto* fronts =
      of_scene(app.add_subcommand("fronts", "Echoes: a thread a call, callbacks, a completion queue"));
  fronts->add_option("--work-us", options.work_us, "CPU time of each answer")->check(CLI::NonNegativeNumber);
  CLI11_PARSE(app, argc, argv);

  const absl::Time now = absl::Now();
  if (*county) {
    const auto serve = [&] {
      return ServeCounty({absl::StrCat(options.folder, "/data"), options.volunteers, options.remember}, now);
    };
    return Ask(options, now, serve, {"", "echo"});
  }
  const auto serve = [&] { return ServeFronts(kEchoBytes, absl::Microseconds(options.work_us)); };
  return Ask(options, now, serve, {std::begin(kFronts), std::end(kFronts)});
}

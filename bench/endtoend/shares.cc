#include "bench/endtoend/shares.h"

#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "bench/answers.h"

namespace brokerage::bench {
namespace {

struct Figure {
  absl::string_view name;
  double (*of)(const Run&);
};
constexpr Figure kFigures[] = {
    {"calls_per_s", [](const Run& run) { return run.drive.PerSecond(); }},
    {"p50_us", [](const Run& run) { return Percentile(run.drive.microseconds, 0.5); }},
    {"p99_us", [](const Run& run) { return Percentile(run.drive.microseconds, 0.99); }},
    {"cpu_us", [](const Run& run) { return run.CpuUsPerCall(); }},
};

double MedianOf(const std::vector<Round>& rounds, const std::function<double(const Round&)>& value) {
  std::vector<double> values;
  for (const Round& round : rounds) values.push_back(value(round));
  return Percentile(std::move(values), 0.5);
}

std::string NameOf(const Contest& contest, std::size_t server, absl::string_view figure, int in_flight) {
  const std::string& name = contest.servers[server];
  return absl::StrCat(contest.scene, ".", name, name.empty() ? "" : "_", figure, ".", in_flight);
}

std::string ShareName(const Contest& contest) { return absl::StrCat("share_of_", contest.servers.back()); }

}  // namespace

std::map<std::string, double> FiguresOf(const Contest& contest) {
  std::map<std::string, double> figures;
  for (const auto& [in_flight, rounds] : contest.rounds) {
    for (std::size_t server = 0; server < contest.servers.size(); ++server) {
      for (const Figure& figure : kFigures) {
        figures[NameOf(contest, server, figure.name, in_flight)] =
            MedianOf(rounds, [&](const Round& round) { return figure.of(round[server]); });
      }
      if (server + 1 == contest.servers.size()) continue;
      figures[NameOf(contest, server, ShareName(contest), in_flight)] =
          MedianOf(rounds, [&](const Round& round) {
            return round[server].drive.PerSecond() / round.back().drive.PerSecond();
          });
    }
  }
  return figures;
}

std::string TableOf(const Contest& contest) {
  const auto figures = FiguresOf(contest);
  std::string table =
      absl::StrFormat("%-16s %10s %10s %10s %10s %10s %10s\n", contest.scene, "in flight", "calls/s",
                      absl::StrCat("of ", contest.servers.back()), "p50 us", "p99 us", "CPU us");
  for (const auto& [in_flight, rounds] : contest.rounds) {
    for (std::size_t server = 0; server < contest.servers.size(); ++server) {
      const auto figure = [&, at = in_flight](absl::string_view name) {
        return figures.at(NameOf(contest, server, name, at));
      };
      const bool last = server + 1 == contest.servers.size();
      const std::string share = last ? "" : absl::StrFormat("%.1f%%", 100 * figure(ShareName(contest)));
      const std::string& name = contest.servers[server];
      absl::StrAppendFormat(&table, "  %-14s %10d %10.0f %10s %10.0f %10.0f %10.1f\n",
                            name.empty() ? "service" : name, in_flight, figure("calls_per_s"), share,
                            figure("p50_us"), figure("p99_us"), figure("cpu_us"));
    }
  }
  return table;
}

}  // namespace brokerage::bench

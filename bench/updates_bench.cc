// What readers feel of updates, and how soon an update is seen: a reader on one core asks the same questions,
// in turns with a writer on another that publishes so many updates a second, and without.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "bench/answers.h"
#include "bench/cores.h"
#include "bench/draws.h"
#include "bench/engines.h"
#include "bench/fill.h"
#include "bench/part.h"
#include "bench/scene.h"
#include "bench/world.h"
#include "matcher/columnar/columnar_index.h"

namespace {

using namespace brokerage;
using namespace brokerage::bench;
using Clock = std::chrono::steady_clock;

constexpr uint64_t kUpdateStream = 0x0d1;
// What a publication takes, in microseconds.
constexpr double kAboutAPublish = 15;

struct Options {
  std::string folder;
  std::string scene = "top20.1m";
  int64_t updates_per_s = 10'000;
  int64_t questions = 20;
  int rounds = 7;
  int window_ms = 2'000;
};

double MicrosecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

double MeanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

// Work of one length that touches no memory, so that only a machine that turns to others makes it longer.
class Yardstick {
 public:
  explicit Yardstick(double microseconds) {
    while (Measure() < microseconds) steps_ *= 2;
    std::vector<double> times;
    for (int i = 0; i < 101; ++i) times.push_back(Measure());
    steps_ = static_cast<int64_t>(static_cast<double>(steps_) * microseconds / Percentile(times, 0.5));
  }

  // How long it takes this time, in microseconds.
  double Measure() {
    const auto begin = Clock::now();
    uint64_t state = state_;
    for (int64_t i = 0; i < steps_; ++i) state = state * 6'364'136'223'846'793'005 + 1;
    state_ = state;
    return MicrosecondsSince(begin);
  }

 private:
  int64_t steps_ = 1'000;
  volatile uint64_t state_ = 1;  // the work is done, though nobody asks for its result
};

// Publishes changes of volunteers: most have other hours, some have moved, some are new.
class Writer {
 public:
  Writer(matcher::Index& index, const World& world, int64_t volunteers)
      : index_(index), world_(world), volunteers_(volunteers), next_(volunteers) {}

  // Makes changes at this rate (0: as fast as it can) until `stop`, and publishes them or lets them go; how
  // long each took to publish, or the yardstick's work in its place.
  std::vector<double> Run(int64_t per_second, bool publish, const std::atomic<bool>& stop) {
    std::vector<double> microseconds;
    const auto pace = std::chrono::nanoseconds(per_second == 0 ? 0 : 1'000'000'000 / per_second);
    auto due = Clock::now();
    while (!stop) {
      std::vector<matcher::Change> changes = SomeUpdate();
      while (per_second != 0 && Clock::now() < due && !stop) {
      }
      due += pace;
      if (!publish) {
        microseconds.push_back(yardstick_.Measure());
        continue;
      }
      ++sequence_;
      const auto begin = Clock::now();
      begun_[sequence_ % begun_.size()] = begin;
      index_.Publish(std::move(changes), {1, sequence_});
      microseconds.push_back(MicrosecondsSince(begin));
    }
    return microseconds;
  }

  // When the publication began, which is among the last thousand.
  Clock::time_point BegunAt(uint64_t sequence) const { return begun_[sequence % begun_.size()]; }

 private:
  std::vector<matcher::Change> SomeUpdate() {
    Draws draws(1, kUpdateStream, ++drawn_);
    const auto number = static_cast<int64_t>(draws.Below(static_cast<uint64_t>(volunteers_)));
    matcher::VolunteerFacts facts = world_.VolunteerAt(number);
    const uint64_t kind = draws.Below(20);
    if (kind == 0) {  // somebody new, for somebody who goes
      return {matcher::RemoveVolunteer{facts.name}, matcher::UpsertVolunteer{world_.VolunteerAt(next_++)}};
    }
    // Whoever moves stays with their centre, so they go where somebody else of it lives.
    const Home neighbour = std::exchange(homes_[facts.centre], {facts.home, facts.outcode_centroid});
    if (kind == 1 && neighbour.point) {
      facts.home = neighbour.point;
      facts.outcode_centroid = neighbour.outcode_centroid;
    } else {
      facts.free = world_.VolunteerAt(number + 1).free;
    }
    return {matcher::UpsertVolunteer{std::move(facts)}};
  }

  struct Home {
    std::optional<matcher::GeoPoint> point;
    std::optional<matcher::GeoPoint> outcode_centroid;
  };

  matcher::Index& index_;
  const World& world_;
  const int64_t volunteers_;
  int64_t next_;
  uint64_t drawn_ = 0;
  absl::flat_hash_map<std::string, Home> homes_;  // by centre: of whom was changed last
  uint64_t sequence_ = 1;
  std::array<std::atomic<Clock::time_point>, 1'000> begun_{};
  Yardstick yardstick_{kAboutAPublish};
};

// Asks of the present view.
void Ask(const matcher::Index& index, const Question& question) {
  const auto& asked = std::get<VolunteersQuestion>(question.asked);
  matcher::VolunteersFor query;
  query.opportunity = &asked.role;
  query.visibility = asked.visibility;
  index.Pin()->TopK(query, World::AsOf(), asked.weights, kTop, std::nullopt);
}

// Asks the questions one after another until the window ends.
std::vector<double> Read(const matcher::Index& index, const std::vector<Question>& questions, int window_ms) {
  std::vector<double> microseconds;
  const auto end = Clock::now() + std::chrono::milliseconds(window_ms);
  for (std::size_t i = 0; Clock::now() < end; ++i) {
    const auto begin = Clock::now();
    Ask(index, questions[i % questions.size()]);
    microseconds.push_back(MicrosecondsSince(begin));
  }
  return microseconds;
}

// Between its questions the reader looks out for the next publication: how long each took from the call until
// it was seen, of those that began under its eyes.
std::vector<double> LookOut(const matcher::Index& index, const Writer& writer,
                            const std::vector<Question>& questions, int window_ms) {
  std::vector<double> microseconds;
  const auto end = Clock::now() + std::chrono::milliseconds(window_ms);
  for (std::size_t i = 0; Clock::now() < end; ++i) {
    Ask(index, questions[i % questions.size()]);
    const auto begin = Clock::now();
    const uint64_t before = index.Pin()->revision().sequence;
    uint64_t seen = before;
    while (seen == before && Clock::now() < end) seen = index.Pin()->revision().sequence;
    if (seen != before && writer.BegunAt(seen) >= begin) {
      microseconds.push_back(MicrosecondsSince(writer.BegunAt(seen)));
    }
  }
  return microseconds;
}

// What the reader measures beside the writer, whose times are added to `published`.
template <typename Reader>
std::vector<double> Beside(Writer& writer, int64_t per_second, bool publish, std::vector<double>& published,
                           const Reader& reader) {
  std::atomic<bool> stop{false};
  std::vector<double> times;
  std::jthread writing([&] {
    KeepThreadToCore(1);
    times = writer.Run(per_second, publish, stop);
  });
  std::vector<double> read = reader();
  stop = true;
  writing.join();
  published.insert(published.end(), times.begin(), times.end());
  return read;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures updates beside questions; bench/run runs this.");
  Options options;
  app.add_option("folder", options.folder, "for what it finds")->required();
  app.add_option("--scene", options.scene, "whose volunteers are searched");
  app.add_option("--updates", options.updates_per_s, "a second")->check(CLI::Range(1, 1'000'000));
  app.add_option("--questions", options.questions, "of each class")->check(CLI::Range(1, 1'000));
  app.add_option("--rounds", options.rounds, "with and without updates")->check(CLI::Range(1, 100));
  app.add_option("--window-ms", options.window_ms, "of each")->check(CLI::Range(10, 60'000));
  CLI11_PARSE(app, argc, argv);

  const auto scene = SceneOf(options.scene);
  if (!scene.ok()) {
    std::fprintf(stderr, "updates_bench: %s\n", std::string(scene.status().message()).c_str());
    return 1;
  }
  const auto index = matcher::MakeColumnarIndex(DryWorld());
  Fill(*index, scene->world, scene->size, 0);
  if (!KeepThreadToCore(0)) std::fprintf(stderr, "updates_bench: reader and writer share a core\n");
  Writer writer(*index, scene->world, scene->size);
  const std::string name = absl::StrCat("updates.", scene->name.substr(scene->name.find('.') + 1));

  Part part;
  absl::StrAppendFormat(&part.table, "%s, %d updates/s; medians of %d rounds\n", name, options.updates_per_s,
                        options.rounds);
  std::vector<double> published;
  std::vector<double> seen;
  std::vector<double> yardstick;
  for (const RoleClass role_class : {RoleClass::kLocal, RoleClass::kRemote, RoleClass::kWorst}) {
    std::vector<Question> questions;
    for (Question& question : QuestionsOf(*scene, options.questions)) {
      if (question.name.substr(0, question.name.find('/')) == NameOf(role_class))
        questions.push_back(std::move(question));
    }
    std::vector<double> means;
    std::vector<double> p99s;
    std::vector<double> mean_ratios;
    std::vector<double> p99_ratios;
    std::vector<double> mean_ratios_of_making;
    std::vector<double> p99_ratios_of_making;
    for (int round = 0; round < options.rounds; ++round) {
      const auto read = [&] { return Read(*index, questions, options.window_ms); };
      const std::vector<double> alone = read();
      const std::vector<double> beside_making = Beside(writer, options.updates_per_s, false, yardstick, read);
      const std::vector<double> beside = Beside(writer, options.updates_per_s, true, published, read);
      std::vector<double> beside_looking;
      const std::vector<double> looked = Beside(writer, options.updates_per_s, true, beside_looking, [&] {
        return LookOut(*index, writer, questions, options.window_ms);
      });
      seen.insert(seen.end(), looked.begin(), looked.end());
      means.push_back(MeanOf(beside));
      p99s.push_back(Percentile(beside, 0.99));
      mean_ratios.push_back(MeanOf(beside) / MeanOf(alone));
      p99_ratios.push_back(Percentile(beside, 0.99) / Percentile(alone, 0.99));
      mean_ratios_of_making.push_back(MeanOf(beside) / MeanOf(beside_making));
      p99_ratios_of_making.push_back(Percentile(beside, 0.99) / Percentile(beside_making, 0.99));
    }
    const std::string of_class = absl::StrCat(name, ".", NameOf(role_class));
    const auto tell = [&](absl::string_view figure, std::vector<double> values) {
      return part.figures[absl::StrCat(of_class, ".", figure)] = Percentile(std::move(values), 0.5);
    };
    const double mean = tell("us", means);
    const double p99 = tell("p99_us", p99s);
    const double mean_ratio = tell("mean_to_quiet", mean_ratios);
    const double p99_ratio = tell("p99_to_quiet", p99_ratios);
    const double mean_of_making = tell("mean_to_making", mean_ratios_of_making);
    const double p99_of_making = tell("p99_to_making", p99_ratios_of_making);
    absl::StrAppendFormat(
        &part.table,
        "  %-8s mean %.1f us, %.2fx of without updates; p99 %.1f us, %.2fx; of changes that are "
        "made and not published, %.2fx and %.2fx\n",
        std::string(NameOf(role_class)), mean, mean_ratio, p99, p99_ratio, mean_of_making, p99_of_making);
  }
  std::vector<double> flat_out;
  Beside(writer, 0, true, flat_out, [&] { return Read(*index, QuestionsOf(*scene, 1), options.window_ms); });
  const auto tell = [&](absl::string_view figure, std::vector<double> values, double percentile) {
    return part.figures[absl::StrCat(name, ".", figure)] = Percentile(std::move(values), percentile);
  };
  const double p50 = tell("visible_p50_us", seen, 0.5);
  const double p99 = tell("visible_p99_us", seen, 0.99);
  const double whole_p50 = tell("publish_p50_us", published, 0.5);
  const double whole_p99 = tell("publish_p99_us", published, 0.99);
  const double machine = tell("machine_p99_us", yardstick, 0.99);
  const double most = part.figures[absl::StrCat(name, ".most_per_s")] =
      static_cast<double>(flat_out.size()) * 1e3 / options.window_ms;
  absl::StrAppendFormat(&part.table,
                        "  an update is seen %.1f us after the call (p99 %.1f), of %d; Publish takes %.1f us "
                        "(p99 %.1f), of %d; work without memory that takes %.0f us takes %.1f at p99 in its "
                        "place; flat out %.0f updates/s\n",
                        p50, p99, seen.size(), whole_p50, whole_p99, published.size(), kAboutAPublish,
                        machine, most);
  return WritePart(part, options.folder) ? 0 : 1;
}

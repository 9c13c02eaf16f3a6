#include "bench/engines.h"

#include <chrono>

#include "matcher/columnar/columnar_index.h"
#include "matcher/plain_index.h"

namespace brokerage::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kMillion = 1'000'000;

struct TopOf {
  const matcher::View& view;

  matcher::MatchList operator()(const VolunteersQuestion& asked) const {
    matcher::VolunteersFor query;
    query.opportunity = &asked.role;
    query.visibility = asked.visibility;
    return view.TopK(query, World::AsOf(), asked.weights, kTop, std::nullopt);
  }
  matcher::MatchList operator()(const RolesQuestion& asked) const {
    matcher::OpportunitiesFor query;
    query.volunteer = &asked.volunteer;
    query.visibility = asked.visibility;
    return view.TopK(query, World::AsOf(), asked.weights, kTop, std::nullopt);
  }
};

}  // namespace

const std::vector<Engine>& Engines() {
  static const auto& engines = *new std::vector<Engine>{
      {"columnar", true, 0, matcher::MakeColumnarIndex},
      {"plain", false, 2 * kMillion, matcher::MakePlainIndex},
  };
  return engines;
}

std::vector<Answer> Ask(const matcher::Index& index, const std::vector<Question>& questions,
                        int repetitions) {
  const auto view = index.Pin();
  std::vector<Answer> answers;
  for (const Question& question : questions)
    answers.push_back({question.name, {}, PlacesOf(std::visit(TopOf{*view}, question.asked))});
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const auto begin = Clock::now();
      const matcher::MatchList list = std::visit(TopOf{*view}, questions[i].asked);
      const auto end = Clock::now();
      answers[i].microseconds.push_back(std::chrono::duration<double, std::micro>(end - begin).count());
    }
  }
  return answers;
}

}  // namespace brokerage::bench

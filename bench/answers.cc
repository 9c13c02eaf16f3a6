#include "bench/answers.h"

#include <algorithm>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "bench/rows.h"

namespace brokerage::bench {
namespace {

bool ParsePlace(absl::string_view text, Place& place) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  return parts.size() == 3 && absl::SimpleAtoi(parts[0], &place.key) &&
         absl::SimpleAtoi(parts[1], &place.rank) && absl::SimpleAtoi(parts[2], &place.score);
}

bool ParseAnswer(absl::string_view line, Answer& answer) {
  const std::vector<absl::string_view> columns = absl::StrSplit(line, '\t');
  if (columns.size() != 3) return false;
  answer.question = std::string(columns[0]);
  for (const absl::string_view text : absl::StrSplit(columns[1], ',')) {
    if (!absl::SimpleAtod(text, &answer.microseconds.emplace_back())) return false;
  }
  for (const absl::string_view text : absl::StrSplit(columns[2], ',', absl::SkipEmpty())) {
    if (!ParsePlace(text, answer.places.emplace_back())) return false;
  }
  return true;
}

}  // namespace

double Percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

double Answer::MedianUs() const { return Percentile(microseconds, 0.5); }

std::vector<Place> PlacesOf(const matcher::MatchList& list) {
  std::vector<Place> places;
  for (const matcher::Match& match : list.matches)
    places.push_back({KeyOf(match.key.name), match.key.rank_millionths, match.key.score_millionths});
  return places;
}

std::string LineOf(const Answer& answer) {
  const auto place = [](std::string* out, const Place& at) {
    absl::StrAppend(out, at.key, ":", at.rank, ":", at.score);
  };
  return absl::StrCat(answer.question, "\t", absl::StrJoin(answer.microseconds, ","), "\t",
                      absl::StrJoin(answer.places, ",", place));
}

absl::StatusOr<std::vector<Answer>> ReadAnswers(const std::string& path) {
  std::ifstream file(path);
  std::vector<Answer> answers;
  for (std::string line; std::getline(file, line);) {
    if (!ParseAnswer(line, answers.emplace_back()))
      return absl::InvalidArgumentError(absl::StrCat(path, ": no answer: ", line));
  }
  if (answers.empty()) return absl::NotFoundError(absl::StrCat(path, " holds no answers"));
  return answers;
}

}  // namespace brokerage::bench

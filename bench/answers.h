// What an engine or a peer answered, and how long it took: one line for each question.
//
//   name TAB microseconds,… TAB key:rank:score,…
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "matcher/index.h"

namespace brokerage::bench {

struct Place {
  int64_t key = 0;  // rows.h says how keys and names go together
  int64_t rank = 0;
  int64_t score = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Answer {
  std::string question;
  std::vector<double> microseconds;  // of each repetition
  std::vector<Place> places;         // best first

  std::string Class() const { return question.substr(0, question.find('/')); }
  double MedianUs() const;
};

std::vector<Place> PlacesOf(const matcher::MatchList& list);
std::string LineOf(const Answer& answer);
// INVALID_ARGUMENT naming the line that is none.
absl::StatusOr<std::vector<Answer>> ReadAnswers(const std::string& path);

// The value below which `share` of them lie. `values` is not empty.
double Percentile(std::vector<double> values, double share);

}  // namespace brokerage::bench

#include "apps/demo/load/mark.h"

#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace brokerage::demo {
namespace {

constexpr absl::string_view kBegin = "[demonstration ";
constexpr absl::string_view kLoading = "loading";
constexpr absl::string_view kComplete = "complete";

using Words = std::map<absl::string_view, absl::string_view>;

template <typename Number>
bool Read(const Words& words, absl::string_view key, Number& number) {
  const auto found = words.find(key);
  return found != words.end() && absl::SimpleAtoi(found->second, &number);
}

}  // namespace

bool Mark::IsOfSameCounty(const Mark& other) const {
  return std::tie(seed, organisations, opportunities, volunteers, places_version) ==
         std::tie(other.seed, other.organisations, other.opportunities, other.volunteers,
                  other.places_version);
}

Mark MarkOf(const CountyOptions& options, absl::string_view places_version) {
  return {.seed = options.seed,
          .organisations = options.organisations,
          .opportunities = options.opportunities,
          .volunteers = options.volunteers,
          .today = options.today,
          .places_version = std::string(places_version),
          .complete = false};
}

CountyOptions OptionsOf(const Mark& mark) {
  return {.seed = mark.seed,
          .today = mark.today,
          .organisations = mark.organisations,
          .opportunities = mark.opportunities,
          .volunteers = mark.volunteers};
}

std::string FormatMark(const Mark& mark) {
  return absl::StrCat(kBegin, "seed=", mark.seed, " organisations=", mark.organisations,
                      " opportunities=", mark.opportunities, " volunteers=", mark.volunteers,
                      " today=", absl::FormatCivilTime(mark.today), " places=", mark.places_version,
                      " state=", mark.complete ? kComplete : kLoading, "]");
}

std::optional<Mark> FindMark(absl::string_view text) {
  const std::size_t begin = text.find(kBegin);
  if (begin == absl::string_view::npos) return std::nullopt;
  text.remove_prefix(begin + kBegin.size());
  const std::size_t end = text.find(']');
  if (end == absl::string_view::npos) return std::nullopt;

  Words words;
  for (const absl::string_view word : absl::StrSplit(text.substr(0, end), ' ', absl::SkipEmpty())) {
    words.insert(
        std::pair<absl::string_view, absl::string_view>(absl::StrSplit(word, absl::MaxSplits('=', 1))));
  }
  Mark mark;
  mark.places_version = std::string(words["places"]);
  mark.complete = words["state"] == kComplete;
  const bool readable =
      Read(words, "seed", mark.seed) && Read(words, "organisations", mark.organisations) &&
      Read(words, "opportunities", mark.opportunities) && Read(words, "volunteers", mark.volunteers) &&
      absl::ParseCivilTime(words["today"], &mark.today) && (mark.complete || words["state"] == kLoading);
  if (!readable) return std::nullopt;
  return mark;
}

}  // namespace brokerage::demo

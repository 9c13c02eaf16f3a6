#include "apps/cli/rows/times.h"

#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

#include "apps/cli/rows/cells.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr int32_t kMinutesPerDay = 24 * 60;
// Ten digits would not fit; no duration here needs more than five.
constexpr std::size_t kMaxDigits = 5;

// The digits that `text` begins with, taken off it; -1 when there are none or too many.
int32_t TakeNumber(absl::string_view* text) {
  std::size_t size = 0;
  while (size < text->size() && absl::ascii_isdigit(static_cast<unsigned char>((*text)[size]))) ++size;
  int32_t number = 0;
  if (size == 0 || size > kMaxDigits || !absl::SimpleAtoi(text->substr(0, size), &number)) return -1;
  text->remove_prefix(size);
  return number;
}

bool TakeAny(absl::string_view* text, std::initializer_list<absl::string_view> words) {
  for (const absl::string_view word : words) {
    if (absl::ConsumePrefix(text, word)) return true;
  }
  return false;
}

// Minutes, or -1. `text` is folded and without spaces.
int32_t MinutesOf(absl::string_view text, bool bare) {
  const int32_t first = TakeNumber(&text);
  if (first < 0) return -1;
  if (TakeAny(&text, {"minutes", "minute", "mins", "min", "m"})) return text.empty() ? first : -1;
  if (text.empty()) return bare ? first : -1;
  if (absl::ConsumePrefix(&text, ".")) {
    // A fraction of hours, in tenths and hundredths that make whole minutes.
    const std::size_t digits = text.size();
    const int32_t fraction = TakeNumber(&text);
    const std::size_t taken = digits - text.size();
    if (fraction < 0 || taken > 2 || !TakeAny(&text, {"hours", "hour", "hrs", "hr", "h"}) || !text.empty())
      return -1;
    const int32_t hundredths = taken == 1 ? fraction * 10 : fraction;
    return hundredths * 60 % 100 == 0 ? first * 60 + hundredths * 60 / 100 : -1;
  }
  if (!TakeAny(&text, {"hours", "hour", "hrs", "hr", "h", ":"})) return -1;
  if (text.empty()) return first * 60;
  const int32_t rest = TakeNumber(&text);
  TakeAny(&text, {"minutes", "minute", "mins", "min", "m"});
  return rest >= 0 && rest < 60 && text.empty() ? first * 60 + rest : -1;
}

}  // namespace

absl::StatusOr<int32_t> ParseMinutes(absl::string_view text, bool bare) {
  const std::string folded = absl::StrReplaceAll(base::FoldCase(text), {{" ", ""}});
  const int32_t minutes = MinutesOf(folded, bare);
  if (minutes < 1) return CellFault(text, "is no length of time: write 3h, 90 min or 1h30");
  return minutes;
}

absl::StatusOr<int32_t> ParseClockTime(absl::string_view text, bool is_end) {
  const std::string folded = absl::StrReplaceAll(base::FoldCase(text), {{" ", ""}});
  absl::string_view rest = folded;
  const bool afternoon = absl::ConsumeSuffix(&rest, "pm");
  const bool half_day = afternoon || absl::ConsumeSuffix(&rest, "am");
  const std::size_t digits =
      rest.find_first_not_of("0123456789") == absl::string_view::npos ? rest.size() : 0;
  int32_t hours = TakeNumber(&rest);
  int32_t minutes = 0;
  bool good = hours >= 0;
  if (digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (good && !rest.empty()) {
    good = (absl::ConsumePrefix(&rest, ":") || absl::ConsumePrefix(&rest, ".")) && rest.size() == 2;
    minutes = good ? TakeNumber(&rest) : 0;
  } else if (digits > 2) {
    good = false;
  }
  if (half_day) {
    good = good && hours >= 1 && hours <= 12;
    hours = hours % 12 + (afternoon ? 12 : 0);
  }
  if (!good || minutes < 0 || minutes > 59 || hours > 24) {
    return CellFault(text, "is no time of day: write 09:00, 9.30 or 6pm");
  }
  const int32_t time = hours * 60 + minutes;
  if (time > kMinutesPerDay || (time == kMinutesPerDay && !is_end)) {
    return CellFault(text, "is no time of day: 24:00 may only be an end");
  }
  return time;
}

}  // namespace brokerage::cli

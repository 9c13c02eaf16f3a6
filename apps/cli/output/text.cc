#include "apps/cli/output/text.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

#include "base/clock.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";
constexpr int kBarCells = 10;
constexpr int64_t kMillion = 1'000'000;

// The bytes of the character that begins `text`, which is not empty.
std::size_t FirstCharacterBytes(absl::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size;
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string result;
  while (!text.empty()) {
    const absl::string_view character = text.substr(0, FirstCharacterBytes(text));
    text.remove_prefix(character.size());
    if (character == "\n" || character == "\t" || character == "\r") {
      result.push_back(' ');
    } else if (!base::IsUtf8(character) || base::HasControlCharacters(character, false)) {
      absl::StrAppend(&result, kReplacement);
    } else {
      absl::StrAppend(&result, character);
    }
  }
  return result;
}

std::string Shortened(absl::string_view text, int width) {
  if (base::DisplayWidth(text) <= width) return std::string(text);
  std::string result;
  int used = 1;  // the ellipsis
  while (!text.empty()) {
    const absl::string_view character = text.substr(0, FirstCharacterBytes(text));
    used += base::DisplayWidth(character);
    if (used > width) break;
    absl::StrAppend(&result, character);
    text.remove_prefix(character.size());
  }
  return absl::StrCat(result, "…");
}

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp result;
  const int64_t seconds = absl::ToUnixSeconds(time);
  result.set_seconds(seconds);
  result.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return result;
}

std::string FormatTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", ToTime(time), base::LondonTimeZone());
}

std::string FormatDate(const common::v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string FormatTimeOfDay(const common::v1::TimeOfDay& time) {
  return absl::StrFormat("%02d:%02d", time.hours(), time.minutes());
}

std::string FormatDay(common::v1::DayOfWeek day) {
  constexpr std::array<absl::string_view, 8> kDays = {"?", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto index = static_cast<std::size_t>(day);
  return std::string(index < kDays.size() ? kDays[index] : kDays[0]);
}

std::string FormatMinutes(int64_t minutes) {
  if (minutes < 60) return absl::StrCat(minutes, " min");
  if (minutes % 60 == 0) return absl::StrCat(FormatCount(minutes / 60), " h");
  return absl::StrCat(FormatCount(minutes / 60), " h ", minutes % 60, " min");
}

std::string FormatAge(absl::Duration age) {
  const int64_t seconds = std::max<int64_t>(0, absl::ToInt64Seconds(age));
  if (seconds < 60) return absl::StrCat(seconds, " s");
  if (seconds < 3600) return absl::StrCat(seconds / 60, " min ", seconds % 60, " s");
  if (seconds < 86400) return absl::StrCat(seconds / 3600, " h ", seconds % 3600 / 60, " min");
  return absl::StrCat(FormatCount(seconds / 86400), " d ", seconds % 86400 / 3600, " h");
}

std::string FormatDistance(int64_t metres) {
  if (metres < 1000) return absl::StrCat(metres, " m");
  // Rounded to 100 m below 10 km, to the kilometre from there on.
  if (metres < 9950) return absl::StrFormat("%d.%d km", (metres + 50) / 1000, (metres + 50) % 1000 / 100);
  return absl::StrCat(FormatCount((metres + 500) / 1000), " km");
}

std::string FormatShare(int64_t millionths) {
  const int64_t tenths = (millionths + 500) / 1000;
  return absl::StrFormat("%d.%d %%", tenths / 10, tenths % 10);
}

std::string FormatCount(int64_t count) {
  const std::string digits = absl::StrCat(count < 0 ? -count : count);
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) result.push_back(',');
    result.push_back(digits[i]);
  }
  return count < 0 ? absl::StrCat("-", result) : result;
}

std::string CountOf(int64_t count, absl::string_view singular, absl::string_view plural) {
  return absl::StrCat(FormatCount(count), " ", count == 1 ? singular : plural);
}

std::string FormatBar(int64_t millionths) {
  const int64_t full = std::clamp<int64_t>((millionths * kBarCells + kMillion / 2) / kMillion, 0, kBarCells);
  std::string bar;
  for (int64_t i = 0; i < kBarCells; ++i) absl::StrAppend(&bar, i < full ? "█" : "░");
  return bar;
}

}  // namespace brokerage::cli

#include "reference/point.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "absl/strings/ascii.h"

namespace brokerage::reference {
namespace {

constexpr double kEarthRadiusM = 6'371'008.8;
constexpr double kRadiansPerE7 = std::numbers::pi / 180.0 / kDegreeE7;
constexpr int kDecimals = 7;
constexpr int64_t kMaxE7 = 180LL * kDegreeE7;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

}  // namespace

std::optional<int32_t> ParseDegreesE7(absl::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::size_t dot = std::min(text.find('.'), text.size());
  const absl::string_view whole = text.substr(0, dot);
  const absl::string_view fraction = dot < text.size() ? text.substr(dot + 1) : absl::string_view();
  if (whole.empty() && fraction.empty()) return std::nullopt;
  if (!std::all_of(whole.begin(), whole.end(), IsDigit) ||
      !std::all_of(fraction.begin(), fraction.end(), IsDigit)) {
    return std::nullopt;
  }
  int64_t value = 0;
  for (const char c : whole) {
    value = value * 10 + (c - '0');
    if (value > kMaxE7) return std::nullopt;
  }
  for (int i = 0; i < kDecimals; ++i) {
    const auto at = static_cast<std::size_t>(i);
    value = value * 10 + (at < fraction.size() ? fraction[at] - '0' : 0);
  }
  if (fraction.size() > kDecimals && fraction[kDecimals] >= '5') ++value;
  if (value > kMaxE7) return std::nullopt;
  return static_cast<int32_t>(negative ? -value : value);
}

double GreatCircleM(Point a, Point b) {
  const double latitude_a = a.latitude_e7 * kRadiansPerE7;
  const double latitude_b = b.latitude_e7 * kRadiansPerE7;
  const double sine_latitude = std::sin((latitude_b - latitude_a) / 2);
  const double longitude_difference = (static_cast<int64_t>(b.longitude_e7) - a.longitude_e7) * kRadiansPerE7;
  const double sine_longitude = std::sin(longitude_difference / 2);
  const double h = sine_latitude * sine_latitude +
                   std::cos(latitude_a) * std::cos(latitude_b) * sine_longitude * sine_longitude;
  return 2 * kEarthRadiusM * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace brokerage::reference

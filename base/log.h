// Structured logs: one JSON object a line on standard error, without personal data.
//
// Fields are names and numbers that we choose (methods, codes, revisions, durations, resource names of
// organisations and centres, opaque ids). Never log a request, a response, or what a person typed.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/string_view.h"

namespace brokerage::base {

enum class Severity { kDebug, kInfo, kWarning, kError };

using LogValue = std::variant<absl::string_view, int64_t, double, bool>;

// For the one call of Log: it refers to its name and its text. Most lines are below the threshold, and cost
// nothing.
struct LogField {
  LogField(absl::string_view field_name, absl::string_view text) : name(field_name), value(text) {}
  LogField(absl::string_view field_name, const char* text) : name(field_name), value(text) {}
  LogField(absl::string_view field_name, const std::string& text) : name(field_name), value(text) {}
  LogField(absl::string_view field_name, bool flag) : name(field_name), value(flag) {}
  LogField(absl::string_view field_name, double number) : name(field_name), value(number) {}
  template <typename Integer>
  requires std::is_integral_v<Integer> LogField(absl::string_view field_name, Integer number)
      : name(field_name), value(static_cast<int64_t>(number)) {}

  absl::string_view name;
  LogValue value;
};

// Writes {"time": RFC 3339, "severity": …, "event": …, fields…}. Thread-safe; a line is never torn.
void Log(Severity severity, absl::string_view event, std::initializer_list<LogField> fields = {});

// Lines below `severity` are dropped. Default: kInfo.
void SetLogThreshold(Severity severity);

}  // namespace brokerage::base

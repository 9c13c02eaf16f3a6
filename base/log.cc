#include "base/log.h"

#include <atomic>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include "base/log_file.h"

namespace brokerage::base {
namespace {

std::atomic<Severity> threshold{Severity::kInfo};

const char* SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return "DEBUG";
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kError:
      return "ERROR";
  }
  return "ERROR";
}

}  // namespace

void SetLogThreshold(Severity severity) { threshold = severity; }

void Log(Severity severity, absl::string_view event, std::initializer_list<LogField> fields) {
  if (severity < threshold.load(std::memory_order_relaxed)) return;
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
  line["severity"] = SeverityName(severity);
  line["event"] = std::string(event);
  for (const LogField& field : fields) {
    auto& member = line[std::string(field.name)];
    if (const auto* text = std::get_if<absl::string_view>(&field.value)) {
      member = std::string(*text);
    } else {
      std::visit([&](const auto& value) { member = value; }, field.value);
    }
  }
  // Replacing what is not UTF-8 keeps a bad byte from losing a line.
  const std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);  // one call: stdio locks the stream for it
  MoveFullLogFile();
}

}  // namespace brokerage::base

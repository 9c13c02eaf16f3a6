#include "services/matching/time_checks.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "schedule/recurrence.h"
#include "services/matching/convert/times.h"
#include "services/rpc/moments.h"

namespace brokerage::matching {
namespace {

constexpr int64_t kSecondsPerMinute = 60;
constexpr char kOnlyZone[] = "Europe/London";

bool IsWholeMinute(int64_t seconds, int32_t nanos) { return seconds % kSecondsPerMinute == 0 && nanos == 0; }

int64_t YearStart(int64_t year) {
  return absl::ToUnixSeconds(absl::FromCivil(absl::CivilYear(year), absl::UTCTimeZone()));
}

bool IsInYears(const google::protobuf::Timestamp& time) {
  return time.seconds() >= YearStart(base::kMinSessionYear) &&
         time.seconds() < YearStart(base::kMaxSessionYear + 1);
}

}  // namespace

void CheckMinute(const google::protobuf::Timestamp& time, absl::string_view path,
                 base::Violations& violations) {
  if (!IsWholeMinute(time.seconds(), time.nanos())) violations.Add(path, "must be a whole minute");
  if (!IsInYears(time)) {
    violations.Add(
        path, absl::StrCat("must be in the years ", base::kMinSessionYear, " to ", base::kMaxSessionYear));
  }
}

void CheckSessionLength(const google::protobuf::Duration& length, absl::string_view path,
                        base::Violations& violations) {
  if (!IsWholeMinute(length.seconds(), length.nanos())) violations.Add(path, "must be whole minutes");
  if (length.seconds() < kSecondsPerMinute ||
      length.seconds() > base::kMaxSessionMinutes * kSecondsPerMinute) {
    violations.Add(path, "must be 1 minute to 7 days");
  }
}

void CheckRecurrence(const v1::Recurrence& recurrence, absl::string_view path, base::Violations& violations) {
  const auto at = [&](absl::string_view field) { return absl::StrCat(path, ".", field); };
  bool walkable = recurrence.has_dtstart() && IsInYears(recurrence.dtstart());
  if (recurrence.has_dtstart()) {
    CheckMinute(recurrence.dtstart(), at("dtstart"), violations);
    if (walkable &&
        schedule::IsSecondPass(recurrence.dtstart().seconds() / kSecondsPerMinute, base::LondonTimeZone())) {
      violations.Add(at("dtstart"), "is in the hour that happens twice: give the first of the two");
    }
  }
  if (recurrence.has_duration()) CheckSessionLength(recurrence.duration(), at("duration"), violations);
  // What is empty or too long is the limits' to refuse.
  const auto size = static_cast<int64_t>(recurrence.rrule().size());
  walkable = walkable && size > 0 && size <= base::kMaxRruleBytes;
  if (size > 0 && size <= base::kMaxRruleBytes) {
    for (const std::string& fault : schedule::ParseRule(recurrence.rrule()).faults) {
      violations.Add(at("rrule"), fault);
      walkable = false;
    }
  }
  if (recurrence.exdates_size() <= base::kMaxExdates) {
    for (int i = 0; i < recurrence.exdates_size(); ++i)
      CheckMinute(recurrence.exdates(i), absl::StrCat(at("exdates"), "[", i, "]"), violations);
  } else {
    walkable = false;
  }
  if (!recurrence.time_zone().empty() && recurrence.time_zone() != kOnlyZone)
    violations.Add(at("time_zone"), absl::StrCat("must be ", kOnlyZone, " or empty"));
  if (walkable && !schedule::HasStart(ToRecurrence(recurrence), base::LondonTimeZone()))
    violations.Add(at("rrule"), "gives no session that is not left out");
}

void CheckExceptions(const google::protobuf::RepeatedPtrField<v1::AvailabilityException>& exceptions,
                     absl::string_view path, base::Violations& violations) {
  if (exceptions.size() > base::kMaxExceptions) return;  // the limits' to refuse
  for (int i = 0; i < exceptions.size(); ++i) {
    const v1::AvailabilityException& exception = exceptions[i];
    const std::string item = absl::StrCat(path, "[", i, "]");
    const std::string end = absl::StrCat(item, ".end_time");
    if (exception.has_start_time())
      CheckMinute(exception.start_time(), absl::StrCat(item, ".start_time"), violations);
    if (exception.has_end_time()) CheckMinute(exception.end_time(), end, violations);
    if (exception.has_start_time() && exception.has_end_time() &&
        rpc::ToTime(exception.end_time()) <= rpc::ToTime(exception.start_time())) {
      violations.Add(end, "must be after start_time");
    }
  }
}

}  // namespace brokerage::matching

#include "apps/cli/rows/opportunity_schedule.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "apps/cli/rows/sessions.h"
#include "apps/cli/rows/times.h"
#include "apps/cli/rows/windows.h"

namespace brokerage::cli {
namespace {

using matching::v1::Schedule;

// What ParseWindows and ParseSessions both have to say.
template <typename Parsed>
void Report(const Parsed& parsed, absl::string_view column, RowReader& row) {
  for (const std::string& fault : parsed.faults) row.Fault(column, fault);
  for (const std::string& note : parsed.notes) row.Note(column, note);
}

void ReadWeekly(RowReader& row, Schedule* schedule) {
  const ParsedWindows parsed = ParseWindows(row.Cell("weekly"), Rounding::kOutward);
  Report(parsed, "weekly", row);
  for (const auto& window : parsed.windows) *schedule->mutable_weekly()->add_windows() = window;
}

void ReadSessions(RowReader& row, Schedule* schedule) {
  const ParsedSessions parsed = ParseSessions(row.Cell("sessions"));
  Report(parsed, "sessions", row);
  for (const auto& session : parsed.sessions) *schedule->mutable_dated()->add_sessions() = session;
}

void ReadRecurrence(RowReader& row, Schedule* schedule) {
  if (!row.Has("recurrence")) {
    if (row.Has("left_out")) row.Fault("left_out", "needs a recurrence to leave dates out of");
    return;
  }
  const ParsedRecurrence parsed = ParseRecurrence(row.Cell("recurrence"), row.Cell("left_out"));
  Report(parsed, "recurrence", row);
  for (const std::string& fault : parsed.left_out_faults) row.Fault("left_out", fault);
  *schedule->mutable_dated()->mutable_recurrence() = parsed.recurrence;
}

void ReadFlexible(RowReader& row, Schedule* schedule) {
  const auto parse = [](absl::string_view text) { return ParseMinutes(text, /*bare=*/true); };
  auto* flexible = schedule->mutable_flexible();
  if (const auto minutes = row.Read("flexible_time", parse)) flexible->set_minutes_per_week(*minutes);
  if (const auto minutes = row.Read("flexible_block", parse)) flexible->set_minimum_block_minutes(*minutes);
  if (!row.Has("flexible_time"))
    row.Fault("flexible_time", "is needed beside flexible_block and flexible_windows");
  const ParsedWindows parsed = ParseWindows(row.Cell("flexible_windows"), Rounding::kOutward);
  Report(parsed, "flexible_windows", row);
  for (const auto& window : parsed.windows) *flexible->add_windows() = window;
}

}  // namespace

std::optional<Schedule> ReadSchedule(RowReader& row) {
  const bool weekly = row.Has("weekly");
  const bool recurring = row.Has("recurrence") || row.Has("left_out");
  const bool dated = row.Has("sessions") || recurring;
  const bool flexible = row.Has("flexible_time") || row.Has("flexible_block") || row.Has("flexible_windows");
  std::vector<std::string> kinds;
  if (weekly) kinds.emplace_back("weekly");
  if (dated) kinds.emplace_back(row.Has("sessions") ? "sessions" : "recurrence");
  if (flexible) kinds.emplace_back("flexible_time");
  if (kinds.size() > 1) {
    row.Fault(kinds[1],
              absl::StrCat(absl::StrJoin(kinds, " and "), " are different kinds of schedule: give one"));
  }
  Schedule schedule;
  if (weekly) ReadWeekly(row, &schedule);
  if (row.Has("sessions")) ReadSessions(row, &schedule);
  if (recurring) ReadRecurrence(row, &schedule);
  if (flexible) ReadFlexible(row, &schedule);
  if (kinds.empty()) return std::nullopt;
  return schedule;
}

}  // namespace brokerage::cli

// How much of a role's time a volunteer is free for.
#pragma once

#include <cstdint>

#include "absl/types/span.h"

#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Conditions with a date are judged, and free time is counted, on sessions within these days of the first one
// to come.
inline constexpr Day kHorizonDays = 84;

// What a schedule asks for at a moment.
struct Commitment {
  enum class Kind : uint8_t { kNone, kWeekly, kFlexible, kDated };
  Kind kind = Kind::kNone;
  // Minutes, of a typical week or of all sessions inside the horizon. 0: nothing to say, the part is absent.
  int64_t minutes = 0;
  // Dated: the sessions with start ≥ as_of whose date is before F + 84 days, F being the date of the first of
  // them.
  absl::Span<const Session> sessions;
  // The first and last session's dates; today for what has no sessions.
  Day first_day = 0;
  Day last_day = 0;

  bool NoSessionLeft() const { return kind == Kind::kDated && sessions.empty(); }
};

// `schedule` must outlive the result.
Commitment CommitmentOf(const Schedule& schedule, Moment moment);

// When a volunteer is free: (weekly ∪ extra) \ away. What it views must outlive it.
struct FreeTime {
  // Without exceptions.
  FreeTime(const SlotSet& slots) : weekly(slots) {}  // NOLINT: a week is one
  explicit FreeTime(const VolunteerRef& volunteer)
      : weekly(volunteer.free), extra(volunteer.extra), away(volunteer.away) {}

  SlotSet weekly;
  absl::Span<const Interval> extra;
  absl::Span<const Interval> away;
};

// Minutes of `session` that are free.
int64_t CoveredInSession(const Session& session, const FreeTime& free);

// The sum of the unbroken pieces of `open` of at least `minimum_block_minutes`; the week is a circle.
int64_t MinutesInBlocks(const SlotSet& open, int64_t minimum_block_minutes);

// Minutes of `commitment` (of `schedule`) that are free. Exceptions count for dated ones alone.
int64_t CoveredMinutes(const Schedule& schedule, const Commitment& commitment, const FreeTime& free);

}  // namespace brokerage::matcher

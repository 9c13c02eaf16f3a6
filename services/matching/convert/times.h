// Stored times as the matcher's: windows become half-hours of the week, sessions and exceptions minutes of
// UTC.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"

#include "brokerage/common/v1/availability.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "matcher/availability.h"
#include "matcher/types.h"
#include "schedule/intervals.h"
#include "schedule/recurrence.h"
#include "schedule/weekly.h"

namespace brokerage::matching {

// Recurring sessions are made for every question of the London day that they are made on, of the one before
// it (pages resume at an earlier moment) and of the one after it (they may be made anew late).
inline constexpr int kExpandedDays = 3;
// A rule gives one session a day.
inline constexpr int kMaxExpandedSessions = kExpandedDays + matcher::kHorizonDays;

// Seconds and dates since 1970-01-01.
inline matcher::Minute MinuteOf(int64_t seconds) { return seconds / 60; }
matcher::Day DayOf(int year, int month, int day);

// The moment of a query: `now` cut to the minute, and its London date.
matcher::Moment MomentAt(absl::Time now);

// A window in minutes of its day, not yet checked (schedule::FaultsOf does that).
schedule::WeeklyWindow ToWindow(const common::v1::WeeklyWindow& window);

matcher::SlotSet SlotsOf(const google::protobuf::RepeatedPtrField<common::v1::WeeklyWindow>& windows);

// In order, and no two that meet.
std::vector<matcher::Interval> UnitedOf(std::vector<schedule::Interval> intervals);

// `rrule` is without faults (schedule::ParseRule).
schedule::Recurrence ToRecurrence(const v1::Recurrence& recurrence);

// The listed sessions are all there; recurring ones are those that questions around `now` need.
matcher::Schedule ToFacts(const v1::Schedule& schedule, absl::Time now);

}  // namespace brokerage::matching

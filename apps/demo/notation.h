// A short notation for what roles ask for, so that tables of roles can be read at a glance.
//
// Every reader answers INVALID_ARGUMENT naming the word that it could not read. That ids exist is not looked
// at.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "brokerage/common/v1/availability.pb.h"
#include "brokerage/common/v1/check.pb.h"
#include "brokerage/common/v1/licence.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::demo {

// "cooking:3:5! serving-food:2 empathy": ids with level and importance where stated; "!" is required.
absl::StatusOr<std::vector<matching::v1::WantedSkill>> ParseWantedSkills(absl::string_view text);

// "Mon-Fri 09:00-17:00, Sat 10:00-13:00".
absl::StatusOr<std::vector<common::v1::WeeklyWindow>> ParseWindows(absl::string_view text);

// "" or "none"; "basic"; "standard"; "enhanced-children", "enhanced-adults", "enhanced-both";
// "barred-children", "barred-adults", "barred-both". Each states the eligibility that it needs. Nothing
// asked: level unspecified.
absl::StatusOr<common::v1::RequiredCheck> ParseRequiredCheck(absl::string_view text);

// "car first-aid": the names of common.v1.LicenceKind in lower case with hyphens.
absl::StatusOr<std::vector<common::v1::LicenceKind>> ParseLicences(absl::string_view text);

// One of
//   "" or "none"
//   "weekly Tue 10:00-13:00, Thu 10:00-13:00"
//   "flexible 120/60 Mon-Sat 09:00-17:00" (minutes a week / shortest piece; without windows: any time)
//   "dated 2026-01-10 10:00 240, 2026-01-17 10:00 240" (local starts in `zone`, minutes)
absl::StatusOr<matching::v1::Schedule> ParseSchedule(absl::string_view text, const absl::TimeZone& zone);

// A session of whole minutes.
matching::v1::Session MakeSession(absl::Time start, int minutes);

// Words between white space.
std::vector<std::string> Words(absl::string_view text);

}  // namespace brokerage::demo

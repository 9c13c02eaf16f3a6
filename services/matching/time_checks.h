// Checks of moments, lengths and recurrences that records share.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

#include "base/errors.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::matching {

// What is absent is the limits' to refuse, in all of these. `path` is the field's.

// A whole minute of the years that sessions may lie in.
void CheckMinute(const google::protobuf::Timestamp& time, absl::string_view path,
                 base::Violations& violations);

// Whole minutes, 1 minute to 7 days.
void CheckSessionLength(const google::protobuf::Duration& length, absl::string_view path,
                        base::Violations& violations);

// The rule, its beginning, its zone and what it leaves out; and whether any session comes of them.
void CheckRecurrence(const v1::Recurrence& recurrence, absl::string_view path, base::Violations& violations);

// Each stretch ends after it begins.
void CheckExceptions(const google::protobuf::RepeatedPtrField<v1::AvailabilityException>& exceptions,
                     absl::string_view path, base::Violations& violations);

}  // namespace brokerage::matching

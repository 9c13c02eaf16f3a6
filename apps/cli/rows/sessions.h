// Dated sessions as people write them: "2026-12-05 09:00 3h; 12/12/2026 9am-12:30".
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::cli {

struct ParsedSessions {
  std::vector<matching::v1::Session> sessions;
  std::vector<std::string> notes;   // times that a change of the clocks moved
  std::vector<std::string> faults;  // entries that cannot be read
};

// A date, a start on the London clock, and a length of time or an end; an end at or before the start is on
// the next day. A time that does not exist is the moment of the change; one that happens twice is the first
// for a start and the second for an end.
ParsedSessions ParseSessions(absl::string_view text);

struct ParsedRecurrence {
  matching::v1::Recurrence recurrence;
  std::vector<std::string> notes;
  std::vector<std::string> faults;           // of the recurrence
  std::vector<std::string> left_out_faults;  // of the dates left out
};

// The first session as above and, behind it, the rule as RFC 5545 writes it: "2026-12-01 19:00 2h
// FREQ=WEEKLY;BYDAY=TU". `left_out` lists the dates on which there is none. Whether the rule is a good one is
// the service's to say.
ParsedRecurrence ParseRecurrence(absl::string_view text, absl::string_view left_out);

}  // namespace brokerage::cli

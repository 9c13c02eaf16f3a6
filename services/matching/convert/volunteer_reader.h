// Stored volunteers as the matcher's facts, read straight from their bytes.
//
// A start reads every volunteer, and most of what parsing one takes is making objects of its fifty parts, of
// which facts are made and which are thrown away. Here fields are read as they lie, and those that no fact is
// made of are passed over; volunteer_reader.cc says which are read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "brokerage/matching/v1/volunteer.pb.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "schedule/weekly.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

// Where a home is, as its record says it. No fact: who may see which of the two is for readers of the record.
struct HomeArea {
  std::string district;  // `districts/{code}` or `districts/outside`; empty: not known
  std::string outcode;   // empty: not known
};

// Reused for one batch after another, it allocates nothing after the first. Not thread-safe.
class VolunteerReader {
 public:
  // `places` outlive it.
  VolunteerReader(const ReferenceTables& tables, const reference::PlaceIndex& places)
      : tables_(tables), places_(places) {}

  // Adds the facts of the volunteer whose bytes are the field `field` of the message `envelope`: all that
  // parsing the whole of it would tell. That texts are UTF-8 was seen to when they were written. Errors:
  // DATA_LOSS, and nothing is added.
  absl::Status Read(absl::string_view envelope, int field);

  // Of what was read since the last Clear, in that order.
  absl::Span<const matcher::VolunteerFacts> facts() const {
    return absl::MakeConstSpan(facts_).first(count_);
  }
  // Of each of these volunteers, where their home is.
  absl::Span<const HomeArea> areas() const { return absl::MakeConstSpan(areas_).first(count_); }
  void Clear() { count_ = 0; }

 private:
  const ReferenceTables tables_;
  const reference::PlaceIndex& places_;
  std::vector<matcher::VolunteerFacts> facts_;
  std::vector<HomeArea> areas_;
  std::size_t count_ = 0;
  std::vector<schedule::WeeklyWindow> windows_;
};

// As they will be read once it is stored.
matcher::VolunteerFacts ToFacts(const v1::Volunteer& volunteer, const ReferenceTables& tables,
                                const reference::PlaceIndex& places);

}  // namespace brokerage::matching

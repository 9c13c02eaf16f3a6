// By what lists of volunteers are filtered.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

#include "brokerage/matching/v1/volunteer.pb.h"
#include "services/matching/volunteer_book.h"
#include "services/rpc/filter.h"
#include "services/rpc/lists.h"

namespace brokerage::matching {

// docs/api.md lists the same. They are read of what the caller is shown, so that a filter tells nothing more.
// `today` is London's.
std::vector<rpc::FilterField<v1::Volunteer>> VolunteerFilterFields(absl::CivilDay today);

// Where all that match `filter` are. Errors: the book's.
absl::StatusOr<rpc::Among> AmongVolunteers(const rpc::Filter<v1::Volunteer>& filter,
                                           const VolunteerBook& book, absl::CivilDay today);

}  // namespace brokerage::matching

// What makes a volunteer's record sound.
#pragma once

#include "absl/strings/string_view.h"

#include "base/errors.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "services/matching/rules.h"

namespace brokerage::matching {

// Adds every fault of `volunteer`, those of the limits included, under `path` ("volunteer."), and brings it
// into the form that is stored: places resolved, postcodes in their normal form, sharing stated. `before` is
// what is stored, null for a new one: a home that was not changed is left as it was resolved; and sharing
// whose consent was withdrawn by this very change goes back to the centre.
void CheckVolunteer(const Rules& rules, absl::string_view path, const v1::Volunteer* before,
                    v1::Volunteer& volunteer, base::Violations& violations);

}  // namespace brokerage::matching

// A row of a file of volunteers.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "apps/cli/rows/columns.h"
#include "apps/cli/rows/row_reader.h"
#include "apps/cli/rows/words.h"
#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::cli {

struct VolunteerRow {
  matching::v1::Volunteer volunteer;
  // How far the import takes it: enquiry, registered or searching.
  matching::v1::Volunteer::State state = matching::v1::Volunteer::STATE_ENQUIRY;
};

const std::vector<Column>& VolunteerColumns();

// Whatever can be read; what cannot be is a fault of `row`.
VolunteerRow ReadVolunteerRow(RowReader& row, const Words& words);

// The column that a field of CreateVolunteerRequest for `row` comes from; empty when none does.
std::string VolunteerColumnOf(const VolunteerRow& row, absl::string_view field);

}  // namespace brokerage::cli

// A row of a file of organisations.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

#include "apps/cli/rows/columns.h"
#include "apps/cli/rows/row_reader.h"
#include "apps/cli/rows/words.h"
#include "brokerage/registry/v1/organisation.pb.h"

namespace brokerage::cli {

// The districts that the deployment serves: resource name by folded display name and by code.
using DistrictNames = absl::flat_hash_map<std::string, std::string>;

struct OrganisationRow {
  // All but `accountable_body`, which is to be looked up.
  registry::v1::Organisation organisation;
  // The accountable body as written: a resource name, an identifier or a display name; empty for none.
  std::string accountable_body;
  // What the import records of its verification; unspecified for nothing.
  registry::v1::Verification::Stage stage = registry::v1::Verification::STAGE_UNSPECIFIED;
  std::string evidence;
};

const std::vector<Column>& OrganisationColumns();

// Whatever can be read; what cannot be is a fault of `row`.
OrganisationRow ReadOrganisationRow(RowReader& row, const Words& words, const DistrictNames& districts);

// The column that a field of CreateOrganisationRequest comes from; empty when none does.
std::string OrganisationColumnOf(absl::string_view field);

}  // namespace brokerage::cli

// A row of a file of opportunities.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "apps/cli/rows/columns.h"
#include "apps/cli/rows/row_reader.h"
#include "apps/cli/rows/words.h"
#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::cli {

struct OpportunityRow {
  // All but `organisation`, which is to be looked up.
  matching::v1::Opportunity opportunity;
  // The organisation as written: a resource name, an identifier or a display name; empty for none.
  std::string organisation;
  // How many of the opportunity's skills, from the first on, come from required_skills; the others from
  // wanted_skills.
  int required_skill_count = 0;
  // How far the import takes it: draft, submitted or open.
  matching::v1::Opportunity::State state = matching::v1::Opportunity::STATE_DRAFT;
};

const std::vector<Column>& OpportunityColumns();

// Whatever can be read; what cannot be is a fault of `row`.
OpportunityRow ReadOpportunityRow(RowReader& row, const Words& words);

// The column that a field of CreateOpportunityRequest for `row` comes from; empty when none does.
std::string OpportunityColumnOf(const OpportunityRow& row, absl::string_view field);

}  // namespace brokerage::cli

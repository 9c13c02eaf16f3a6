// Real roles, as other platforms publish them, as opportunities of ours; or why not.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/opportunity.pb.h"
#include "tests/real_data/dressing.h"

namespace brokerage::real_data {

struct RealRole {
  std::string source;
  std::string id;
  std::string centre;  // "centres/ashford"
  std::string
      organisation_key;  // the same for roles of one organisation, across the sources that write it alike
  std::string organisation_name;
  // Without `organisation`. Keeps to the contract.
  matching::v1::Opportunity opportunity;
  bool paused = false;
  bool organisation_suspended = false;  // says this role's row; others of the organisation may not
};

struct RefusedRow {
  std::string source;
  std::string id;                    // empty when it has none
  std::vector<std::string> reasons;  // all of them
};

struct RealRoles {
  std::vector<RealRole> roles;
  std::vector<RefusedRow> refused;  // both in the order of the files
};

// Reads `json`, a list of records of one source. "kent" and "doit" records have id, title, description,
// organisation, lat and lon; "teamkinetic" ones organisation_id and platform_host in place of organisation,
// and sessions of {start, end} in London time ("2026-01-08T10:00:00"). INVALID_ARGUMENT when it is no list.
absl::StatusOr<RealRoles> ReadRealRoles(absl::string_view source, absl::string_view json,
                                        const DressingTable& dressing);

// All three files of the shared data in `dir`; a role of one file that an earlier one has too is refused.
// NOT_FOUND when a file is missing.
absl::StatusOr<RealRoles> LoadRealRoles(const std::string& dir, const DressingTable& dressing);

}  // namespace brokerage::real_data

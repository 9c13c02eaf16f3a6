// Real organisations as organisations of ours; or why not.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "brokerage/registry/v1/organisation.pb.h"
#include "reference/places.h"
#include "tests/real_data/real_roles.h"

namespace brokerage::real_data {

struct RealOrganisation {
  std::string key;  // of a role's organisation, as RealRole has it; of a charity, its org-id
  registry::v1::Organisation organisation;
  bool suspended = false;
};

struct RealOrganisations {
  std::vector<RealOrganisation> organisations;
  std::vector<RefusedRow> refused;
};

// Reads CSV of charities with the columns org_id, name, active, postcode, district_code, income, ukcat, web
// and activities. Those beyond Kent belong to the lead centre; those beyond `places` are refused.
// INVALID_ARGUMENT when a column is missing.
absl::StatusOr<RealOrganisations> ReadCharities(absl::string_view csv, const reference::PlaceIndex& places);

// The organisations that offer `roles`, each once, with the centre and the place of its first role.
std::vector<RealOrganisation> OrganisationsOf(const std::vector<RealRole>& roles);

}  // namespace brokerage::real_data

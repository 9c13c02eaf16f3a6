// The kinds of organisation in the demonstration county.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"

#include "brokerage/registry/v1/organisation.pb.h"

namespace brokerage::demo {

struct OrganisationKind {
  absl::string_view key = {};
  int share = 0;  // weight beside the others
  // {mark} is a word that makes the name one of a kind, {town} its town.
  std::vector<absl::string_view> names = {};
  absl::string_view purpose = {};                                  // one sentence
  std::vector<registry::v1::Organisation::Kind> legal_forms = {};  // each as likely
  std::vector<absl::string_view> causes = {};
  std::vector<absl::string_view> roles = {};    // keys of RoleKinds(), besides those of every organisation
  std::vector<absl::string_view> support = {};  // access support that is usual here
};

const std::vector<OrganisationKind>& OrganisationKinds();

// What every organisation may look for.
const std::vector<absl::string_view>& CommonRoles();

}  // namespace brokerage::demo

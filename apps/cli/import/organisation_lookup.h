// Finds organisations as rows name them: by resource name, by identifier, or by display name.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/client.h"
#include "brokerage/registry/v1/organisation.pb.h"

namespace brokerage::cli {

// Whether `text` has the form of an org-id.guide identifier: "GB-CHC-1001778".
bool IsOrganisationIdentifier(absl::string_view text);

struct FoundOrganisation {
  std::string name;  // "organisations/x"
  registry::v1::Organisation::State state = registry::v1::Organisation::STATE_UNSPECIFIED;
};

class OrganisationLookup {
 public:
  explicit OrganisationLookup(const Client& client) : client_(client) {}

  // Looks up each of `texts` once. An error ends the import; not to be found is none.
  absl::Status Fetch(const std::vector<std::string>& texts, int in_flight);

  // What `text`, which was fetched, means; INVALID_ARGUMENT with a reason for people when it is unknown, or
  // several.
  const absl::StatusOr<FoundOrganisation>& Get(const std::string& text) const { return found_.at(text); }

 private:
  absl::StatusOr<FoundOrganisation> ByName(const std::string& name) const;
  absl::StatusOr<FoundOrganisation> ByFilter(const std::string& text) const;

  const Client& client_;
  absl::flat_hash_map<std::string, absl::StatusOr<FoundOrganisation>> found_;
};

}  // namespace brokerage::cli

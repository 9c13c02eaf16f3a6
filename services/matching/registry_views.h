// What this service keeps of the registry's records, and what it makes of them.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

#include "brokerage/registry/v1/centre_service.pb.h"
#include "brokerage/registry/v1/organisation.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/types.h"
#include "services/matching/context.h"
#include "services/rpc/credentials.h"

namespace brokerage::matching {

// The names of the watches' cursors in the store.
inline constexpr absl::string_view kOrganisationsWatch = "organisations";
inline constexpr absl::string_view kCentresWatch = "centres";
inline constexpr absl::string_view kCredentialsWatch = "credentials";

storage::v1::OrganisationView ViewOf(const registry::v1::Organisation& organisation,
                                     absl::string_view revision);
storage::v1::CredentialView ViewOf(const registry::v1::WatchedCredential& credential);

matcher::OrganisationStanding StandingIn(const storage::v1::OrganisationView& view);
rpc::CredentialEntry EntryFor(const storage::v1::CredentialView& view);

}  // namespace brokerage::matching

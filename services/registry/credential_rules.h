// What a credential must be, and how it lets callers in.
#pragma once

#include "absl/time/time.h"

#include "base/errors.h"
#include "brokerage/registry/v1/centre.pb.h"
#include "brokerage/registry/v1/centre_service.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/credentials.h"

namespace brokerage::registry {

// Checks `credential` against the limits and the rules of its fields: a role that credentials have, scopes
// that the contract declares. Faults are added under "credential.".
void CheckCredential(const v1::Credential& credential, base::Violations& violations);
// Adds a fault when it expires at `now` or before.
void CheckExpiry(const v1::Credential& credential, absl::Time now, base::Violations& violations);

// PermissionDenied when `made` would outlive `maker`, which expires.
absl::Status CheckOutlivedBy(const v1::Credential& maker, const v1::Credential& made);

// What may be done to a credential in which state: it is revoked once, and for good.
absl::Status CheckMayRevoke(const v1::Credential& credential);

// Whether its bearer can administer the whole system at `now`: a lead administrator's, valid, without limits.
bool CanAdminister(const v1::Credential& credential, absl::Time now);

// The record as a service that checks bearers needs it.
rpc::CredentialEntry EntryFor(const storage::v1::CredentialRecord& record);
v1::WatchedCredential WatchedPart(const storage::v1::CredentialRecord& record);

}  // namespace brokerage::registry

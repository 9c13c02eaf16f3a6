// Which records there are and where they lie: a key is the kind's prefix and the resource's name.
// docs/storage-format.md is the page of the format; a prefix is never given to another kind.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace brokerage::storage {

// Matching service.
inline constexpr absl::string_view kVolunteers = "vol/";          // VolunteerRecord
inline constexpr absl::string_view kOpportunities = "opp/";       // OpportunityRecord
inline constexpr absl::string_view kWeightSets = "wgt/";          // WeightSetRecord
inline constexpr absl::string_view kOrganisationViews = "vorg/";  // OrganisationView
inline constexpr absl::string_view kCentreViews = "vctr/";        // CentreView
inline constexpr absl::string_view kCredentialViews = "vcrd/";    // CredentialView
inline constexpr absl::string_view kWatchCursors = "vcur/";       // WatchCursor, by the watch's name

// Registry service.
inline constexpr absl::string_view kOrganisations = "org/";  // OrganisationRecord
inline constexpr absl::string_view kCentres = "ctr/";        // CentreRecord
inline constexpr absl::string_view kCredentials = "crd/";    // CredentialRecord

// Both.
inline constexpr absl::string_view kRequests = "req/";  // RequestRecord
inline constexpr absl::string_view kSecrets = "sec/";   // ServiceSecrets

// The name of the record that a request_id leaves: scoped to the credential and the method.
inline std::string RequestRecordName(absl::string_view credential, absl::string_view method,
                                     absl::string_view request_id) {
  return absl::StrCat(credential, "|", method, "|", request_id);
}

}  // namespace brokerage::storage

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
inline constexpr absl::string_view kReferrals = "ref/";           // ReferralRecord
inline constexpr absl::string_view kVolunteerReferrals =
    "vref/";  // VolunteerReferrals, by the volunteer's name
inline constexpr absl::string_view kOpportunityReferrals =
    "oref/";                                                   // OpportunityReferrals, by the role's name
inline constexpr absl::string_view kDecisions = "dec/";        // DecisionRecord, by the referral's name
inline constexpr absl::string_view kContactAccesses = "acc/";  // ContactAccessRecord

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

// The name of the record that someone was answered a volunteer's contact: in the order of time. `id` tells
// those of one moment apart.
inline std::string ContactAccessName(absl::string_view volunteer, int64_t unix_micros, absl::string_view id) {
  return absl::StrCat(volunteer, "|", absl::Dec(unix_micros, absl::kZeroPad20), "|", id);
}

}  // namespace brokerage::storage

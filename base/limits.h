// Every limit of the API, with its unit, in one place. They are enforced at the edge by
// services/rpc/field_limits.cc, which ties each to the field that it is for, and tested at the edge and one
// beyond it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace brokerage::base {

// Texts, in bytes of UTF-8.
inline constexpr int64_t kMaxDisplayNameBytes = 200;
inline constexpr int64_t kMaxTitleBytes = 300;
inline constexpr int64_t kMaxPersonNameBytes = 100;
inline constexpr int64_t kMaxEmailBytes = 254;  // RFC 5321, less the angle brackets
inline constexpr int64_t kMaxPhoneBytes = 40;
inline constexpr int64_t kMaxPostcodeBytes = 16;
inline constexpr int64_t kMaxAddressLineBytes = 200;
inline constexpr int64_t kMaxNotesBytes = 10'000;
inline constexpr int64_t kMaxDescriptionBytes = 20'000;
inline constexpr int64_t kMaxReasonBytes = 1'000;
inline constexpr int64_t kMaxEvidenceBytes = 2'000;
inline constexpr int64_t kMaxReferralNoteBytes = 2'000;
inline constexpr int64_t kMaxUrlBytes = 500;
inline constexpr int64_t kMaxTermBytes = 200;
inline constexpr int64_t kMaxFilterBytes = 2'000;
inline constexpr int64_t kMaxOrderByBytes = 100;
inline constexpr int64_t kMaxPageTokenBytes = 2'000;
inline constexpr int64_t kMaxResourceNameBytes = 200;
inline constexpr int64_t kMaxIdentifierBytes = 60;
inline constexpr int64_t kMaxEtagBytes = 100;
inline constexpr int64_t kMaxTokenBytes = 200;  // consistency tokens and watch revisions
inline constexpr int64_t kMaxCodeBytes = 60;    // ids of small vocabularies
inline constexpr int64_t kMaxClientIdBytes = 63;
inline constexpr int64_t kMaxRequestIdBytes = 36;
inline constexpr int64_t kMaxScopeBytes = 60;
inline constexpr int64_t kMaxRruleBytes = 500;

// Lists, in items.
inline constexpr int64_t kMaxAddressLines = 6;
inline constexpr int64_t kMaxHeldSkills = 100;
inline constexpr int64_t kMaxWantedSkills = 50;
inline constexpr int64_t kMaxWindows = 100;
inline constexpr int64_t kMaxSessions = 500;
inline constexpr int64_t kMaxExdates = 366;
inline constexpr int64_t kMaxExceptions = 200;
inline constexpr int64_t kMaxCauses = 50;
inline constexpr int64_t kMaxOpportunityCauses = 20;
inline constexpr int64_t kMaxLanguages = 50;
inline constexpr int64_t kMaxRequiredLanguages = 20;
inline constexpr int64_t kMaxLicences = 50;
inline constexpr int64_t kMaxRequiredLicences = 20;
inline constexpr int64_t kMaxChecks = 20;
inline constexpr int64_t kMaxCheckItems = 10;  // workforces, barred lists, bases
inline constexpr int64_t kMaxAccessNeeds = 30;
inline constexpr int64_t kMaxConsents = 50;
inline constexpr int64_t kMaxIdentifiers = 20;
inline constexpr int64_t kMaxPlaces = 50;
inline constexpr int64_t kMaxDistricts = 50;
inline constexpr int64_t kMaxScopes = 30;
inline constexpr int64_t kMaxTermKinds = 10;
inline constexpr int64_t kMaxMaskPaths = 100;
inline constexpr int64_t kMaxReferralHistory = 200;  // steps and notes
inline constexpr int64_t kReservedHistory = 10;      // of these, kept for the steps that are still to come
inline constexpr int64_t kMaxLiveReferrals = 100;    // of a volunteer
// Referrals that the end of a role ends in one commit. Each writes three records.
inline constexpr int64_t kMaxReferralsEndedAtOnce = 1'000;
inline constexpr std::size_t kListedInDecision = 20;  // matches kept of the list that was shown

// Numbers.
inline constexpr int64_t kMaxSearchRadiusM = 200'000;     // metres, of a search that anybody may make
inline constexpr int64_t kDefaultSearchRadiusM = 16'000;  // metres: ten miles
inline constexpr int64_t kMaxSearchTextBytes = 200;
inline constexpr int64_t kMaxTravelRadiusM = 500'000;  // metres
inline constexpr int64_t kMinLevel = 1;                // skill levels and importance
inline constexpr int64_t kMaxLevel = 5;
inline constexpr int64_t kMaxPlacementLimit = 20;
inline constexpr int64_t kMaxVacancies = 10'000;  // places of an opportunity
inline constexpr int64_t kMaxAge = 120;           // years
inline constexpr int64_t kMaxBasisPoints = 10'000;
inline constexpr int64_t kMaxWeight = 1'000;
inline constexpr int64_t kMinutesPerWeek = 10'080;
inline constexpr int64_t kMaxIncome = 1'000'000'000'000;  // pounds a year
inline constexpr int64_t kMaxSessionMinutes = 7 * 24 * 60;
inline constexpr int64_t kMinBirthYear = 1900;
inline constexpr int kDefaultOutreachBudget = 3;  // how often a volunteer is asked in a period
inline constexpr int64_t kMinSessionYear = 1970;
inline constexpr int64_t kMaxSessionYear = 2199;

// Pages, in records.
inline constexpr int64_t kDefaultPageSize = 50;
inline constexpr int64_t kMaxSearchPageSize =
    100;                                        // of roles that anybody may find: more is served as this many
inline constexpr int64_t kMaxPageSize = 1'000;  // more is served as this many (AIP-158)
inline constexpr int64_t kDefaultTermMatches = 10;
inline constexpr int64_t kMaxTermMatches = 100;
inline constexpr int64_t kMaxWatchedMatches = 200;  // of one role; 0 asks for a default page

// Time.
inline constexpr absl::Duration kMaxPageTokenAge = absl::Hours(1);
inline constexpr absl::Duration kDefaultDeadline = absl::Seconds(30);  // for callers that set none
inline constexpr absl::Duration kMaxFreshnessWait = absl::Seconds(2);  // of at_least_as_fresh
inline constexpr absl::Duration kMaxCentreWait = absl::Seconds(2);     // for the registry to tell of a centre
inline constexpr absl::Duration kUndeletePeriod = absl::Hours(30 * 24);
inline constexpr absl::Duration kRequestIdPeriod = absl::Hours(48);  // kept at least 24 hours
inline constexpr absl::Duration kDefaultFreshnessPeriod = absl::Hours(90 * 24);
inline constexpr absl::Duration kOutreachPeriod = absl::Hours(7 * 24);
inline constexpr int kQuietDaysAfterDecline = 90;  // London days
inline constexpr absl::Duration kHeartbeatPeriod = absl::Seconds(5);
inline constexpr absl::Duration kLongestStreamWrite = absl::Seconds(10);     // then its reader is given up
inline constexpr absl::Duration kMatchWatchPause = absl::Milliseconds(100);  // between looks of a stream
inline constexpr absl::Duration kCancellationPoll = absl::Milliseconds(100);
inline constexpr absl::Duration kShutdownGrace = absl::Seconds(10);
inline constexpr absl::Duration kStoreCheckPeriod = absl::Seconds(1);
inline constexpr absl::Duration kTidyPeriod = absl::Hours(1);

// The server.
inline constexpr int kMaxRequestBytes = 4 * 1024 * 1024;
inline constexpr int kMaxResponseBytes = 64 * 1024 * 1024;
inline constexpr int kMaxServerThreads = 256;  // 64 streams pin one each; the rest are calls at once
inline constexpr int kMaxStreams = 64;
// Of these, kept for other services of the system: three watches of a matching service, and as many more that
// were broken and are not yet known to be.
inline constexpr int kServiceStreams = 6;
inline constexpr std::size_t kMaxStreamQueue = 1'024;  // events that a watcher may lag behind
inline constexpr uint64_t kKeptChanges = 100'000;      // commits that stay in the feed

}  // namespace brokerage::base

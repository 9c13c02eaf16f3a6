#include "base/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"

namespace brokerage::base {
namespace {

using ::testing::HasSubstr;

struct Minted {
  absl::Status status;
  absl::StatusCode code;
  absl::string_view reason;
  bool retriable;
};

TEST(Errors, EachHasItsCodeItsReasonAndOurDomain) {
  using absl::StatusCode;
  const std::vector<Minted> table = {
      {InvalidField("a.b", "is wrong"), StatusCode::kInvalidArgument, "INVALID_FIELDS", false},
      {RequestIdReused(), StatusCode::kInvalidArgument, "REQUEST_ID_REUSED", false},
      {PageTokenInvalid(), StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID", false},
      {PageTokenExpired(), StatusCode::kInvalidArgument, "PAGE_TOKEN_EXPIRED", false},
      {NotFound("centres/x"), StatusCode::kNotFound, "NOT_FOUND", false},
      {AlreadyExists("centres/x"), StatusCode::kAlreadyExists, "ALREADY_EXISTS", false},
      {PermissionDenied("write it"), StatusCode::kPermissionDenied, "PERMISSION_DENIED", false},
      {ScopeMissing("match.read"), StatusCode::kPermissionDenied, "SCOPE_MISSING", false},
      {CredentialMissing(), StatusCode::kUnauthenticated, "CREDENTIAL_MISSING", false},
      {CredentialInvalid(), StatusCode::kUnauthenticated, "CREDENTIAL_INVALID", false},
      {EtagMismatch("centres/x"), StatusCode::kAborted, "ETAG_MISMATCH", false},
      {ConcurrentChange("centres/x"), StatusCode::kAborted, "CONCURRENT_CHANGE", false},
      {EpochChanged(), StatusCode::kAborted, "EPOCH_CHANGED", false},
      {StateNotAllowed("Pause", "LEFT", {"SEARCHING", "PLACED"}), StatusCode::kFailedPrecondition,
       "STATE_NOT_ALLOWED", false},
      {FailedPrecondition(reason::kSecretAlreadyShown, "shown"), StatusCode::kFailedPrecondition,
       "SECRET_ALREADY_SHOWN", false},
      {OrganisationNotActive("organisations/x"), StatusCode::kFailedPrecondition, "ORGANISATION_NOT_ACTIVE",
       false},
      {UndeletePeriodOver("centres/x"), StatusCode::kFailedPrecondition, "UNDELETE_PERIOD_OVER", false},
      {RegistryNeverSeen(), StatusCode::kUnavailable, "REGISTRY_NEVER_SEEN", true},
      {NotYetVisible(), StatusCode::kUnavailable, "NOT_YET_VISIBLE", true},
      {OutcomeUnknown(), StatusCode::kUnavailable, "OUTCOME_UNKNOWN", true},
      {StoreUnavailable(), StatusCode::kUnavailable, "STORE_UNAVAILABLE", true},
      {ResourceExhausted(reason::kTooManyStreams, "full"), StatusCode::kResourceExhausted, "TOO_MANY_STREAMS",
       true},
      {Internal(), StatusCode::kInternal, "INTERNAL", false},
  };
  for (const Minted& minted : table) {
    SCOPED_TRACE(std::string(minted.reason));
    EXPECT_EQ(minted.status.code(), minted.code);
    EXPECT_EQ(ReasonOf(minted.status), minted.reason);
    EXPECT_FALSE(minted.status.message().empty());
    bool has_domain = false;
    bool has_retry = false;
    for (const auto& [type_url, bytes] : DetailsOf(minted.status)) {
      google::rpc::ErrorInfo info;
      if (type_url == "type.googleapis.com/google.rpc.ErrorInfo" && info.ParseFromString(bytes)) {
        has_domain = info.domain() == kErrorDomain;
      }
      google::rpc::RetryInfo retry;
      if (type_url == "type.googleapis.com/google.rpc.RetryInfo" && retry.ParseFromString(bytes)) {
        has_retry = retry.retry_delay().seconds() > 0 || retry.retry_delay().nanos() > 0;
      }
    }
    EXPECT_TRUE(has_domain);
    EXPECT_EQ(has_retry, minted.retriable);
  }
}

TEST(Errors, ViolationsNameEveryFieldAtOnce) {
  Violations violations;
  EXPECT_TRUE(violations.ToStatus().ok());
  violations.Add("volunteer.skills[2].level", "must be 1 to 5");
  violations.Add("volunteer.home.postcode", "is no postcode");
  const absl::Status status = violations.ToStatus();
  EXPECT_THAT(std::string(status.message()), HasSubstr("volunteer.skills[2].level: must be 1 to 5"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("volunteer.home.postcode: is no postcode"));
  const google::rpc::BadRequest bad = BadRequestOf(status);
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(0).field(), "volunteer.skills[2].level");
  EXPECT_EQ(bad.field_violations(1).description(), "is no postcode");
}

TEST(Errors, MoreViolationsThanReachAClientAreCounted) {
  Violations violations;
  constexpr int kFaults = 1'000;
  for (int i = 0; i < kFaults; ++i) {
    violations.Add("volunteer.skills[" + std::to_string(i) + "].level", "must be 1 to 5");
  }
  const absl::Status status = violations.ToStatus();
  EXPECT_LE(status.message().size(), kMaxFaultMessageBytes + 20);
  EXPECT_THAT(std::string(status.message()), HasSubstr("volunteer.skills[0].level: must be 1 to 5; "));
  EXPECT_THAT(std::string(status.message()), HasSubstr("; and "));
  const google::rpc::BadRequest bad = BadRequestOf(status);
  EXPECT_LE(bad.ByteSizeLong(), kMaxFaultBytes + 30);
  const int told = bad.field_violations_size() - 1;
  EXPECT_GT(told, 50);
  EXPECT_EQ(bad.field_violations(told).description(), "and " + std::to_string(kFaults - told) + " more");
}

TEST(Errors, ALongViolationIsCutInTheMessageBetweenCharacters) {
  std::string word;
  for (int i = 0; i < 500; ++i) word += "é";
  const absl::Status status = InvalidField("f", word);
  EXPECT_EQ(std::string(status.message()), "f: " + word.substr(0, 396) + "…");
  EXPECT_EQ(BadRequestOf(status).field_violations(0).description(), word);
}

TEST(Errors, AnIncompleteRecordSaysWhatItLacks) {
  Violations lacks;
  lacks.Add("home", "is needed");
  lacks.Add("travel_radius_m", "is needed too");
  const absl::Status status = RecordIncomplete("RegisterVolunteer", lacks);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "RECORD_INCOMPLETE");
  EXPECT_EQ(std::string(status.message()),
            "RegisterVolunteer is not allowed yet: home: is needed; travel_radius_m: is needed too.");
}

TEST(Errors, AStateNotAllowedNamesThoseThatAre) {
  const absl::Status status = StateNotAllowed("PauseVolunteer", "LEFT", {"SEARCHING", "PLACED"});
  EXPECT_THAT(std::string(status.message()), HasSubstr("SEARCHING"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("PLACED"));
}

TEST(Errors, NeedsThatAreNotMetAreAllTold) {
  const absl::Status status =
      NeedsNotMet("NO_FREE_PLACE", "PlaceVolunteer is not possible now",
                  {{"NO_FREE_PLACE", "a role", "wait"}, {"DOUBLE_BOOKED", "a person", "another day"}},
                  {{"key", "value"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "NO_FREE_PLACE");
  EXPECT_EQ(std::string(status.message()),
            "PlaceVolunteer is not possible now: NO_FREE_PLACE, DOUBLE_BOOKED.");
  EXPECT_EQ(MetadataOf(status, "needs"), "NO_FREE_PLACE,DOUBLE_BOOKED");
  EXPECT_EQ(MetadataOf(status, "key"), "value");
  EXPECT_EQ(MetadataOf(status, "other"), "");
  const auto failure = PreconditionFailureOf(status);
  ASSERT_EQ(failure.violations_size(), 2);
  EXPECT_EQ(failure.violations(1).type(), "DOUBLE_BOOKED");
  EXPECT_EQ(failure.violations(1).subject(), "a person");
  EXPECT_EQ(failure.violations(1).description(), "another day");
}

TEST(Errors, OfNeedsTheCodesAreToldEvenWhereTheWordsAreTooMany) {
  const std::string words(kMaxFaultBytes / 2, 'w');
  const absl::Status status = NeedsNotMet("A", "No", {{"A", "", words}, {"B", "", words}, {"C", "", words}});
  const auto failure = PreconditionFailureOf(status);
  ASSERT_EQ(failure.violations_size(), 3);
  EXPECT_EQ(failure.violations(0).description(), words);
  EXPECT_EQ(failure.violations(1).description(), "");
  EXPECT_EQ(failure.violations(2).type(), "C");
  EXPECT_LE(failure.ByteSizeLong(), kMaxFaultBytes);
}

TEST(Errors, AStageNotAllowedNamesWhatIsPossible) {
  const absl::Status status = StageNotAllowed("OfferReferral", "PLACED", {"EndPlacement", "AddNote"});
  EXPECT_EQ(ReasonOf(status), "STAGE_NOT_ALLOWED");
  EXPECT_EQ(std::string(status.message()),
            "OfferReferral is not possible at the stage PLACED; these are: EndPlacement, AddNote.");
  EXPECT_EQ(MetadataOf(status, "allowed"), "EndPlacement,AddNote");
}

TEST(Errors, APlainStatusHasNoReasonAndNoFields) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_EQ(ReasonOf(absl::InternalError("plain")), "");
  EXPECT_EQ(BadRequestOf(absl::InternalError("plain")).field_violations_size(), 0);
}

}  // namespace
}  // namespace brokerage::base

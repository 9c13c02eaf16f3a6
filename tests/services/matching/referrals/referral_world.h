// Two centres, their volunteers and roles, and every call of ReferralService in a word or two.
#pragma once

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "brokerage/matching/v1/opportunity_service.grpc.pb.h"
#include "brokerage/matching/v1/referral_service.grpc.pb.h"
#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/referrals/referral_stages.h"
#include "storage/keys.h"
#include "storage/typed.h"
#include "tests/services/matching/matches/match_world.h"
#include "tests/support/messages.h"

namespace brokerage::matching {

using Referrals = v1::ReferralService::Stub;
using Volunteers = v1::VolunteerService::Stub;
using Opportunities = v1::OpportunityService::Stub;
using Matches = v1::MatchingService::Stub;
using support::Client;
using support::Holds;
using support::Parse;

inline constexpr char kAshford[] = "centres/ashford";
inline constexpr char kDover[] = "centres/dover";
inline constexpr char kSwale[] = "centres/swale";
inline constexpr char kOrganisation[] = "organisations/o";

// "FAILED_PRECONDITION NOT_A_MATCH", or "OK".
inline std::string Outline(const absl::Status& status) {
  if (status.ok()) return "OK";
  return std::string(absl::StatusCodeToString(status.code())) + " " + base::ReasonOf(status);
}

// "field: what is wrong", one for each fault.
inline std::vector<std::string> FaultsOf(const absl::Status& status) {
  std::vector<std::string> faults;
  const google::rpc::BadRequest bad_request = base::BadRequestOf(status);
  for (const auto& violation : bad_request.field_violations()) {
    faults.push_back(violation.field() + ": " + violation.description());
  }
  return faults;
}

// The codes of all that a step lacks.
inline std::vector<std::string> NeedsOf(const absl::Status& status) {
  std::vector<std::string> codes;
  const google::rpc::PreconditionFailure failure = base::PreconditionFailureOf(status);
  for (const auto& violation : failure.violations()) codes.push_back(violation.type());
  return codes;
}

// `text` writes the request.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Ask(const Client& client,
                             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                             const std::string& text) {
  return client.Call(method, Parse<Request>(text));
}

using ReferralCall = std::function<absl::StatusOr<v1::Referral>(const Client&, const std::string& name,
                                                                const std::string& more)>;

template <typename Request>
ReferralCall CallOf(grpc::Status (Referrals::*method)(grpc::ClientContext*, const Request&, v1::Referral*),
                    const std::string& needed = "") {
  return [=](const Client& client, const std::string& name, const std::string& more) {
    // A field that `more` writes again counts as it is there.
    auto request = Parse<Request>(needed);
    request.MergeFrom(Parse<Request>(more));
    request.set_name(name);
    return client.Call(method, request);
  };
}

// The steps with a referral that is named, in the order in which they are taken, each with what it asks for.
inline const std::vector<std::pair<std::string, ReferralCall>>& Calls() {
  static const auto& calls = *new std::vector<std::pair<std::string, ReferralCall>>{
      {"OfferReferral", CallOf(&Referrals::OfferReferral)},
      {"RecordConsent", CallOf(&Referrals::RecordConsent, "means: MEANS_TELEPHONE")},
      {"IntroduceVolunteer", CallOf(&Referrals::IntroduceVolunteer)},
      {"AcknowledgeReferral", CallOf(&Referrals::AcknowledgeReferral)},
      {"PlaceVolunteer", CallOf(&Referrals::PlaceVolunteer)},
      {"EndPlacement", CallOf(&Referrals::EndPlacement, "reason: REASON_COMPLETED")},
      {"DeclineReferral",
       CallOf(&Referrals::DeclineReferral, "reason: REASON_NO_TIME declined_by: SIDE_VOLUNTEER")},
      {"AddNote", CallOf(&Referrals::AddNote, "note: 'n'")},
  };
  return calls;
}

inline absl::StatusOr<v1::Referral> Take(const Client& client, const std::string& method,
                                         const std::string& name, const std::string& more = "") {
  for (const auto& [known, call] : Calls()) {
    if (known == method) return call(client, name, more);
  }
  return absl::NotFoundError(method);
}

class ReferralWorld : public MatchWorld {
 public:
  // At 10:00 UTC on Monday, 15 June 2026.
  ReferralWorld()
      : MatchWorld(absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone())) {
    PutOrganisation(kOrganisation, registry::v1::Organisation::STATE_ACTIVE);
  }

  Client Caseworker(const std::string& centre) { return As(centre, common::v1::ROLE_CASEWORKER); }
  Client Manager(const std::string& centre) { return As(centre, common::v1::ROLE_MANAGER); }

  // A searching volunteer who takes remote roles, shared with the county. Answers the name.
  std::string Volunteer(const std::string& centre, const std::string& more = "") {
    auto volunteer =
        Parse<v1::Volunteer>(R"(display_name: "Ann Lee" state: STATE_SEARCHING accepts_remote: true
        sharing: SHARING_COUNTY contact { given_name: "Ann" family_name: "Lee" phone: "01233 000000" }
        consents { purpose: PURPOSE_SHARING given_time { seconds: 1 } })");
    volunteer.MergeFrom(Parse<v1::Volunteer>(more));
    volunteer.set_name(absl::StrCat(centre, "/volunteers/v", ++count_));
    Put(volunteer);
    return volunteer.name();
  }

  // An open remote role with many places, shared with the county. Answers the name.
  std::string Role(const std::string& centre, const std::string& more = "") {
    auto role =
        Parse<v1::Opportunity>(R"(title: "Befriender" organisation: "organisations/o" state: STATE_OPEN
        remote: true sharing: SHARING_COUNTY places: 100)");
    role.MergeFrom(Parse<v1::Opportunity>(more));
    role.set_name(absl::StrCat(centre, "/opportunities/r", ++count_));
    Put(role);
    return role.name();
  }

  absl::StatusOr<v1::Referral> Shortlist(const std::string& centre, const std::string& volunteer,
                                         const std::string& role, const std::string& more = "") {
    auto request = Parse<v1::ShortlistVolunteerRequest>(more);
    request.set_parent(centre);
    request.set_volunteer(volunteer);
    request.set_opportunity(role);
    return Caseworker(centre).Call(&Referrals::ShortlistVolunteer, request);
  }

  // A referral at `stage`; at the end of a placement for STAGE_ENDED. Answers the name.
  std::string At(v1::Referral::Stage stage, const std::string& volunteer, const std::string& role) {
    const auto begun = Lead().Call(&Referrals::ShortlistVolunteer, ShortlistRequest(volunteer, role));
    EXPECT_TRUE(begun.ok()) << begun.status();
    if (!begun.ok()) return "";
    const std::string name = begun->name();
    if (stage == v1::Referral::STAGE_DECLINED) return Done("DeclineReferral", name);
    if (stage == v1::Referral::STAGE_NO_RESPONSE)
      return Done("DeclineReferral", name, "reason: REASON_NO_RESPONSE");
    if (stage == v1::Referral::STAGE_WITHDRAWN)
      return Done("DeclineReferral", name, "reason: REASON_MADE_IN_ERROR");
    for (const ReferralStep& step : ReferralSteps()) {
      if (!step.to || *step.to <= v1::Referral::STAGE_SHORTLISTED || *step.to > stage) continue;
      Done(std::string(step.method), name);
    }
    return name;
  }
  // Of a new volunteer and a new role, both of Ashford.
  std::string At(v1::Referral::Stage stage) { return At(stage, Volunteer(kAshford), Role(kAshford)); }

  // Takes a step that must be possible. Answers the name.
  std::string Done(const std::string& method, const std::string& name, const std::string& more = "") {
    const auto taken = Take(Lead(), method, name, more);
    EXPECT_TRUE(taken.ok()) << method << ": " << taken.status();
    return name;
  }

  // As stored.
  v1::Referral Referral(const std::string& name) {
    return Read<storage::v1::ReferralRecord>(storage::kReferrals, name).referral();
  }
  v1::Volunteer VolunteerAt(const std::string& name) {
    return Read<storage::v1::VolunteerRecord>(storage::kVolunteers, name).volunteer();
  }
  v1::Opportunity RoleAt(const std::string& name) {
    return Read<storage::v1::OpportunityRecord>(storage::kOpportunities, name).opportunity();
  }
  std::vector<storage::v1::ContactAccessRecord> Accesses() {
    std::vector<storage::v1::ContactAccessRecord> all;
    const auto read = storage::Table<storage::v1::ContactAccessRecord>(store(), storage::kContactAccesses)
                          .Snapshot([&](auto stored) {
                            all.push_back(std::move(stored.message));
                            return absl::OkStatus();
                          });
    EXPECT_TRUE(read.ok());
    return all;
  }

  template <typename Record>
  Record Read(absl::string_view prefix, const std::string& name) {
    const auto stored = storage::Table<Record>(store(), prefix).Get(name);
    EXPECT_TRUE(stored.ok() && stored->has_value()) << name;
    return stored.ok() && stored->has_value() ? (*stored)->message : Record();
  }

  // The conditions of the pair that fail now.
  std::vector<std::string> Failing(const std::string& volunteer, const std::string& role) {
    const auto explained = Ask(Lead(), &Matches::ExplainMatch,
                               absl::StrCat("volunteer: '", volunteer, "' opportunity: '", role, "'"));
    EXPECT_TRUE(explained.ok()) << explained.status();
    std::vector<std::string> failing;
    if (!explained.ok()) return failing;
    for (const auto& condition : explained->conditions()) {
      if (!condition.holds()) failing.push_back(condition.code());
    }
    return failing;
  }

 private:
  static v1::ShortlistVolunteerRequest ShortlistRequest(const std::string& volunteer,
                                                        const std::string& role) {
    v1::ShortlistVolunteerRequest request;
    request.set_parent(role.substr(0, role.find("/opportunities")));
    request.set_volunteer(volunteer);
    request.set_opportunity(role);
    return request;
  }

  int count_ = 0;
};

class ReferralTest : public ::testing::Test {
 protected:
  ReferralWorld world_;
};

}  // namespace brokerage::matching

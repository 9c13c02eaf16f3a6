// Checks that the generated test of limits does not reach: what messages mean whole, and what is not checked.

#include "services/rpc/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "brokerage/matching/v1/opportunity_service.pb.h"
#include "brokerage/matching/v1/volunteer_service.pb.h"
#include "brokerage/registry/v1/organisation_service.pb.h"
#include "tests/support/messages.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using support::FieldsOf;
using support::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

template <typename Message>
std::vector<std::string> Faults(const std::string& text, const std::string& path = "") {
  base::Violations violations;
  CheckMessage(Parse<Message>(text), path, violations);
  return FieldsOf(violations);
}

template <typename Request>
std::vector<std::string> RequestFaults(const std::string& text) {
  base::Violations violations;
  CheckRequest(Parse<Request>(text), violations);
  return FieldsOf(violations);
}

TEST(Validate, DatesMustExist) {
  const struct {
    const char* date;
    bool exists;
  } kTable[] = {
      {"year: 2024 month: 2 day: 29", true},  {"year: 2023 month: 2 day: 29", false},
      {"year: 2000 month: 2 day: 29", true},  {"year: 1900 month: 2 day: 29", false},
      {"year: 1 month: 1 day: 1", true},      {"year: 0 month: 1 day: 1", false},
      {"year: 9999 month: 12 day: 31", true}, {"year: 10000 month: 1 day: 1", false},
      {"year: 2024 month: 13 day: 1", false}, {"year: 2024 month: 0 day: 1", false},
      {"year: 2024 month: 4 day: 31", false}, {"year: 2024 month: 4 day: 0", false},
      {"year: 2024 month: -1 day: 5", false}, {"", false},
  };
  for (const auto& row : kTable) {
    const auto faults =
        Faults<matching::v1::Volunteer>(absl::StrCat("display_name: 'A' date_of_birth { ", row.date, " }"));
    EXPECT_EQ(faults, row.exists ? std::vector<std::string>() : std::vector<std::string>{"date_of_birth"})
        << row.date;
  }
}

TEST(Validate, MomentsAndDurationsKeepTheirRanges) {
  const auto moment = [](const std::string& text) {
    return Faults<matching::v1::Volunteer>(
        absl::StrCat("display_name: 'A' last_contact_time { ", text, " }"));
  };
  EXPECT_THAT(moment("seconds: 253402300799 nanos: 999999999"), IsEmpty());
  EXPECT_THAT(moment("seconds: 253402300800"), ElementsAre("last_contact_time"));
  EXPECT_THAT(moment("seconds: -62135596800"), IsEmpty());
  EXPECT_THAT(moment("seconds: -62135596801"), ElementsAre("last_contact_time"));
  EXPECT_THAT(moment("nanos: 1000000000"), ElementsAre("last_contact_time"));
  EXPECT_THAT(moment("nanos: -1"), ElementsAre("last_contact_time"));

  const auto duration = [](const std::string& text) {
    return Faults<matching::v1::Session>(absl::StrCat("start_time { seconds: 1 } duration { ", text, " }"));
  };
  EXPECT_THAT(duration("seconds: 315576000000"), IsEmpty());
  EXPECT_THAT(duration("seconds: 315576000001"), ElementsAre("duration"));
  EXPECT_THAT(duration("seconds: -9223372036854775808"), ElementsAre("duration"));
  EXPECT_THAT(duration("seconds: 1 nanos: -1"), ElementsAre("duration"));
  EXPECT_THAT(duration("nanos: -2147483648"), ElementsAre("duration"));
}

TEST(Validate, AllFaultsAreNamedAtOnceWithTheirPaths) {
  EXPECT_THAT(
      Faults<matching::v1::Volunteer>(R"(
                contact { email: "a\tb" }
                skills { skill: "skills/first-aid" level: 6 }
                skills { level: 1 }
                home { latitude: 91 longitude: -181 }
                causes: "causes/care" causes: "causes/care"
                travel_radius_m: -1)",
                                      "volunteer."),
      UnorderedElementsAre("volunteer.display_name", "volunteer.contact.email", "volunteer.skills[0].level",
                           "volunteer.skills[1].skill", "volunteer.home.latitude", "volunteer.home.longitude",
                           "volunteer.causes[1]", "volunteer.travel_radius_m"));
}

TEST(Validate, OutputOnlyFieldsAreNotLookedAt) {
  EXPECT_THAT(Faults<registry::v1::Organisation>(
                  "display_name: 'A' kind: KIND_CHARITY size_band: 99 state: 99 suspend_reason: '\\001'"),
              IsEmpty());
}

TEST(Validate, AResourceIsTheHandlersToCheck) {
  EXPECT_THAT(RequestFaults<registry::v1::CreateOrganisationRequest>("organisation { kind: 99 }"), IsEmpty());
  EXPECT_THAT(RequestFaults<registry::v1::CreateOrganisationRequest>(""), ElementsAre("organisation"));
}

TEST(Validate, RequestIdsAreUuidsOfVersion4) {
  const auto with = [](const std::string& id) {
    return RequestFaults<registry::v1::DeleteOrganisationRequest>(
        absl::StrCat("name: 'organisations/a' request_id: '", id, "'"));
  };
  EXPECT_THAT(with(""), IsEmpty());
  EXPECT_THAT(with("6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d"), IsEmpty());
  EXPECT_THAT(with("6A3B3C6E-1B9C-4D9E-8A5F-0D6F3A1B2C3D"), IsEmpty());
  EXPECT_THAT(with("6a3b3c6e-1b9c-1d9e-8a5f-0d6f3a1b2c3d"), ElementsAre("request_id"));  // version 1
  EXPECT_THAT(with("6a3b3c6e-1b9c-4d9e-ca5f-0d6f3a1b2c3d"), ElementsAre("request_id"));  // another variant
  EXPECT_THAT(with("6a3b3c6e1b9c4d9e8a5f0d6f3a1b2c3d"), ElementsAre("request_id"));
  EXPECT_THAT(with("x"), ElementsAre("request_id"));
}

TEST(Validate, OneFieldAloneCanBeChecked) {
  base::Violations violations;
  registry::v1::Organisation organisation;
  organisation.set_etag(std::string(100, 'e'));
  CheckField(organisation, "etag", "organisation.etag", violations);
  EXPECT_TRUE(violations.empty());
  organisation.set_etag(std::string(101, 'e'));
  CheckField(organisation, "etag", "organisation.etag", violations);
  EXPECT_THAT(FieldsOf(violations), ElementsAre("organisation.etag"));
}

TEST(Validate, ClearOutputOnlyReachesEveryDepth) {
  auto organisation = Parse<registry::v1::Organisation>(R"(
    name: "organisations/a" etag: "e" display_name: "A" size_band: SIZE_BAND_MAJOR state: STATE_DELETED
    verification { stage: STAGE_VISITED }
    places { postcode: "TN23 1PL" latitude: 51 district: "districts/x" precision: PLACE_PRECISION_POSTCODE })");
  ClearOutputOnly(organisation);
  EXPECT_EQ(organisation.ShortDebugString(), Parse<registry::v1::Organisation>(
                                                 R"(name: "organisations/a" display_name: "A" etag: "e"
                   places { postcode: "TN23 1PL" latitude: 51 })")
                                                 .ShortDebugString());
}

}  // namespace
}  // namespace brokerage::rpc

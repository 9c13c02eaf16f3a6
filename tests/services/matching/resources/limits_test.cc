// Bad input, generated from the table of limits: for every field of both resources the limit holds, and one
// beyond it is refused by name.
#include <algorithm>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"

#include "services/rpc/validate.h"
#include "tests/services/matching/resources/limit_changes.h"
#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using rpc::FieldLimit;
using Kind = FieldLimit::Kind;

// Tries every change of every field of `example`. `ask` checks a resource. Returns the rows that were used.
template <typename Resource>
std::set<std::string> TryAll(const Resource& example, const std::string& prefix,
                             const std::function<absl::Status(const Resource&)>& ask) {
  std::set<std::string> used;
  EXPECT_TRUE(ask(example).ok()) << ask(example);
  Resource shape = example;
  const std::vector<Site> sites = SitesOf(shape, prefix);
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const FieldLimit* row = RowFor(sites[i].field->full_name());
    // A create ignores them.
    if (row == nullptr || row->kind == Kind::kOutputOnly || sites[i].path == prefix + "name" ||
        sites[i].path == prefix + "etag") {
      continue;
    }
    used.insert(row->field);
    if (RowFor(std::string(row->field) + "[]") != nullptr) used.insert(std::string(row->field) + "[]");
    for (const Change& change : ChangesFor(sites[i], *row)) {
      SCOPED_TRACE(sites[i].path + ": " + change.what);
      Resource changed = example;
      change.apply(SitesOf(changed, prefix)[i]);
      const absl::Status status = ask(changed);
      const std::string wanted = change.path + ": " + change.fault;
      const auto faults = FaultsOf(status);
      const bool named = std::any_of(faults.begin(), faults.end(),
                                     [&](const auto& fault) { return absl::StartsWith(fault, wanted); });
      if (!change.fault.empty()) {
        EXPECT_TRUE(named) << status;
      } else if (!MeansNothingAtItsLimit(*sites[i].field)) {
        EXPECT_TRUE(status.ok()) << status;
      } else {
        EXPECT_FALSE(absl::StrContains(status.message(), "must have at most")) << status;
        EXPECT_FALSE(
            absl::StrContains(status.message(), change.path + ": must be " + std::to_string(row->min)));
      }
    }
  }
  return used;
}

// The rows of `types`, those apart that no client fills.
std::set<std::string> RowsOf(const std::set<std::string>& types) {
  std::set<std::string> rows;
  for (const FieldLimit& row : rpc::FieldLimits()) {
    const std::string field = row.field;
    const std::string type = field.substr(0, field.rfind('.'));
    if (types.count(type) > 0 && row.kind != Kind::kOutputOnly) rows.insert(field);
  }
  return rows;
}

constexpr char kVolunteerExample[] = R"(
    display_name: "Ann" date_of_birth { year: 1990 month: 1 day: 1 } travel_radius_m: 1 notes: "n"
    contact { given_name: "A" family_name: "L" email: "a@example.org" phone: "0123" postcode: "TN23 1PL"
              address_lines: "1 High Street" }
    skills { skill: "skills/cooking" level: 3 } causes: "causes/animal-welfare" languages: "en"
    availability { weekly { day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 } }
                   exceptions { start_time { seconds: 60 } end_time { seconds: 120 } kind: KIND_AWAY } }
    licences { kind: LICENCE_KIND_CAR expire_date { year: 2030 month: 1 day: 1 } }
    checks { level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_CHILDREN barred_lists: BARRED_LIST_CHILDREN
             issue_date { year: 2024 month: 1 day: 1 } expire_date { year: 2030 month: 1 day: 1 } seen_by: "S" }
    access_needs: "lift" placement_limit: 1 last_contact_time { seconds: 60 }
    consents { purpose: PURPOSE_CONTACT given_time { seconds: 60 } withdrawn_time { seconds: 120 } })";

constexpr char kOpportunityExample[] = R"(
    organisation: "organisations/x" title: "Cook" description: "d" sharing: SHARING_COUNTY
    skills { skill: "skills/cooking" level: 3 importance: 3 required: true } minimum_coverage_bp: 1 places: 1
    minimum_age: 18 maximum_age: 18 licences: LICENCE_KIND_CAR languages: "en" causes: "causes/animal-welfare"
    required_check { level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_CHILDREN
                     barred_lists: BARRED_LIST_CHILDREN
                     eligibility_basis: ELIGIBILITY_BASIS_REGULATED_ACTIVITY_CHILDREN }
    access_support: "lift" )";

TEST(Limits, EveryFieldOfAVolunteer) {
  MatchingWorld world;
  const Client client = world.Caseworker(kAshford);
  const auto ask = [&](const v1::Volunteer& volunteer) {
    v1::CreateVolunteerRequest request;
    request.set_parent(kAshford);
    request.set_validate_only(true);
    *request.mutable_volunteer() = volunteer;
    return client.Call(&Volunteers::CreateVolunteer, request).status();
  };
  std::set<std::string> used;
  for (const char* home : {"home { postcode: 'TN23 1PL' }", "home { latitude: 51.1 longitude: 0.9 }"}) {
    used.merge(TryAll<v1::Volunteer>(Parse<v1::Volunteer>(std::string(kVolunteerExample) + home),
                                     "volunteer.", ask));
  }
  const std::string common = "brokerage.common.v1.";
  const std::string matching = "brokerage.matching.v1.";
  std::set<std::string> rows =
      RowsOf({matching + "Volunteer", matching + "Contact", matching + "HeldSkill", matching + "Availability",
              matching + "AvailabilityException", matching + "Consent", common + "WeeklyWindow",
              common + "TimeOfDay", common + "Date", common + "Place", common + "HeldCheck",
              common + "HeldLicence"});
  rows.erase(matching + "Volunteer.name");
  rows.erase(matching + "Volunteer.etag");
  EXPECT_EQ(used, rows);
}

TEST(Limits, EveryFieldOfAnOpportunity) {
  MatchingWorld world;
  const Client client = world.Caseworker(kAshford);
  const auto ask = [&](const v1::Opportunity& opportunity) {
    v1::CreateOpportunityRequest request;
    request.set_parent(kAshford);
    request.set_validate_only(true);
    *request.mutable_opportunity() = opportunity;
    return client.Call(&Opportunities::CreateOpportunity, request).status();
  };
  const std::string window =
      "{ day_of_week: DAY_OF_WEEK_MONDAY start_time { hours: 9 } end_time { hours: 12 } }";
  std::set<std::string> used;
  for (const std::string& more :
       {"place { postcode: 'TN23 1PL' } schedule { weekly { windows " + window + " } }",
        "place { latitude: 51 longitude: 1 } schedule { flexible { minutes_per_week: 60 "
        "minimum_block_minutes: 30 windows " +
            window + " } }",
        std::string("remote: true schedule { dated { sessions { start_time { seconds: 60 } duration { "
                    "seconds: 60 } } "
                    "recurrence { dtstart { seconds: 60 } duration { seconds: 60 } rrule: 'FREQ=DAILY' "
                    "exdates { seconds: 60 } time_zone: 'Europe/London' } } }")}) {
    used.merge(
        TryAll<v1::Opportunity>(Parse<v1::Opportunity>(kOpportunityExample + more), "opportunity.", ask));
  }
  const std::string common = "brokerage.common.v1.";
  const std::string matching = "brokerage.matching.v1.";
  std::set<std::string> rows =
      RowsOf({matching + "Opportunity", matching + "WantedSkill", matching + "Schedule",
              matching + "WeeklySchedule", matching + "DatedSchedule", matching + "Session",
              matching + "Recurrence", matching + "FlexibleSchedule", common + "WeeklyWindow",
              common + "TimeOfDay", common + "Place", common + "RequiredCheck"});
  rows.erase(matching + "Opportunity.name");
  rows.erase(matching + "Opportunity.etag");
  EXPECT_EQ(used, rows);
}

}  // namespace
}  // namespace brokerage::matching

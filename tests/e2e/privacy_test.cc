// What a person told us appears in no log, no metric and no error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "tests/e2e/deployment.h"
#include "tests/e2e/scene.h"
#include "tests/support/processes.h"

namespace brokerage::e2e {
namespace {

using Volunteers = matching::v1::VolunteerService::Stub;

// Words that occur nowhere else; digits for fields that take only those.
const std::vector<std::string>& Marks() {
  static const auto& marks = *new std::vector<std::string>{
      "zyxdisplay", "zyxgiven", "zyxfamily", "zyxemail", "07700900461", "zyxphone", "zyxpost",
      "zyxaddress", "zyxnotes", "zyxseen",   "zyxneed",  "tn240xq",     "tn24 0xq", "1877"};
  return marks;
}

void ExpectNoMark(const std::string& text, const std::string& where) {
  const std::string folded = absl::AsciiStrToLower(text);
  for (const std::string& mark : Marks()) {
    const std::size_t at = folded.find(mark);
    EXPECT_EQ(at, std::string::npos) << mark << " in " << where << ": "
                                     << text.substr(
                                            at == std::string::npos ? 0 : at - std::min<std::size_t>(at, 100),
                                            200);
  }
}

matching::v1::Volunteer Marked() {
  auto volunteer = Helper("Zyxdisplay");
  *volunteer.mutable_contact() = FromText<matching::v1::Contact>(R"pb(
    given_name: "Zyxgiven"
    family_name: "Zyxfamily"
    email: "zyxemail@example.org"
    phone: "07700900461"
    postcode: "TN24 0XQ"
    address_lines: "1 Zyxaddress Road"
  )pb");
  volunteer.mutable_home()->set_postcode("TN24 0XQ");
  volunteer.set_travel_radius_m(10'000);
  volunteer.set_notes("Zyxnotes");
  *volunteer.add_checks() = FromText<common::v1::HeldCheck>(R"pb(
    level: CHECK_LEVEL_BASIC
    issue_date { year: 2025 month: 1 day: 1 }
    seen_by: "Zyxseen"
  )pb");
  return volunteer;
}

std::string Repeated(const std::string& mark, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += mark;
  return text;
}

// `good` with one field made wrong, the mark still in it.
std::vector<matching::v1::Volunteer> Faulty(const matching::v1::Volunteer& good) {
  std::vector<matching::v1::Volunteer> all;
  const auto with = [&](const auto& spoil) {
    all.push_back(good);
    spoil(all.back());
  };
  with([](auto& v) { v.set_display_name(Repeated("zyxdisplay", 300)); });
  with([](auto& v) { v.mutable_contact()->set_given_name(Repeated("zyxgiven", 300)); });
  with([](auto& v) { v.mutable_contact()->set_family_name(Repeated("zyxfamily", 300)); });
  with([](auto& v) { v.mutable_contact()->set_email(Repeated("zyxemail", 300)); });
  with([](auto& v) { v.mutable_contact()->set_email("zyxemail"); });
  with([](auto& v) { v.mutable_contact()->set_phone("zyxphone"); });
  with([](auto& v) { v.mutable_contact()->set_postcode("zyxpost"); });
  with([](auto& v) { v.mutable_contact()->set_address_lines(0, Repeated("zyxaddress", 300)); });
  with([](auto& v) { v.mutable_home()->set_postcode("zyxpost"); });
  with([](auto& v) { v.set_notes(Repeated("zyxnotes", 11'000)); });
  with([](auto& v) { v.add_access_needs("zyxneed"); });
  with([](auto& v) { v.mutable_checks(0)->set_seen_by(Repeated("zyxseen", 300)); });
  with([](auto& v) {
    v.mutable_date_of_birth()->set_year(1877);
    v.mutable_date_of_birth()->set_month(2);
    v.mutable_date_of_birth()->set_day(30);
  });
  return all;
}

std::string Metrics(const std::string& address) {
  const auto fetched = support::RunProgram(
      {"/usr/bin/curl", "-fsS", "--noproxy", "*", absl::StrCat("http://", address, "/metrics")});
  return fetched.ok() && fetched->ending.exit_code == 0 ? fetched->output : "";
}

TEST(Privacy, WhatAPersonToldUsIsInNoLogMetricOrError) {
  Deployment deployment;
  const absl::Status started = deployment.Start();
  ASSERT_TRUE(started.ok()) << started;
  const std::string lead = deployment.LeadToken();
  const Stubs stubs(deployment);

  const auto volunteer = AddSearching(stubs, lead, Marked());
  ASSERT_TRUE(volunteer.ok()) << volunteer.status();

  for (const matching::v1::Volunteer& faulty : Faulty(Marked())) {
    matching::v1::CreateVolunteerRequest create;
    create.set_parent(kCentre);
    *create.mutable_volunteer() = faulty;
    const auto created = Call(*stubs.volunteers, &Volunteers::CreateVolunteer, create, lead);
    if (!created.ok()) ExpectNoMark(created.status().ToString(), "an error of CreateVolunteer");
    matching::v1::UpdateVolunteerRequest update;
    *update.mutable_volunteer() = faulty;
    update.mutable_volunteer()->set_name(volunteer->name());
    const auto updated = Call(*stubs.volunteers, &Volunteers::UpdateVolunteer, update, lead);
    if (!updated.ok()) ExpectNoMark(updated.status().ToString(), "an error of UpdateVolunteer");
  }

  // What a caller looks for is personal too, where it comes to logs.
  for (const char* filter : {"display_name:\"zyxdisplay\"", "display_name:\"zyxdisplay", "zyxdisplay = 1"}) {
    matching::v1::ListVolunteersRequest list;
    list.set_parent(kCentre);
    list.set_filter(filter);
    (void)Call(*stubs.volunteers, &Volunteers::ListVolunteers, list, lead);
  }
  matching::v1::GetVolunteerRequest get;
  get.set_name("centres/ashford/volunteers/zyxdisplay");
  EXPECT_FALSE(Call(*stubs.volunteers, &Volunteers::GetVolunteer, get, lead).ok());
  get.set_name(volunteer->name());
  const auto without_token = Call(*stubs.volunteers, &Volunteers::GetVolunteer, get, "");
  ASSERT_FALSE(without_token.ok());
  ExpectNoMark(without_token.status().ToString(), "the error for a caller without a token");
  const auto organisation = AddOrganisation(stubs, lead, "Wye Lunch Club");
  ASSERT_TRUE(organisation.ok()) << organisation.status();
  ASSERT_TRUE(RolesFor(stubs, lead, volunteer->name(), organisation->consistency_token()).ok());

  for (const auto& [service, address] : {std::pair("registry", deployment.registry_metrics()),
                                         std::pair("matching", deployment.matching_metrics())}) {
    const std::string metrics = Metrics(address);
    EXPECT_TRUE(absl::StrContains(metrics, "brokerage_calls_total")) << service;
    ExpectNoMark(metrics, absl::StrCat("the metrics of ", service));
  }

  // A start reads every record.
  deployment.matching().Kill();
  ASSERT_TRUE(deployment.StartMatching().ok());
  EXPECT_TRUE(absl::StrContains(deployment.MatchingLog(), "call.refused"));
  ExpectNoMark(deployment.MatchingLog(), "the matching service's log");
  ExpectNoMark(deployment.RegistryLog(), "the registry's log");
}

}  // namespace
}  // namespace brokerage::e2e

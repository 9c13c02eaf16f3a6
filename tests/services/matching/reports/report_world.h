// A matching service with volunteers and roles in districts, and the question how those are covered.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "brokerage/matching/v1/report_service.grpc.pb.h"
#include "tests/services/matching/matches/match_world.h"
#include "tests/support/messages.h"

namespace brokerage::matching {

inline constexpr char kAshford[] = "centres/ashford";
inline constexpr char kDover[] = "centres/dover";

// In their districts, as far as those are told.
inline constexpr char kInAshford[] = "{ postcode: 'TN23 1PL' district: 'districts/E07000105' }";
inline constexpr char kInDover[] = "{ postcode: 'CT16 1AA' district: 'districts/E07000108' }";

using Coverage = absl::StatusOr<v1::GetDistrictCoverageResponse>;

inline Coverage Ask(const support::Client& client, const std::string& parent, const std::string& cause = "",
                    const std::string& skill = "") {
  v1::GetDistrictCoverageRequest request;
  request.set_parent(parent);
  request.set_cause(cause);
  request.set_skill(skill);
  return client.Call(&v1::ReportService::Stub::GetDistrictCoverage, request);
}

// 10:00 UTC on Monday, 15 June 2026.
inline constexpr int64_t kNow = 1'781'517'600;

class ReportTest : public ::testing::Test {
 protected:
  ReportTest() : world_(absl::FromUnixSeconds(kNow)) {}

  // Searching at home in Ashford, unless `more` says otherwise.
  void Volunteer(const std::string& name, const std::string& more = "") {
    auto volunteer = support::Parse<v1::Volunteer>(
        absl::StrCat("display_name: 'V' state: STATE_SEARCHING home ", kInAshford));
    Merge(more, volunteer);
    volunteer.set_name(name);
    world_.Put(volunteer);
  }
  // Open in Ashford with one place, unless `more` says otherwise.
  void Role(const std::string& name, const std::string& more = "") {
    auto role = support::Parse<v1::Opportunity>(
        absl::StrCat("title: 'R' state: STATE_OPEN organisation: 'organisations/o' place ", kInAshford));
    Merge(more, role);
    role.set_name(name);
    world_.Put(role);
  }

  MatchWorld world_;

 private:
  template <typename Message>
  static void Merge(const std::string& text, Message& message) {
    EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(text, &message)) << text;
  }
};

// "3 volunteers, 2 open, 5 places".
inline std::string Outline(const v1::Coverage& coverage) {
  return absl::StrCat(coverage.searching_volunteers(), " volunteers, ", coverage.open_opportunities(),
                      " open, ", coverage.open_places(), " places");
}

// Of the district with that code.
inline std::string In(const Coverage& coverage, const std::string& code) {
  if (!coverage.ok()) return coverage.status().ToString();
  for (const auto& district : coverage->districts()) {
    if (district.district() == "districts/" + code) return Outline(district.coverage());
  }
  return "no such district";
}

}  // namespace brokerage::matching

// The real files as they are: what becomes a record of ours, and what is refused, and why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "tests/real_data/dressing.h"
#include "tests/real_data/real_organisations.h"
#include "tests/real_data/real_roles.h"
#include "tests/support/shared_data.h"

namespace brokerage::real_data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

RealRoles Load() {
  const auto dressing = LoadDressing();
  EXPECT_TRUE(dressing.ok()) << dressing.status();
  auto roles = LoadRealRoles(testing::SharedDataPath(""), *dressing);
  EXPECT_TRUE(roles.ok()) << roles.status();
  return *std::move(roles);
}

const RefusedRow* FindRefused(const RealRoles& roles, const std::string& source, const std::string& id) {
  for (const RefusedRow& row : roles.refused) {
    if (row.source == source && row.id == id) return &row;
  }
  return nullptr;
}

TEST(RealFilesTest, RolesBecomeOpportunitiesOrAreRefusedWithTheReason) {
  SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
  const RealRoles roles = Load();
  std::map<std::string, int> taken;
  for (const RealRole& role : roles.roles) ++taken[role.source];
  std::map<std::string, int> refused;
  for (const RefusedRow& row : roles.refused) {
    ++refused[row.source];
    EXPECT_FALSE(row.reasons.empty()) << row.id;
  }
  EXPECT_EQ(taken["kent"], 10);
  EXPECT_EQ(refused["kent"], 0);
  EXPECT_EQ(taken["doit"], 96);
  EXPECT_EQ(refused["doit"], 4);
  EXPECT_EQ(taken["teamkinetic"], 100);
  EXPECT_EQ(refused["teamkinetic"], 25);
}

TEST(RealFilesTest, KnownDirtIsFound) {
  SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
  const RealRoles roles = Load();
  const auto reasons = [&roles](const std::string& source, const std::string& id) {
    const RefusedRow* row = FindRefused(roles, source, id);
    return row == nullptr ? std::vector<std::string>{"not refused"} : row->reasons;
  };
  EXPECT_THAT(reasons("doit", "644fca22a3c53c19c9b76a57"), ElementsAre("id: an earlier file has this role"));
  EXPECT_THAT(reasons("teamkinetic", "10261678"), ElementsAre("title: must not have control characters"));
  EXPECT_THAT(reasons("teamkinetic", "10239696"), ElementsAre("sessions: none is given"));
  EXPECT_THAT(reasons("teamkinetic", "10255310"), ElementsAre("sessions[0]: lasts 20 days; 7 is the most"));
}

TEST(RealFilesTest, RealSessionsAreKept) {
  SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
  const RealRoles roles = Load();
  std::map<std::string, int> sessions;
  for (const RealRole& role : roles.roles) {
    if (role.source == "teamkinetic") sessions[role.id] = role.opportunity.schedule().dated().sessions_size();
  }
  EXPECT_EQ(sessions["10262590"], 379);
  EXPECT_EQ(sessions["10201452"], 125);
  EXPECT_EQ(sessions["10261837"], 11);
}

TEST(RealFilesTest, KentCharitiesBecomeOrganisations) {
  SKIP_WITHOUT_SHARED_DATA("organisations/organisations_kent_charities.csv");
  const auto csv = base::ReadFile(testing::SharedDataPath("organisations/organisations_kent_charities.csv"));
  ASSERT_TRUE(csv.ok()) << csv.status();
  const auto charities = ReadCharities(*csv, *reference::ShippedPlaces(reference::KentDistricts()));
  ASSERT_TRUE(charities.ok()) << charities.status();
  EXPECT_THAT(charities->organisations, SizeIs(137));
  std::map<std::string, int> reasons;
  for (const RefusedRow& row : charities->refused) {
    ASSERT_THAT(row.reasons, SizeIs(1)) << row.id;
    ++reasons[row.reasons[0].substr(0, row.reasons[0].find(':'))];
  }
  // Two have left the register, seven are at home far from Kent.
  EXPECT_EQ(reasons["active"], 2);
  EXPECT_EQ(reasons["postcode"], 7);
  std::set<std::string> centres;
  int with_causes = 0;
  for (const RealOrganisation& charity : charities->organisations) {
    centres.insert(charity.organisation.centre());
    with_causes += charity.organisation.causes_size() > 0 ? 1 : 0;
  }
  EXPECT_THAT(centres, SizeIs(12));
  EXPECT_GT(with_causes, 70);
}

}  // namespace
}  // namespace brokerage::real_data

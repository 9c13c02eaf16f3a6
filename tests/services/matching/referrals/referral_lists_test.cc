// ListReferrals: pages, order, filters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using v1::Referral;

class ReferralLists : public ReferralTest {
 protected:
  std::vector<std::string> Names(const Client& client, const std::string& request) {
    const auto page = Ask(client, &Referrals::ListReferrals, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const Referral& referral : page->referrals()) names.push_back(referral.name());
    return names;
  }

  const std::string ann_ = world_.Volunteer(kAshford, "placement_limit: 3");
  const std::string role_ = world_.Role(kAshford);
  const std::string inside_ = world_.At(Referral::STAGE_PLACED, ann_, role_);
  const std::string to_dover_ = world_.At(Referral::STAGE_OFFERED, ann_, world_.Role(kDover));
  const std::string of_dover_ =
      world_.At(Referral::STAGE_DECLINED, world_.Volunteer(kDover), world_.Role(kDover));
};

TEST_F(ReferralLists, AreOfTheCentresRolesAndVolunteers) {
  EXPECT_THAT(Names(world_.Reader(kAshford), "parent: 'centres/ashford'"),
              UnorderedElementsAre(inside_, to_dover_));
  EXPECT_THAT(Names(world_.Reader(kDover), "parent: 'centres/dover'"),
              UnorderedElementsAre(to_dover_, of_dover_));
  EXPECT_THAT(Names(world_.Lead(), "parent: 'centres/-'"),
              UnorderedElementsAre(inside_, to_dover_, of_dover_));
  EXPECT_THAT(Names(world_.Lead(), "parent: 'centres/dover'"), UnorderedElementsAre(to_dover_, of_dover_));
  EXPECT_EQ(
      Outline(Ask(world_.Reader(kDover), &Referrals::ListReferrals, "parent: 'centres/ashford'").status()),
      "PERMISSION_DENIED PERMISSION_DENIED");
}

TEST_F(ReferralLists, AreFiltered) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> table = {
      {"stage = PLACED", {inside_}},
      {"stage != STAGE_PLACED AND live = true", {to_dover_}},
      {"live = false", {of_dover_}},
      {"volunteer = " + ann_, {inside_, to_dover_}},
      {"opportunity = " + role_, {inside_}},
      {"name = " + inside_, {inside_}},
      {"name = " + inside_ + " AND live = false", {}},
      {"name = " + inside_ + " AND centre = centres/dover", {}},
      {"name = " + role_, {}},
      {"live = true AND volunteer = " + ann_, {inside_, to_dover_}},
      {"stage = OFFERED AND volunteer : " + ann_, {to_dover_}},
      {"stage = DECLINED AND volunteer = " + ann_, {}},
      {"live = false AND volunteer = " + ann_, {}},
      {"live = true AND opportunity = " + role_, {inside_}},
      {"live = true AND opportunity = " + role_ + " AND volunteer = " + ann_, {inside_}},
      {"live = true AND opportunity = " + role_ + " AND centre = centres/dover", {}},
      {"live = true AND opportunity = centres/ashford/opportunities/none", {}},
      {"live = true AND opportunity = " + ann_, {}},
      {"name = " + inside_, {inside_}},
      {"name = " + inside_ + " AND live = false", {}},
      {"name = " + inside_ + " AND centre = centres/dover", {}},
      {"name = " + role_, {}},
      {"live = true AND volunteer = " + std::string(1'500, 'x'), {}},
      {"centre = " + std::string(1'500, 'x'), {}},
      {"centre = centres/dover", {to_dover_, of_dover_}},
      {"create_time < 2026-06-15T10:00:01Z AND update_time >= 2026-06-15T10:00:00Z",
       {inside_, to_dover_, of_dover_}},
      {"create_time > 2026-06-15T10:00:00Z", {}},
  };
  for (const auto& [filter, names] : table) {
    EXPECT_THAT(Names(world_.Lead(), "parent: 'centres/-' filter: '" + filter + "'"),
                ::testing::UnorderedElementsAreArray(names))
        << filter;
  }
  EXPECT_THAT(FaultsOf(Ask(world_.Lead(), &Referrals::ListReferrals,
                           "parent: 'centres/-' filter: 'note = x' order_by: 'stage' page_size: -1")
                           .status()),
              ElementsAre(::testing::StartsWith("page_size: "), ::testing::StartsWith("filter: "),
                          ::testing::StartsWith("order_by: ")));
}

TEST_F(ReferralLists, ComeInPagesInTheOrderAskedFor) {
  world_.clock.Advance(absl::Hours(1));
  world_.Done("AddNote", to_dover_);
  std::vector<std::string> paged;
  std::string token;
  do {
    const auto page =
        Ask(world_.Lead(), &Referrals::ListReferrals,
            "parent: 'centres/-' page_size: 1 order_by: 'update_time desc' page_token: '" + token + "'");
    ASSERT_TRUE(page.ok()) << page.status();
    ASSERT_EQ(page->referrals_size(), 1);
    EXPECT_FALSE(page->referrals(0).etag().empty());
    paged.push_back(page->referrals(0).name());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_EQ(paged.front(), to_dover_);
  EXPECT_THAT(paged, UnorderedElementsAre(inside_, to_dover_, of_dover_));
}

}  // namespace
}  // namespace brokerage::matching

// Worlds of many leaves of roles, which split, empty and are moved between: what a volunteer is shown equals
// what scoring every visible pair shows, after every kind of change.
#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/matcher/columnar/beside_plain.h"

namespace brokerage::matcher {
namespace {

constexpr int kOpportunities = 6'000;
constexpr int kRounds = 30;
constexpr int kQueriesPerRound = 6;

class ManyRoles : public BesidePlain {
 protected:
  ManyRoles() : BesidePlain(RandomWorld(GetParam(), 0, kOpportunities)) {}

  void CheckQueries() {
    const auto view = columnar_->Pin();
    const auto plain = plain_->Pin();
    for (int i = 0; i < kQueriesPerRound && !HasFatalFailure(); ++i) {
      const VolunteerFacts volunteer = world_.AVolunteer();
      CheckQuery(*view, *plain,
                 OpportunitiesFor{&volunteer, world_.SomeVisibility(), world_.Chance(10), world_.Chance(20)});
    }
  }
};

TEST_P(ManyRoles, AnswerAsIfEachWasAsked) {
  Publish(world_.Populate());
  for (int round = 0; round < kRounds && !HasFatalFailure(); ++round) {
    CheckQueries();
    Disturb(60);
  }
  EXPECT_GT(matches_, 500u);
}

TEST_P(ManyRoles, LeavesGoWithTheirLastRole) {
  const std::vector<Change> populated = world_.Populate();
  Publish(populated);
  std::vector<Change> gone;
  for (const Change& change : populated) {
    if (const auto* upsert = std::get_if<UpsertOpportunity>(&change))
      gone.push_back(RemoveOpportunity{upsert->facts.name});
  }
  constexpr std::size_t kAtOnce = 700;
  for (std::size_t begin = 0; begin < gone.size() && !HasFatalFailure(); begin += kAtOnce) {
    const std::size_t end = std::min(begin + kAtOnce, gone.size());
    Publish(
        {gone.begin() + static_cast<std::ptrdiff_t>(begin), gone.begin() + static_cast<std::ptrdiff_t>(end)});
    CheckQueries();
  }
  EXPECT_EQ(columnar_->Pin()->size().opportunities, 0);
  // And there is room for others where they were.
  Publish(populated);
  CheckQueries();
}

TEST_P(ManyRoles, AViewKeepsItsRoles) {
  Publish(world_.Populate());
  const auto old_view = columnar_->Pin();
  const auto old_plain = plain_->Pin();
  for (int round = 0; round < 3; ++round) Disturb(300);
  for (int i = 0; i < 20 && !HasFatalFailure(); ++i) {
    const VolunteerFacts volunteer = world_.AVolunteer();
    CheckQuery(*old_view, *old_plain, OpportunitiesFor{&volunteer, world_.SomeVisibility(), false, true});
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyRoles, testing::Range<uint64_t>(1, 4));

}  // namespace
}  // namespace brokerage::matcher

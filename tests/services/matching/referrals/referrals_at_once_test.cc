// Several people at once: one of them wins.
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {
namespace {

using v1::Referral;

constexpr int kCallers = 8;

// Calls `act` of each number on as many threads. Answers how many succeeded; what did not was told that
// someone was before them, or to try again.
template <typename Act>
int HowManySucceed(const Act& act) {
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kCallers; ++i) {
      threads.emplace_back([&, i] {
        const absl::Status status = act(i);
        if (status.ok()) ++done;
        EXPECT_TRUE(status.ok() || status.code() == absl::StatusCode::kAborted ||
                    status.code() == absl::StatusCode::kFailedPrecondition)
            << status;
      });
    }
  }
  return done;
}

using ReferralsAtOnce = ReferralTest;

TEST_F(ReferralsAtOnce, OfOnePairOneIsBegun) {
  for (int round = 0; round < 5; ++round) {
    const std::string volunteer = world_.Volunteer(kAshford);
    const std::string role = world_.Role(kDover);
    const std::vector<Client> clients = {world_.Caseworker(kAshford), world_.Caseworker(kDover)};
    EXPECT_EQ(HowManySucceed([&](int i) {
                v1::ShortlistVolunteerRequest request;
                request.set_parent(i % 2 == 0 ? kAshford : kDover);
                request.set_volunteer(volunteer);
                request.set_opportunity(role);
                return clients[static_cast<std::size_t>(i % 2)]
                    .Call(&Referrals::ShortlistVolunteer, request)
                    .status();
              }),
              1);
    EXPECT_EQ(
        world_.Read<storage::v1::OpportunityReferrals>(storage::kOpportunityReferrals, role).live_size(), 1);
  }
}

TEST_F(ReferralsAtOnce, OfOneStepTakenByManyOneHappens) {
  for (const char* method : {"OfferReferral", "IntroduceVolunteer", "PlaceVolunteer", "EndPlacement"}) {
    const ReferralStep& step = ReferralStepOf(method);
    const std::string role = world_.Role(kAshford);
    const std::string name = world_.At(step.from.front(), world_.Volunteer(kAshford), role);
    const Client lead = world_.Lead();
    EXPECT_EQ(HowManySucceed([&](int) { return Take(lead, method, name).status(); }), 1) << method;
    const int filled = world_.RoleAt(role).places_filled();
    EXPECT_EQ(filled, std::string(method) == "PlaceVolunteer" ? 1 : 0);
  }
}

TEST_F(ReferralsAtOnce, TheLastPlaceIsTakenOnce) {
  const std::string role = world_.Role(kAshford, "places: 1");
  std::vector<std::string> names;
  for (int i = 0; i < kCallers; ++i)
    names.push_back(world_.At(Referral::STAGE_ACKNOWLEDGED, world_.Volunteer(kAshford), role));
  const Client lead = world_.Lead();
  EXPECT_EQ(HowManySucceed([&](int i) {
              return Take(lead, "PlaceVolunteer", names[static_cast<std::size_t>(i)]).status();
            }),
            1);
  EXPECT_EQ(world_.RoleAt(role).places_filled(), 1);
}

TEST_F(ReferralsAtOnce, TheLastOfABudgetIsSpentOnce) {
  const std::string volunteer = world_.Volunteer(kAshford);
  std::vector<std::string> names;
  for (int i = 0; i < kCallers; ++i)
    names.push_back(world_.At(Referral::STAGE_SHORTLISTED, volunteer, world_.Role(kAshford)));
  const Client lead = world_.Lead();
  EXPECT_EQ(HowManySucceed([&](int i) {
              const std::string& name = names[static_cast<std::size_t>(i)];
              absl::Status status = Take(lead, "OfferReferral", name).status();
              while (status.code() == absl::StatusCode::kAborted)
                status = Take(lead, "OfferReferral", name).status();
              return status;
            }),
            base::kDefaultOutreachBudget);
}

TEST_F(ReferralsAtOnce, NoneBeginsWithARoleThatCloses) {
  for (int round = 0; round < 5; ++round) {
    const std::string role = world_.Role(kAshford);
    std::vector<std::string> volunteers;
    for (int i = 0; i < kCallers; ++i) volunteers.push_back(world_.Volunteer(kAshford));
    const Client manager = world_.Manager(kAshford);
    HowManySucceed([&](int i) {
      if (i == kCallers / 2) {
        absl::Status closed;
        do {
          closed = Ask(manager, &Opportunities::CloseOpportunity, "name: '" + role + "'").status();
        } while (closed.code() == absl::StatusCode::kAborted);
        return closed;
      }
      v1::ShortlistVolunteerRequest request;
      request.set_parent(kAshford);
      request.set_volunteer(volunteers[static_cast<std::size_t>(i)]);
      request.set_opportunity(role);
      return manager.Call(&Referrals::ShortlistVolunteer, request).status();
    });
    const auto all = Ask(world_.Lead(), &Referrals::ListReferrals,
                         "parent: 'centres/-' filter: 'live = true AND opportunity = " + role + "'");
    ASSERT_TRUE(all.ok()) << all.status();
    EXPECT_EQ(all->referrals_size(), 0);
  }
}

}  // namespace
}  // namespace brokerage::matching

// Publishers and readers at once. Runs under ThreadSanitizer; counts of rounds, not the clock, end it.
#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/matcher/index_kinds.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

constexpr uint64_t kEpoch = 3;
constexpr uint64_t kRevisions = 300;
constexpr int kVolunteers = 60;
const Visibility kLead{"centres/ashford", true};

// Every revision moves every volunteer to the same radius, so that one view never shows two revisions.
uint32_t RadiusAt(uint64_t sequence) { return static_cast<uint32_t>(2'000 + sequence); }

std::vector<Change> WorldAt(uint64_t sequence) {
  std::vector<Change> changes;
  changes.push_back(SetOrganisation{"organisations/kitchen", OrganisationStanding::kActive});
  for (int i = 0; i < kVolunteers; ++i) {
    VolunteerFacts facts = MatchingSituation().volunteer;
    facts.name = absl::StrCat("centres/ashford/volunteers/v", i);
    facts.travel_radius_m = RadiusAt(sequence);
    changes.push_back(UpsertVolunteer{facts});
  }
  // One comes and goes.
  VolunteerFacts guest = MatchingSituation().volunteer;
  guest.name = "centres/ashford/volunteers/guest";
  guest.travel_radius_m = RadiusAt(sequence);
  if (sequence % 2 == 0) {
    changes.push_back(UpsertVolunteer{guest});
  } else {
    changes.push_back(RemoveVolunteer{guest.name});
  }
  return changes;
}

// Whether a view holds exactly one revision's world.
void CheckView(const View& view) {
  OpportunityFacts role = MatchingSituation().opportunity;
  role.place = North(1'000);
  const uint64_t sequence = view.revision().sequence;
  const int64_t radius = RadiusAt(sequence);
  const int64_t part = (2 * 1'000'000 * (radius - 1'000) + radius) / (2 * radius);
  const VolunteersFor query{&role, kLead, false, true};
  const MatchList list = view.TopK(query, TestMoment(), Weights(), 1'000, std::nullopt);
  const std::size_t expected = kVolunteers + (sequence % 2 == 0 ? 1 : 0);
  ASSERT_EQ(list.matches.size(), expected) << sequence;
  for (const Match& match : list.matches) ASSERT_EQ(match.pair.parts.location, part) << sequence;
}

class IndexConcurrency : public testing::TestWithParam<IndexKind> {};

TEST_P(IndexConcurrency, ReadersSeeWholeRevisionsInOrder) {
  const auto index = GetParam().make(TestWorld());
  index->Publish(WorldAt(1), {kEpoch, 1});
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    for (uint64_t sequence = 2; sequence <= kRevisions; ++sequence)
      index->Publish(WorldAt(sequence), {kEpoch, sequence});
  });
  for (int reader = 0; reader < 3; ++reader) {
    threads.emplace_back([&] {
      uint64_t last = 0;
      while (last < kRevisions && !testing::Test::HasFatalFailure()) {
        const auto view = index->Pin();
        ASSERT_GE(view->revision().sequence, last);
        last = view->revision().sequence;
        CheckView(*view);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(index->Pin()->revision(), (Revision{kEpoch, kRevisions}));
}

TEST_P(IndexConcurrency, WaitersWakeWhenTheirRevisionCanBePinned) {
  const auto index = GetParam().make(TestWorld());
  index->Publish({}, {kEpoch, 1});
  const auto far = std::chrono::steady_clock::now() + std::chrono::hours(1);
  std::vector<std::thread> threads;
  std::atomic<int> reached = 0;
  for (uint64_t waiter = 0; waiter < 4; ++waiter) {
    threads.emplace_back([&, waiter] {
      for (uint64_t sequence = 1 + waiter; sequence <= kRevisions; sequence += 4) {
        ASSERT_EQ(index->WaitFor({kEpoch, sequence}, far), WaitResult::kReached);
        ASSERT_GE(index->Pin()->revision().sequence, sequence);
        ++reached;
      }
    });
  }
  threads.emplace_back([&] {
    for (uint64_t sequence = 2; sequence <= kRevisions; ++sequence) index->Publish({}, {kEpoch, sequence});
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(reached, static_cast<int>(kRevisions));
}

TEST_P(IndexConcurrency, AnotherEpochWakesWaitersToo) {
  const auto index = GetParam().make(TestWorld());
  index->Publish({}, {kEpoch, 1});
  const auto far = std::chrono::steady_clock::now() + std::chrono::hours(1);
  std::thread waiter([&] { EXPECT_EQ(index->WaitFor({kEpoch, 5}, far), WaitResult::kOtherEpoch); });
  index->Publish({}, {kEpoch + 1, 9});
  waiter.join();
}

INSTANTIATE_TEST_SUITE_P(Kinds, IndexConcurrency, testing::ValuesIn(IndexKinds()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace brokerage::matcher

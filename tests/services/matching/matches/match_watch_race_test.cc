// Writers publish while watchers follow, break off and resume: what each has been told makes what a fresh
// question is answered.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/services/matching/matches/match_service_fixture.h"
#include "tests/services/matching/matches/match_watcher.h"

namespace brokerage::matching {
namespace {

constexpr int kWriters = 3;
constexpr int kRounds = 40;
constexpr int kVolunteersOfAWriter = 6;

class MatchWatchRace : public MatchServiceTest {
 protected:
  // Each writer moves its own volunteers about, and has some away.
  void Write(int writer) {
    for (int round = 0; round < kRounds; ++round) {
      const int one = (writer + round * 5) % kVolunteersOfAWriter;
      auto volunteer = Parse<v1::Volunteer>(VolunteerText(kAshford, absl::StrCat("w", writer, "-", one),
                                                          300 + 977 * ((round * 7 + writer) % 19)));
      if (round % 4 == 3) volunteer.set_state(v1::Volunteer::STATE_ON_BREAK);
      world_.Put(volunteer);
    }
  }
};

TEST_F(MatchWatchRace, DifferencesOverTheSnapshotMakeTheList) {
  const std::vector<int> limits = {3, 9, 50};
  std::atomic<uint64_t> target{0};
  std::vector<KnownMatches> known(limits.size());
  std::vector<std::thread> threads;
  const support::Client client = world_.Reader(kAshford);
  for (std::size_t i = 0; i < limits.size(); ++i) {
    threads.emplace_back([&, i] {
      v1::WatchMatchesRequest request;
      request.set_parent(kAshford);
      request.set_opportunity(kRole);
      request.set_limit(limits[i]);
      for (int stream = 0;; ++stream) {
        MatchWatcher watcher(client, request, known[i]);
        // Now and then it breaks off and resumes.
        for (int told = 0; told < 4 + static_cast<int>(i) * 3 || target > 0; ++told) {
          const auto response = watcher.Read();
          ASSERT_TRUE(response.has_value()) << watcher.Finish();
          ASSERT_TRUE(stream > 0 || told > 0 || response->has_snapshot());
          if (target == 0 || SequenceOf(response->index_revision()) < target) continue;
          known[i] = watcher.known();
          return;
        }
        known[i] = watcher.known();
        request.set_resume_revision(watcher.revision());
      }
    });
  }
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([this, writer] { Write(writer); });
  }
  for (std::thread& writer : writers) writer.join();
  // Nothing is written after this; who has heard of it has heard all.
  target = SequenceOf(PutVolunteer(kAshford, "last", 200));
  for (std::thread& thread : threads) thread.join();

  for (std::size_t i = 0; i < limits.size(); ++i) {
    SCOPED_TRACE(limits[i]);
    auto request = Request();
    request.set_page_size(limits[i]);
    const auto fresh = Match(client, request);
    ASSERT_TRUE(fresh.ok()) << fresh.status();
    EXPECT_EQ(known[i].more, !fresh->next_page_token().empty());
    const auto matches = known[i].InOrder();
    ASSERT_EQ(static_cast<int>(matches.size()), fresh->matches_size());
    for (int at = 0; at < fresh->matches_size(); ++at) {
      EXPECT_EQ(matches[static_cast<std::size_t>(at)].DebugString(), fresh->matches(at).DebugString());
    }
  }
}

}  // namespace
}  // namespace brokerage::matching

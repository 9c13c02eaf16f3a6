// SIGKILL under load: nothing that was acknowledged is lost, nothing is half done, and what is kept in memory
// is built again as it was.
#include <chrono>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/e2e/books.h"
#include "tests/e2e/cycles.h"
#include "tests/e2e/deployment.h"
#include "tests/e2e/writers.h"

namespace brokerage::e2e {
namespace {

constexpr int kWriters = 8;
// How many writes are acknowledged before a kill.
constexpr int kLeastWrites = 10;
constexpr int kMostWrites = 200;

class Kill : public ::testing::Test {
 protected:
  Kill() : random_(Seed()) {
    for (int i = 0; i < kWriters; ++i) writers_.emplace_back(random_());
  }

  void StartBoth() {
    const absl::Status started = deployment_.Start();
    ASSERT_TRUE(started.ok()) << started;
    lead_ = deployment_.LeadToken();
  }

  int Random(int least, int most) { return std::uniform_int_distribution(least, most)(random_); }

  // Lets every writer write into the book that `book_of` gives it, and kills `victim` after a random number
  // of acknowledged writes.
  void KillUnderWriters(support::Process& victim, const std::function<const Book&(int)>& book_of) {
    const int writes = Random(kLeastWrites, kMostWrites);
    std::atomic<int> acknowledged{0};
    std::atomic<int> writing{kWriters};
    std::vector<absl::Status> statuses(kWriters);
    std::vector<std::thread> threads;
    for (int i = 0; i < kWriters; ++i) {
      threads.emplace_back([&, i] {
        statuses[i] = writers_[i].WriteUntilLost(book_of(i), acknowledged);
        --writing;
      });
    }
    while (acknowledged < writes && writing == kWriters)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    victim.Kill();
    for (std::thread& thread : threads) thread.join();
    for (const absl::Status& status : statuses) ASSERT_TRUE(status.ok()) << status;
  }

  // Checks `book`, into which the writers wrote for which `wrote_into` holds.
  void Check(const Book& book, const std::function<bool(int)>& wrote_into) {
    auto listed = book.List();
    ASSERT_TRUE(listed.ok()) << listed.status();
    const absl::Status before = book.CompareIndex(*listed);
    EXPECT_TRUE(before.ok()) << before;
    auto unaccounted = *listed;
    for (int i = 0; i < kWriters; ++i) {
      if (!wrote_into(i)) continue;
      const absl::Status accounted = writers_[i].Account(unaccounted);
      EXPECT_TRUE(accounted.ok()) << accounted;
    }
    // What is left over came from creations whose answer was lost: sending them again finds the same records.
    for (int i = 0; i < kWriters; ++i) {
      if (!wrote_into(i)) continue;
      const absl::Status resolved = writers_[i].Resolve(book, *listed);
      EXPECT_TRUE(resolved.ok()) << resolved;
    }
    const auto after = book.List();
    ASSERT_TRUE(after.ok()) << after.status();
    EXPECT_EQ(*after, *listed);
    auto rest = *after;
    for (int i = 0; i < kWriters; ++i) {
      if (wrote_into(i)) {
        EXPECT_TRUE(writers_[i].Account(rest).ok());
      }
    }
    EXPECT_THAT(rest, ::testing::IsEmpty());
  }

  std::mt19937_64 random_;
  Deployment deployment_;
  std::string lead_;
  std::vector<Writer> writers_;
};

TEST_F(Kill, MatchingUnderWriters) {
  StartBoth();
  const auto organisation = AddOrganisation(Stubs(deployment_), lead_, "Body 1");
  ASSERT_TRUE(organisation.ok()) << organisation.status();
  for (int cycle = 0, cycles = Cycles(4); cycle < cycles; ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle));
    const Stubs stubs(deployment_);
    const auto volunteers = VolunteerBook(stubs, lead_);
    const auto roles = OpportunityBook(stubs, lead_, organisation->name());
    const auto writes_volunteers = [](int writer) { return writer % 2 == 0; };
    const auto writes_roles = [](int writer) { return writer % 2 != 0; };
    ASSERT_NO_FATAL_FAILURE(KillUnderWriters(deployment_.matching(), [&](int writer) -> const Book& {
      return writes_volunteers(writer) ? *volunteers : *roles;
    }));
    const absl::Status started = deployment_.StartMatching();
    ASSERT_TRUE(started.ok()) << started;
    ASSERT_NO_FATAL_FAILURE(Check(*volunteers, writes_volunteers));
    ASSERT_NO_FATAL_FAILURE(Check(*roles, writes_roles));
    ASSERT_FALSE(HasFailure());
  }
}

TEST_F(Kill, RegistryUnderWriters) {
  StartBoth();
  for (int cycle = 0, cycles = Cycles(4); cycle < cycles; ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle));
    const Stubs stubs(deployment_);
    const auto organisations = OrganisationBook(stubs, lead_);
    ASSERT_NO_FATAL_FAILURE(
        KillUnderWriters(deployment_.registry(), [&](int) -> const Book& { return *organisations; }));
    const absl::Status started = deployment_.StartRegistry();
    ASSERT_TRUE(started.ok()) << started;
    ASSERT_NO_FATAL_FAILURE(Check(*organisations, [](int) { return true; }));
    ASSERT_FALSE(HasFailure());
  }
}

}  // namespace
}  // namespace brokerage::e2e

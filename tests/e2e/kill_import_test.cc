// SIGKILL while the command line imports a file: running the same command again finishes it, and nothing is
// there twice.
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/files.h"
#include "tests/e2e/books.h"
#include "tests/e2e/cycles.h"
#include "tests/e2e/deployment.h"
#include "tests/e2e/scene.h"

namespace brokerage::e2e {
namespace {

using ::testing::Each;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr int kRows = 120;

class KillDuringImport : public ::testing::Test {
 protected:
  KillDuringImport() : random_(Seed()) {}

  void StartBoth() {
    const absl::Status started = deployment_.Start();
    ASSERT_TRUE(started.ok()) << started;
    lead_ = deployment_.LeadToken();
  }

  std::vector<std::string> ImportCommand(const std::string& kind, const std::string& file) const {
    return {CliProgram(),
            kind,
            "import",
            file,
            "--matching",
            deployment_.matching_address(),
            "--registry",
            deployment_.registry_address(),
            "--credential-file",
            deployment_.lead_token_file(),
            "--centre",
            "ashford"};
  }

  // Imports `text`, kills with `kill` once `count` has grown by a random number of rows, and imports again
  // until it is done. `count` answers how many records there are.
  void ImportUnderFire(const std::string& kind, const std::string& text,
                       const std::function<int64_t()>& count,
                       const std::function<void(support::Process& import)>& kill) {
    const std::string file = deployment_.folder() + "/import.csv";
    ASSERT_TRUE(base::WriteFileAtomically(file, text).ok());
    const int64_t before = count();
    const int64_t rows = std::uniform_int_distribution(1, kRows - 1)(random_);
    auto import = support::Process::Start(ImportCommand(kind, file), deployment_.folder() + "/import.log");
    ASSERT_TRUE(import.ok()) << import.status();
    while ((*import)->Running() && count() < before + rows) {
    }
    kill(**import);
    ASSERT_TRUE((*import)->Wait().ok());
    const auto again = support::RunProgram(ImportCommand(kind, file));
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_EQ(again->ending.exit_code, 0) << again->output << again->errors;
    EXPECT_EQ(count(), before + kRows);
  }

  // In turn the service and the import itself: either may be what is lost.
  std::function<void(support::Process&)> Victim(int cycle, support::Process& service,
                                                const std::function<absl::Status()>& restart) {
    return [cycle, &service, restart](support::Process& import) {
      if (cycle % 2 != 0) return import.Kill();
      service.Kill();
      const absl::Status restarted = restart();
      EXPECT_TRUE(restarted.ok()) << restarted;
    };
  }

  std::mt19937_64 random_;
  Deployment deployment_;
  std::string lead_;
};

TEST_F(KillDuringImport, OfVolunteers) {
  StartBoth();
  const auto count = [&]() -> int64_t {
    const Stubs stubs(deployment_);
    const auto status = Call(*stubs.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
                             matching::v1::GetStatusRequest(), lead_);
    EXPECT_TRUE(status.ok()) << status.status();
    return status.ok() ? status->volunteer_count() : kRows * 1'000'000;
  };
  std::map<std::string, int> seen;
  for (int cycle = 0, cycles = Cycles(1); cycle < cycles; ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle));
    std::string text = "display_name,phone,accepts_remote,availability,state\n";
    for (int row = 0; row < kRows; ++row) {
      absl::StrAppend(&text, "Helper ", cycle, "-", row, ",01233 555000,yes,Tue 18:00-21:00,searching\n");
    }
    ASSERT_NO_FATAL_FAILURE(
        ImportUnderFire("volunteers", text, count,
                        Victim(cycle, deployment_.matching(), [&] { return deployment_.StartMatching(); })));

    const Stubs stubs(deployment_);
    seen.clear();
    std::map<std::string, BookEntry> listed;
    matching::v1::ListVolunteersRequest list;
    list.set_parent(kCentre);
    list.set_page_size(1'000);
    do {
      const auto page =
          Call(*stubs.volunteers, &matching::v1::VolunteerService::Stub::ListVolunteers, list, lead_);
      ASSERT_TRUE(page.ok()) << page.status();
      for (const auto& volunteer : page->volunteers()) {
        ++seen[volunteer.display_name()];
        EXPECT_EQ(volunteer.state(), matching::v1::Volunteer::STATE_SEARCHING) << volunteer.name();
        listed[volunteer.name()].step = 2;
      }
      list.set_page_token(page->next_page_token());
    } while (!list.page_token().empty());
    EXPECT_THAT(seen, SizeIs(static_cast<std::size_t>(kRows * (cycle + 1))));
    EXPECT_THAT(seen, Each(Pair(::testing::_, 1)));
    const absl::Status index = VolunteerBook(stubs, lead_)->CompareIndex(listed);
    EXPECT_TRUE(index.ok()) << index;
    ASSERT_FALSE(HasFailure());
  }
}

TEST_F(KillDuringImport, OfOrganisations) {
  StartBoth();
  const auto count = [&]() -> int64_t {
    const Stubs stubs(deployment_);
    const auto status = Call(*stubs.registry_admin, &registry::v1::AdminService::Stub::GetStatus,
                             registry::v1::GetStatusRequest(), lead_);
    EXPECT_TRUE(status.ok()) << status.status();
    return status.ok() ? status->organisation_count() : kRows * 1'000'000;
  };
  std::map<std::string, int> seen;
  for (int cycle = 0, cycles = Cycles(1); cycle < cycles; ++cycle) {
    SCOPED_TRACE(absl::StrCat("cycle ", cycle));
    std::string text = "display_name,kind\n";
    for (int row = 0; row < kRows; ++row) absl::StrAppend(&text, "Body ", cycle, "-", row, ",charity\n");
    ASSERT_NO_FATAL_FAILURE(
        ImportUnderFire("organisations", text, count,
                        Victim(cycle, deployment_.registry(), [&] { return deployment_.StartRegistry(); })));

    const Stubs stubs(deployment_);
    seen.clear();
    std::map<std::string, BookEntry> listed;
    registry::v1::ListOrganisationsRequest list;
    list.set_page_size(1'000);
    do {
      const auto page = Call(*stubs.organisations,
                             &registry::v1::OrganisationService::Stub::ListOrganisations, list, lead_);
      ASSERT_TRUE(page.ok()) << page.status();
      for (const auto& organisation : page->organisations()) {
        ++seen[organisation.display_name()];
        listed[organisation.name()] = {};
      }
      list.set_page_token(page->next_page_token());
    } while (!list.page_token().empty());
    EXPECT_THAT(seen, SizeIs(static_cast<std::size_t>(kRows * (cycle + 1))));
    EXPECT_THAT(seen, Each(Pair(::testing::_, 1)));
    const absl::Status index = OrganisationBook(stubs, lead_)->CompareIndex(listed);
    EXPECT_TRUE(index.ok()) << index;
    ASSERT_FALSE(HasFailure());
  }
}

}  // namespace
}  // namespace brokerage::e2e

#include "tests/support/processes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace brokerage::support {
namespace {

TEST(Processes, AnEndingIsTold) {
  const TemporaryFolder folder("test");
  auto good = Process::Start({"/bin/sh", "-c", "echo heard; echo also >&2; exit 3"}, folder.path() + "/log");
  ASSERT_TRUE(good.ok()) << good.status();
  const auto ending = (*good)->Wait();
  ASSERT_TRUE(ending.ok()) << ending.status();
  EXPECT_EQ(ending->exit_code, 3);
  EXPECT_EQ(ending->signal, 0);
  EXPECT_EQ(*base::ReadFile(folder.path() + "/log"), "heard\nalso\n");
}

TEST(Processes, AKilledOneIsGone) {
  const TemporaryFolder folder("test");
  auto sleeper = Process::Start({"/bin/sleep", "1000"}, folder.path() + "/log");
  ASSERT_TRUE(sleeper.ok()) << sleeper.status();
  EXPECT_TRUE((*sleeper)->Running());
  (*sleeper)->Kill();
  EXPECT_FALSE((*sleeper)->Running());
  EXPECT_EQ((*sleeper)->Wait()->signal, SIGKILL);
}

TEST(Processes, AnOutcomeKeepsItsOutputsApart) {
  const auto outcome = RunProgram({"/bin/sh", "-c", "pwd; echo wrong >&2"});
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->ending.exit_code, 0);
  EXPECT_NE(outcome->output, "");
  EXPECT_EQ(outcome->errors, "wrong\n");
}

TEST(Processes, PortsAreNotGivenTwice) {
  const int first = FreePorts(3);
  const int second = FreePorts(3);
  EXPECT_GE(first, 20'000);
  EXPECT_LT(first + 2, 32'768);
  EXPECT_GE(std::abs(first - second), 3);
}

}  // namespace
}  // namespace brokerage::support

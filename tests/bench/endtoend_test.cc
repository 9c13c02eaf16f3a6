// What is asked over the network, and what is made of the answers' times.
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "bench/endtoend/county.h"
#include "bench/endtoend/drive.h"
#include "bench/endtoend/servers.h"
#include "bench/endtoend/shares.h"

namespace brokerage::bench {
namespace {

using testing::HasSubstr;

constexpr std::chrono::hours kPatience{1};

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

class EndToEnd : public testing::Test {
 protected:
  EndToEnd() { std::filesystem::remove_all(folder_); }
  ~EndToEnd() override {
    servers_.reset();
    std::filesystem::remove_all(folder_);
  }

  void SetUp() override {
    auto servers = ServeCounty({folder_, 300, false}, now_);
    ASSERT_TRUE(servers.ok()) << servers.status();
    servers_ = *std::move(servers);
    ASSERT_GT(questions_.size(), 100u);
  }

  const absl::Time now_ = absl::Now();
  // Each test its own: they run at once.
  const std::string folder_ = absl::StrCat(testing::TempDir(), "/endtoend_test.",
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
  std::vector<Asking> questions_ = QuestionsOfCounty(now_);
  std::unique_ptr<Serving> servers_;
};

TEST_F(EndToEnd, EveryQuestionIsAnsweredAndTheEchoSaysAsMuch) {
  const Limits once{static_cast<int64_t>(questions_.size()), kPatience};
  const auto service = DriveWith(Connect(servers_->addresses().at(0)), questions_, 0, 4, once);
  ASSERT_TRUE(service.ok()) << service.status();
  const auto echo = DriveWith(Connect(servers_->addresses().at(1)), questions_, 7, 4, once);
  ASSERT_TRUE(echo.ok()) << echo.status();
  EXPECT_EQ(service->calls, once.calls);
  EXPECT_EQ(service->microseconds.size(), questions_.size());
  EXPECT_EQ(echo->calls, once.calls);
  EXPECT_GT(service->response_bytes / service->calls, 100) << "there are matches";
  // The name and the length of the one field.
  EXPECT_NEAR(static_cast<double>(echo->response_bytes), static_cast<double>(service->response_bytes),
              4.0 * static_cast<double>(once.calls));
}

TEST_F(EndToEnd, RememberedListsSayAsMuch) {
  const auto worked_out = DriveWith(Connect(servers_->addresses().at(0)), questions_, 0, 4,
                                    {static_cast<int64_t>(questions_.size()), kPatience});
  ASSERT_TRUE(worked_out.ok()) << worked_out.status();
  const auto remembering = ServeCounty({absl::StrCat(folder_, "/remembering"), 300, true}, now_);
  ASSERT_TRUE(remembering.ok()) << remembering.status();
  // Everything was asked once to know how much an echo should say, and is asked twice more.
  const auto remembered = DriveWith(Connect((*remembering)->addresses().at(0)), questions_, 0, 4,
                                    {2 * static_cast<int64_t>(questions_.size()), kPatience});
  ASSERT_TRUE(remembered.ok()) << remembered.status();
  // Epochs, which page tokens hold, need not be equally long.
  EXPECT_NEAR(static_cast<double>(remembered->response_bytes),
              2.0 * static_cast<double>(worked_out->response_bytes),
              8.0 * static_cast<double>(remembered->calls));
}

TEST_F(EndToEnd, AStrangerIsRefusedAndThatEndsTheDrive) {
  questions_[3].authorization = "nobody";
  const auto drive = DriveWith(Connect(servers_->addresses().at(0)), questions_, 0, 1,
                               {static_cast<int64_t>(questions_.size()), kPatience});
  EXPECT_EQ(drive.status().code(), absl::StatusCode::kUnauthenticated);
}

TEST(Fronts, EachAnswers) {
  const auto fronts = ServeFronts(50, absl::Microseconds(20));
  ASSERT_TRUE(fronts.ok()) << fronts.status();
  const std::vector<Asking> questions(1);
  ASSERT_EQ((*fronts)->addresses().size(), std::size(kFronts));
  for (const std::string& address : (*fronts)->addresses()) {
    const auto drive = DriveWith(Connect(address), questions, 0, 8, {200, kPatience});
    ASSERT_TRUE(drive.ok()) << drive.status();
    EXPECT_EQ(drive->calls, 200);
    EXPECT_EQ(drive->response_bytes, 200 * 52);
  }
}

Run RunOf(int64_t calls, double seconds, double cpu_seconds, std::vector<double> microseconds) {
  return {{calls, seconds, std::move(microseconds), 0}, cpu_seconds};
}

TEST(Shares, AreOfRoundsAndFiguresAreMedians) {
  Contest contest{"endtoend.9k", {"", "echo"}, {}};
  contest.rounds[16] = {{RunOf(50, 1, 0.003, {4, 5, 6}), RunOf(100, 1, 0.002, {1, 2, 3})},
                        {RunOf(9, 1, 0.002, {9, 9, 9}), RunOf(10, 1, 0.001, {1, 1, 1})},
                        {RunOf(120, 1, 0.006, {7, 8, 90}), RunOf(200, 1, 0.004, {2, 3, 4})}};
  const auto figures = FiguresOf(contest);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.share_of_echo.16"), 0.6);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.calls_per_s.16"), 50);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.echo_calls_per_s.16"), 100);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.p50_us.16"), 8);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.p99_us.16"), 9);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.cpu_us.16"), 60);
  EXPECT_DOUBLE_EQ(figures.at("endtoend.9k.echo_cpu_us.16"), 20);
  EXPECT_EQ(figures.count("endtoend.9k.echo_share_of_echo.16"), 0u);
  const std::string table = TableOf(contest);
  EXPECT_THAT(table, HasSubstr("service"));
  EXPECT_THAT(table, HasSubstr("60.0%"));
}

}  // namespace
}  // namespace brokerage::bench

#include "services/rpc/mutations.h"

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "brokerage/registry/v1/organisation_service.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/typed.h"
#include "tests/services/rpc/test_call.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using support::Outline;

constexpr char kId[] = "6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d";

registry::v1::DeleteOrganisationRequest Request(const std::string& request_id = "",
                                                const std::string& name = "organisations/a") {
  registry::v1::DeleteOrganisationRequest request;
  request.set_name(name);
  request.set_request_id(request_id);
  return request;
}

class MutationsTest : public ::testing::Test {
 protected:
  // Counts one up at org/n, guarded, so that what happened twice shows.
  absl::StatusOr<Draft> CountUp() {
    ++planned_;
    const auto now = store_.Get("org/n");
    Draft draft{"organisations/n", {}, {}};
    int count = 0;
    if (now->has_value()) {
      count = std::stoi((*now)->value);
      draft.guards.push_back(storage::Guard::At("org/n", (*now)->sequence));
    } else {
      draft.guards.push_back(storage::Guard::Absent("org/n"));
    }
    draft.writes.push_back(storage::Write::Put("org/n", absl::StrCat(count + 1)));
    return draft;
  }

  absl::StatusOr<Written> Apply(const google::protobuf::Message& request, const TestCall& call = TestCall()) {
    return mutations_.Apply(*call, request, [this] { return CountUp(); });
  }

  int Count() const {
    const auto now = store_.Get("org/n");
    return now->has_value() ? std::stoi((*now)->value) : 0;
  }

  std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  storage::FaultyStore store_{*memory_, 1};
  const PageTokens tokens_{"a key"};
  const Mutations mutations_{store_, tokens_};
  std::atomic<int> planned_{0};
};

TEST_F(MutationsTest, CommitsWhatIsPlanned) {
  const auto written = Apply(Request());
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->resource, "organisations/n");
  EXPECT_EQ(written->revision, store_.GetHealth().revision);
  EXPECT_FALSE(written->replayed);
  EXPECT_EQ(Count(), 1);
}

TEST_F(MutationsTest, WithoutARequestIdEachCallActs) {
  ASSERT_TRUE(Apply(Request()).ok());
  ASSERT_TRUE(Apply(Request()).ok());
  EXPECT_EQ(Count(), 2);
}

TEST_F(MutationsTest, ARetryActsOnceAndAnswersTheFirst) {
  const auto first = Apply(Request(kId));
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(Apply(Request()).ok());  // someone else, later
  // In capitals it is the same UUID.
  for (const std::string& id : {std::string(kId), absl::AsciiStrToUpper(kId)}) {
    const auto retry = Apply(Request(id));
    ASSERT_TRUE(retry.ok()) << retry.status();
    EXPECT_TRUE(retry->replayed);
    EXPECT_EQ(retry->resource, "organisations/n");
    EXPECT_EQ(retry->revision, first->revision);
  }
  EXPECT_EQ(Count(), 2);
}

TEST_F(MutationsTest, OtherContentWithTheSameIdIsRefused) {
  ASSERT_TRUE(Apply(Request(kId)).ok());
  EXPECT_EQ(Outline(Apply(Request(kId, "organisations/b"))), "INVALID_ARGUMENT REQUEST_ID_REUSED");
  EXPECT_EQ(Count(), 1);
}

TEST_F(MutationsTest, IdsAreOfACredentialAndAMethod) {
  ASSERT_TRUE(Apply(Request(kId)).ok());
  const TestCall other_caller(CallerOf("centres/b", common::v1::ROLE_MANAGER));
  ASSERT_TRUE(Apply(Request(kId), other_caller).ok());
  const TestCall other_method(CallerOf("centres/ashford", common::v1::ROLE_LEAD_ADMIN), "test.Service/Other");
  ASSERT_TRUE(Apply(Request(kId), other_method).ok());
  EXPECT_EQ(Count(), 3);
}

TEST_F(MutationsTest, TheRecordOfARequestHoldsNothingOfIt) {
  ASSERT_TRUE(Apply(Request(kId, "organisations/telltale")).ok());
  const auto records = memory_->Scan(storage::kRequests, "", 10);
  ASSERT_TRUE(records.ok());
  ASSERT_EQ(records->size(), 1u);
  EXPECT_THAT(records->front().value, ::testing::Not(::testing::HasSubstr("telltale")));
}

TEST_F(MutationsTest, APlansErrorChangesNothingAndTheIdIsFree) {
  const auto refused = mutations_.Apply(
      *TestCall(), Request(kId), []() -> absl::StatusOr<Draft> { return base::NotFound("organisations/a"); });
  EXPECT_EQ(Outline(refused), "NOT_FOUND NOT_FOUND");
  EXPECT_EQ(store_.GetHealth().revision.sequence, 0u);
  EXPECT_TRUE(Apply(Request(kId)).ok());
}

TEST_F(MutationsTest, ThePlanIsAskedAgainWhenSomeoneWasFaster) {
  int times = 0;
  const auto written = mutations_.Apply(*TestCall(), Request(), [&]() -> absl::StatusOr<Draft> {
    auto draft = CountUp();
    if (++times <= 3) {  // someone else commits between the plan and its commit
      storage::CommitRequest other;
      other.writes = {storage::Write::Put("org/n", "10")};
      EXPECT_TRUE(memory_->Commit(std::move(other)).ok());
    }
    return draft;
  });
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(times, 4);
  EXPECT_EQ(Count(), 11);
}

TEST_F(MutationsTest, WhoLosesTooOftenIsTold) {
  const auto written = mutations_.Apply(*TestCall(), Request(), [&]() -> absl::StatusOr<Draft> {
    auto draft = CountUp();
    storage::CommitRequest other;
    other.writes = {storage::Write::Put("org/n", "10")};
    EXPECT_TRUE(memory_->Commit(std::move(other)).ok());
    return draft;
  });
  EXPECT_EQ(Outline(written), "ABORTED CONCURRENT_CHANGE");
  EXPECT_EQ(Count(), 10);
}

TEST_F(MutationsTest, TheSameRequestAtOnceActsOnce) {
  constexpr int kCallers = 16;
  std::atomic<int> replayed{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      const auto written = Apply(Request(kId));
      if (!written.ok()) ++failed;
      if (written.ok() && written->replayed) ++replayed;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(replayed, kCallers - 1);
  EXPECT_EQ(Count(), 1);
}

TEST_F(MutationsTest, DifferentRequestsAtOnceAllAct) {
  constexpr int kCallers = 4;
  std::atomic<int> acted{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      for (int j = 0; j < 25; ++j) {
        // Who lost too often tries again, as clients do.
        while (!Apply(Request()).ok()) {
        }
        ++acted;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(Count(), acted);
}

TEST_F(MutationsTest, ALostAnswerIsResolvedByTheSameId) {
  storage::Faults faults;
  faults.unknown_after_commit = 10'000;
  store_.Set(faults);
  EXPECT_EQ(Outline(Apply(Request(kId))), "UNAVAILABLE OUTCOME_UNKNOWN");
  store_.Set({});
  const auto retry = Apply(Request(kId));
  ASSERT_TRUE(retry.ok());
  EXPECT_TRUE(retry->replayed) << "it had happened";
  EXPECT_EQ(Count(), 1);

  constexpr char kOther[] = "7a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d";
  faults = {};
  faults.unknown_before_commit = 10'000;
  store_.Set(faults);
  EXPECT_EQ(Outline(Apply(Request(kOther))), "UNAVAILABLE OUTCOME_UNKNOWN");
  store_.Set({});
  const auto second = Apply(Request(kOther));
  ASSERT_TRUE(second.ok());
  EXPECT_FALSE(second->replayed) << "it had not happened";
  EXPECT_EQ(Count(), 2);
}

TEST_F(MutationsTest, TheStoresErrorsAreTranslated) {
  storage::Faults faults;
  faults.refused_commits = 10'000;
  store_.Set(faults);
  EXPECT_EQ(Outline(Apply(Request(kId))), "UNAVAILABLE STORE_UNAVAILABLE");
  faults = {};
  faults.failed_reads = 10'000;
  store_.Set(faults);
  EXPECT_EQ(Outline(Apply(Request(kId))), "UNAVAILABLE STORE_UNAVAILABLE");
  const struct {
    absl::StatusCode code;
    const char* outline;
  } kTable[] = {
      {absl::StatusCode::kUnknown, "UNAVAILABLE OUTCOME_UNKNOWN"},
      {absl::StatusCode::kUnavailable, "UNAVAILABLE STORE_UNAVAILABLE"},
      {absl::StatusCode::kResourceExhausted, "RESOURCE_EXHAUSTED STORE_FULL"},
      {absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED DEADLINE_EXCEEDED"},
      {absl::StatusCode::kDataLoss, "INTERNAL INTERNAL"},
      {absl::StatusCode::kInvalidArgument, "INTERNAL INTERNAL"},
      {absl::StatusCode::kAborted, "INTERNAL INTERNAL"},
  };
  for (const auto& row : kTable) {
    const absl::Status translated = FromStore(absl::Status(row.code, "a driver's words"));
    EXPECT_EQ(Outline(translated), row.outline);
    EXPECT_THAT(std::string(translated.message()), ::testing::Not(::testing::HasSubstr("driver")));
  }
  EXPECT_TRUE(FromStore(absl::OkStatus()).ok());
}

TEST_F(MutationsTest, OldRequestIdsAreForgotten) {
  const auto at = [](absl::Time now) {
    return TestCall(CallerOf("centres/ashford", common::v1::ROLE_LEAD_ADMIN), "test.Service/Method", now);
  };
  const absl::Time start = absl::FromUnixSeconds(1'800'000'000);
  ASSERT_TRUE(mutations_.Apply(*at(start), Request(kId), [this] { return CountUp(); }).ok());
  const auto purged_at = [&](absl::Time before) { return mutations_.PurgeRequests(before).value_or(-1); };
  EXPECT_EQ(purged_at(start), 0) << "what was used at that moment stays";
  EXPECT_EQ(purged_at(start + absl::Seconds(1)), 1);
  EXPECT_EQ(purged_at(start + absl::Seconds(1)), 0);
  ASSERT_TRUE(Apply(Request(kId)).ok());
  EXPECT_EQ(Count(), 2) << "after the period an id is new again";
}

TEST_F(MutationsTest, ManyRequestIdsAreForgottenInPages) {
  const storage::Table<storage::v1::RequestRecord> table(*memory_, storage::kRequests);
  storage::CommitRequest commit;
  for (int i = 0; i < 2'500; ++i) {
    storage::v1::RequestRecord record;
    record.mutable_time()->set_seconds(i);
    commit.writes.push_back(table.Put(absl::StrCat("c|m|", i), record));
  }
  ASSERT_TRUE(memory_->Commit(std::move(commit)).ok());
  EXPECT_EQ(mutations_.PurgeRequests(absl::FromUnixSeconds(2'400)).value_or(-1), 2'400);
  EXPECT_EQ(memory_->Scan(storage::kRequests, "", 10'000)->size(), 100u);
}

}  // namespace
}  // namespace brokerage::rpc

// Tests of the tests: each planted fault is found by the check that names the guarantee it breaks.
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"

#include "storage/forwarding_store.h"
#include "tests/storage/contract.h"
#include "tests/storage/subjects.h"

namespace brokerage::storage::contract {
namespace {

// A good subject behind a store that does wrong.
class FaultySubject final : public Subject {
 public:
  FaultySubject(std::unique_ptr<Subject> inner, Faults faults) : inner_(std::move(inner)), faults_(faults) {
    Wrap();
  }

  Store& store() override { return *faulty_; }
  absl::Status Reopen() override {
    faulty_->Settle();
    absl::Status status = inner_->Reopen();
    Wrap();
    return status;
  }
  absl::Status Crash() override {
    absl::Status status = inner_->Crash();
    Wrap();
    return status;
  }
  absl::StatusOr<std::unique_ptr<Subject>> Restore(const std::string& backup) override {
    absl::StatusOr<std::unique_ptr<Subject>> restored = inner_->Restore(backup);
    if (!restored.ok()) return restored;
    return std::make_unique<FaultySubject>(*std::move(restored), faults_);
  }
  void SetFreeBytes(uint64_t bytes) override { inner_->SetFreeBytes(bytes); }
  void BreakWrites() override { inner_->BreakWrites(); }
  int fatal_calls() const override { return inner_->fatal_calls(); }
  std::string scratch() const override { return inner_->scratch(); }

 private:
  void Wrap() {
    faulty_ = std::make_unique<FaultyStore>(inner_->store(), 1);
    faulty_->Set(faults_);
  }

  const std::unique_ptr<Subject> inner_;
  const Faults faults_;
  std::unique_ptr<FaultyStore> faulty_;
};

struct PlantedFault {
  const char* name;
  Faults faults;
  std::vector<const char*> found_by;
};

const std::vector<PlantedFault>& PlantedFaults() {
  static const auto& faults = *new std::vector<PlantedFault>{
      {"DroppedGuard",
       {.drop_guards = true},
       {"GuardsHoldExactlyWhenTheySay", "OfManyWhoCreateAKeyOneSucceeds", "ACommitIsAllOrNothing"}},
      {"ReorderedFeed",
       {.reorder_feed = true},
       {"TheFeedTellsEveryCommitInOrderWithItsKeys", "AFollowerOfALongFeedGetsEveryCommitOnce"}},
      {"ForgottenRequestId",
       {.forget_request_ids = true},
       {"ARequestIdActsOnce", "ARequestIdActsOnceAfterReopening",
        "ARequestIdActsOnceAmongConcurrentDuplicates"}},
      {"LostTailAfterOk", {.lose_tail = true}, {"AcknowledgedCommitsSurviveACrash"}},
  };
  return faults;
}

using Engine = std::unique_ptr<Subject> (*)();

class FaultsFoundTest : public testing::TestWithParam<Engine> {};

TEST_P(FaultsFoundTest, EachByTheCheckThatNamesTheGuarantee) {
  for (const PlantedFault& fault : PlantedFaults()) {
    for (const char* name : fault.found_by) {
      FaultySubject subject(GetParam()(), fault.faults);
      EXPECT_FALSE(CheckNamed(name).run(subject).ok()) << name << " does not find the fault " << fault.name;
    }
  }
}

// Otherwise a check could find a fault by failing always.
TEST_P(FaultsFoundTest, NoneWhereThereIsNone) {
  for (const PlantedFault& fault : PlantedFaults()) {
    for (const char* name : fault.found_by) {
      FaultySubject subject(GetParam()(), {});
      const absl::Status verdict = CheckNamed(name).run(subject);
      EXPECT_TRUE(verdict.ok()) << name << ": " << verdict;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Storage, FaultsFoundTest, testing::Values(NewMemorySubject, NewRocksDbSubject),
                         [](const auto& test) { return test.index == 0 ? "Memory" : "RocksDb"; });

// The wrapper changes nothing when it is told to do nothing wrong.
TEST(ForwardingTest, AFaultlessWrapperKeepsTheWholeContract) {
  for (const Check& check : AllChecks()) {
    FaultySubject subject(NewMemorySubject(), {});
    const absl::Status verdict = check.run(subject);
    EXPECT_TRUE(verdict.ok()) << check.name << ": " << verdict;
  }
}

}  // namespace
}  // namespace brokerage::storage::contract

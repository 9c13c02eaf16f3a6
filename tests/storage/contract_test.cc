// Every guarantee of the port, on every engine.
#include "tests/storage/contract.h"

#include <memory>
#include <string>
#include <tuple>

#include "gtest/gtest.h"

#include "tests/storage/subjects.h"

namespace brokerage::storage::contract {
namespace {

struct Engine {
  const char* name;
  std::unique_ptr<Subject> (*make)();
};

class ContractTest : public testing::TestWithParam<std::tuple<Engine, Check>> {};

TEST_P(ContractTest, Holds) {
  const auto& [engine, check] = GetParam();
  const std::unique_ptr<Subject> subject = engine.make();
  ASSERT_NE(subject, nullptr);
  const absl::Status verdict = check.run(*subject);
  EXPECT_TRUE(verdict.ok()) << verdict;
}

INSTANTIATE_TEST_SUITE_P(Storage, ContractTest,
                         testing::Combine(testing::Values(Engine{"Memory", NewMemorySubject},
                                                          Engine{"RocksDb", NewRocksDbSubject}),
                                          testing::ValuesIn(AllChecks())),
                         [](const auto& test) {
                           return std::string(std::get<0>(test.param).name) + "_" +
                                  std::get<1>(test.param).name;
                         });

}  // namespace
}  // namespace brokerage::storage::contract

// Weight sets through the real stub, and as queries find them.
#include "services/matching/weight_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/services/matching/matches/match_world.h"
#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using Stub = v1::MatchingService::Stub;

class WeightSetsTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::WeightSet> Create(const std::string& text) {
    return lead_.Call(&Stub::CreateWeightSet, Parse<v1::CreateWeightSetRequest>(text));
  }
  absl::StatusOr<v1::WeightSet> Get(const std::string& name) {
    v1::GetWeightSetRequest request;
    request.set_name(name);
    return reader_.Call(&Stub::GetWeightSet, request);
  }

  MatchWorld world_{absl::FromUnixSeconds(1'781'517'600)};
  Client lead_ = world_.Lead();
  Client reader_ = world_.Reader(kDover);
};

TEST_F(WeightSetsTest, TheDefaultIsBuiltIn) {
  const auto set = Get("weightSets/default");
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_THAT(*set, Holds("name: 'weightSets/default' skills: 40 location: 25 availability: 25 causes: 10 "
                          "alpha_bp: 2500"));
}

TEST_F(WeightSetsTest, OneIsMadeOnceAndForAll) {
  const auto made =
      Create(R"(weight_set { display_name: "Near" location: 1000 name: "weightSets/mine" etag: "x"
      create_time { seconds: 1 } } request_id: "7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21")");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(*made, Holds(R"(display_name: "Near" skills: 0 location: 1000 availability: 0 causes: 0
      alpha_bp: 2500 create_time { seconds: 1781517600 })"));
  EXPECT_NE(made->name(), "weightSets/mine");
  EXPECT_FALSE(made->etag().empty() || made->consistency_token().empty());
  v1::WeightSet stored = *made;
  stored.clear_consistency_token();
  EXPECT_THAT(*Get(made->name()), Holds(stored.ShortDebugString()));
  const auto retry =
      Create(R"(weight_set { display_name: "Near" location: 1000 name: "weightSets/mine" etag: "x"
      create_time { seconds: 1 } } request_id: "7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21")");
  ASSERT_TRUE(retry.ok()) << retry.status();
  EXPECT_EQ(retry->ShortDebugString(), made->ShortDebugString());

  EXPECT_EQ(Create("weight_set { skills: 1 alpha_bp: 0 }")->alpha_bp(), 0);
  const auto trial = Create("weight_set { skills: 1 } validate_only: true");
  ASSERT_TRUE(trial.ok());
  EXPECT_EQ(trial->name() + trial->etag() + trial->consistency_token(), "");
}

TEST_F(WeightSetsTest, WeightsAreInRangeAndNotAllNothing) {
  const std::vector<std::pair<const char*, std::vector<std::string>>> table = {
      {"weight_set {}", {"weight_set: must have a weight above 0"}},
      {"weight_set { causes: 1 }", {}},
      {"weight_set { skills: 1000 location: 1000 availability: 1000 causes: 1000 alpha_bp: 10000 }", {}},
      {"weight_set { skills: 1001 location: -1 availability: 1001 causes: -1 alpha_bp: 10001 }",
       {"weight_set.skills: must be 0 to 1000", "weight_set.location: must be 0 to 1000",
        "weight_set.availability: must be 0 to 1000", "weight_set.causes: must be 0 to 1000",
        "weight_set.alpha_bp: must be 0 to 10000"}},
      {"", {"weight_set: is required"}},
      {"request_id: '7' weight_set { skills: -1 }",
       {"request_id: must be a UUID, version 4, or empty", "weight_set.skills: must be 0 to 1000"}},
  };
  for (const auto& [request, faults] : table) {
    SCOPED_TRACE(request);
    const auto made = Create(request);
    EXPECT_EQ(made.ok(), faults.empty()) << made.status();
    EXPECT_THAT(FaultsOf(made.status()), ElementsAreArray(faults));
  }
}

TEST_F(WeightSetsTest, OnlyTheLeadMakesThemAndAllReadThem) {
  const auto request = Parse<v1::CreateWeightSetRequest>("weight_set { skills: 1 }");
  EXPECT_EQ(
      Outline(
          world_.As(kAshford, common::v1::ROLE_CENTRE_ADMIN).Call(&Stub::CreateWeightSet, request).status()),
      "PERMISSION_DENIED PERMISSION_DENIED");
  const auto made = lead_.Call(&Stub::CreateWeightSet, request);
  ASSERT_TRUE(made.ok());
  EXPECT_TRUE(Get(made->name()).ok());
  EXPECT_EQ(Outline(Get("weightSets/none").status()), "NOT_FOUND NOT_FOUND");
  EXPECT_THAT(FaultsOf(Get("default").status()), ElementsAre("name: must be weightSets/{weight_set}"));
}

TEST_F(WeightSetsTest, ListsComeInPagesByName) {
  // Ids are random: enough of them that the default stands neither first nor last.
  std::vector<std::string> names = {"weightSets/default"};
  do {
    names.push_back(Create("weight_set { skills: 1 }")->name());
    std::sort(names.begin(), names.end());
  } while (names.size() < 6 || names.front() == kDefaultWeightSet || names.back() == kDefaultWeightSet);
  for (const int page_size : {0, 1, 2, 3, 5, 6, 7}) {
    std::vector<std::string> found;
    v1::ListWeightSetsRequest request;
    request.set_page_size(page_size);
    do {
      const auto page = reader_.Call(&Stub::ListWeightSets, request);
      ASSERT_TRUE(page.ok()) << page.status();
      EXPECT_LE(page->weight_sets_size(), page_size == 0 ? 50 : page_size);
      for (const auto& set : page->weight_sets()) found.push_back(set.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(found, names) << page_size;
  }
}

}  // namespace
}  // namespace brokerage::matching

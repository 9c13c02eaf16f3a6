#include "services/matching/reports/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "reference/districts.h"
#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

using support::Holds;

TEST(Coverage, TheRatioIsRoundedDownAndThinBelowOne) {
  struct Row {
    int64_t volunteers;
    int64_t places;
    std::optional<int64_t> hundredths;
    bool thin;
  };
  for (const Row& row : std::vector<Row>{
           {0, 0, std::nullopt, false},
           {5, 0, std::nullopt, false},
           {0, 1, 0, true},
           {1, 1, 100, false},
           {1, 2, 50, true},
           {1, 3, 33, true},
           {2, 3, 66, true},
           {3, 2, 150, false},
           {199, 200, 99, true},  // 99.5: never rounded to what is not thin
           {200, 200, 100, false},
           {201, 200, 100, false},
           {999'999, 1'000'000, 99, true},
           {450'000, 1, 45'000'000, false},
       }) {
    SCOPED_TRACE(testing::Message() << row.volunteers << " for " << row.places);
    const Counts counts{row.volunteers, 1, row.places};
    EXPECT_EQ(VolunteersPerPlaceHundredths(counts), row.hundredths);
    EXPECT_EQ(IsThin(counts), row.thin);
  }
}

class CoverageAnswer : public ::testing::Test {
 protected:
  CoverageAnswer() {
    tally_.areas.resize(tables_.districts.all().size() + 2);
    for (AreaTally& area : tally_.areas) area.terms.resize(numbers_.size());
  }

  // Of the skill in that row of the table.
  void Name(std::size_t area, int skill, Counts counts) {
    tally_.areas[area].terms[numbers_.OfSkill(static_cast<matcher::SkillId>(skill))] = {counts, true};
  }
  std::string Skill(int row) const { return numbers_.NameOf(static_cast<TermNumber>(row)); }
  v1::GetDistrictCoverageResponse Fill() const {
    v1::GetDistrictCoverageResponse response;
    FillCoverage(tally_, tables_, response);
    return response;
  }
  template <typename Rows>
  static std::vector<std::string> Terms(const Rows& rows) {
    std::vector<std::string> terms;
    for (const auto& row : rows) terms.push_back(row.term());
    return terms;
  }

  const ReferenceTables tables_ = ShippedTables(reference::KentDistricts());
  const TermNumbers numbers_{tables_};
  DistrictTally tally_;
};

TEST_F(CoverageAnswer, EveryDistrictIsThereWhetherOrNotThereIsAnybody) {
  const auto response = Fill();
  std::vector<std::string> districts;
  for (const auto& district : response.districts()) districts.push_back(district.district());
  std::vector<std::string> wanted;
  for (const auto& district : tables_.districts.all()) wanted.push_back("districts/" + district.code);
  wanted.push_back("districts/outside");
  EXPECT_EQ(districts, wanted);
  EXPECT_FALSE(response.total().has_volunteers_per_place_hundredths());
  EXPECT_FALSE(response.total().thin());
}

TEST_F(CoverageAnswer, TheTotalIsAllButRemoteRoles) {
  tally_.areas.front().counts = {1, 2, 3};
  tally_.areas[tally_.areas.size() - 2].counts = {10, 20, 30};
  tally_.areas.back().counts = {100, 200, 300};
  tally_.remote = {50, 60, 70};
  EXPECT_THAT(Fill(), Holds(R"(
      elsewhere { searching_volunteers: 100 open_opportunities: 200 open_places: 300
                  volunteers_per_place_hundredths: 33 thin: true }
      total { searching_volunteers: 111 open_opportunities: 222 open_places: 333
              volunteers_per_place_hundredths: 33 thin: true }
      remote { searching_volunteers: 50 open_opportunities: 60 open_places: 70
               volunteers_per_place_hundredths: 71 thin: true })"));
}

TEST_F(CoverageAnswer, TheThinnestComeFirstAndFiveAreToldOfADistrict) {
  Name(0, 0, {30, 1, 10});
  Name(0, 1, {0, 1, 4});
  Name(0, 2, {0, 1, 9});      // of equal ones, that with most places
  Name(0, 3, {299, 1, 100});  // nearly as many as the first, told apart before rounding
  Name(0, 4, {2'999, 1, 1'000});
  Name(0, 5, {5, 1, 5});
  Name(0, 6, {500, 1, 5});
  tally_.areas[0].terms[7].counts = {0, 1, 50};  // below a named one, and named by no role itself
  Name(1, 0, {0, 1, 10});
  const auto response = Fill();
  EXPECT_EQ(Terms(response.districts(0).thinnest_skills()),
            (std::vector<std::string>{Skill(2), Skill(1), Skill(5), Skill(3), Skill(4)}));
  EXPECT_THAT(Terms(response.districts(0).thinnest_causes()), ::testing::IsEmpty());
  EXPECT_EQ(Terms(response.districts(1).thinnest_skills()), std::vector<std::string>{Skill(0)});
  // All of them, and both districts together: 30 volunteers for 20 places.
  EXPECT_EQ(Terms(response.skills()),
            (std::vector<std::string>{Skill(2), Skill(1), Skill(5), Skill(0), Skill(3), Skill(4), Skill(6)}));
  EXPECT_THAT(response.skills(3), Holds(R"(coverage { searching_volunteers: 30 open_opportunities: 2
                                           open_places: 20 volunteers_per_place_hundredths: 150 thin: false })"));
}

TEST_F(CoverageAnswer, OfEqualOnesTheNameDecides) {
  for (const int row : {3, 1, 2, 0}) Name(0, row, {1, 1, 1});
  std::vector<std::string> names = {Skill(0), Skill(1), Skill(2), Skill(3)};
  std::sort(names.begin(), names.end());
  EXPECT_EQ(Terms(Fill().districts(0).thinnest_skills()), names);
}

TEST_F(CoverageAnswer, SkillsAndCausesAreToldApart) {
  Name(0, 0, {1, 1, 1});
  tally_.areas[0].terms[numbers_.OfCause(0)] = {{2, 1, 1}, true};
  const auto response = Fill();
  EXPECT_EQ(Terms(response.skills()), std::vector<std::string>{"skills/" + tables_.skills.at(0).id});
  EXPECT_EQ(Terms(response.causes()), std::vector<std::string>{"causes/" + tables_.causes.at(0).id});
}

}  // namespace
}  // namespace brokerage::matching

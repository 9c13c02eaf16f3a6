// Advice on thin lists, in words.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using google::protobuf::TextFormat;
using testing::AllOf;
using testing::HasSubstr;

class Relaxing : public ProgramTest {
 protected:
  void Answer(const std::string& relaxations, int matches) {
    ASSERT_TRUE(TextFormat::ParseFromString(
        absl::StrCat(relaxations, " match_count: ", matches,
                     " as_of { seconds: 1795510800 } weight_set: 'weightSets/default'"),
        &matching.relaxations));
  }
};

TEST_F(Relaxing, OfARoleIsASentenceForEachChange) {
  Answer(R"(
    relaxations { radius { further_m: 4828 } additional_count: 4 best_new_score_millionths: 781234 }
    relaxations { remote: true additional_count: 3 lost_count: 1 best_new_score_millionths: 700000 }
    relaxations { minimum_coverage_bp: 2500 additional_count: 2 best_new_score_millionths: 600000 }
    relaxations { wanted_skill: "skills/first-aid" additional_count: 1 best_new_score_millionths: 500000 }
    relaxations { minimum_coverage_bp: 0 additional_count: 1200 best_new_score_millionths: 400000 }
    relaxations { additional_count: 1 best_new_score_millionths: 300000 })",
         1);
  const Ran ran = Run({"relax", "opportunity", "o1", "--weights", "near", "--at-least-as-fresh", "token",
                       "--require-access-support"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(ran.out,
            "More people for centres/ashford/opportunities/o1\n"
            "As of 2026-11-24 09:00, by weightSets/default\n"
            "\n"
            "1 person fits now.\n"
            "\n"
            "3 miles more gives 4 more people; the best scores 78.1 %.\n"
            "Remote gives 3 more people and loses 1; the best scores 70.0 %.\n"
            "A minimum of 25 % of the time gives 2 more people; the best scores 60.0 %.\n"
            "Not requiring First aid gives 1 more person; the best scores 50.0 %.\n"
            "Any share of the time gives 1,200 more people; the best scores 40.0 %.\n"
            "A change that this program does not know gives 1 more person; the best scores 30.0 %.\n");
  EXPECT_EQ(matching.last_relaxations.parent(), "centres/ashford");
  EXPECT_EQ(matching.last_relaxations.opportunity(), "centres/ashford/opportunities/o1");
  EXPECT_FALSE(matching.last_relaxations.has_volunteer());
  EXPECT_EQ(matching.last_relaxations.weight_set(), "weightSets/near");
  EXPECT_EQ(matching.last_relaxations.at_least_as_fresh(), "token");
  EXPECT_TRUE(matching.last_relaxations.require_access_support());
}

TEST_F(Relaxing, OfAVolunteerIsAboutRoles) {
  Answer(R"(
    relaxations { radius { further_m: 16093 travel_radius_m: 18093 } additional_count: 2
                  best_new_score_millionths: 654321 })",
         0);
  const Ran ran = Run({"relax", "volunteer", "centres/dover/volunteers/v9"});
  EXPECT_THAT(ran.out, AllOf(HasSubstr("More roles for centres/dover/volunteers/v9\n"),
                             HasSubstr("\n0 roles fit now.\n"),
                             HasSubstr("\n10 miles more, a radius of 18 km, gives 2 more roles; "
                                       "the best scores 65.4 %.\n")));
  EXPECT_EQ(matching.last_relaxations.volunteer(), "centres/dover/volunteers/v9");
  EXPECT_EQ(matching.last_relaxations.parent(), "centres/ashford");
}

TEST_F(Relaxing, NothingIsSaidInWords) {
  Answer("", 12);
  EXPECT_THAT(Run({"relax", "opportunity", "o1"}).out,
              AllOf(HasSubstr("12 people fit now.\n"), HasSubstr("No single change gives more.\n")));
}

TEST_F(Relaxing, AsJsonIsTheServicesAnswer) {
  Answer("relaxations { radius { further_m: 4828 } additional_count: 4 best_new_score_millionths: 781234 }",
         1);
  const Ran ran = Run({"relax", "opportunity", "o1", "--json"});
  EXPECT_EQ(ran.json()["relaxations"][0]["radius"]["further_m"], 4828);
  EXPECT_EQ(ran.json()["relaxations"][0]["additional_count"], "4");
  EXPECT_EQ(ran.json()["match_count"], "1");
}

TEST_F(Relaxing, WhatCannotBeANameOrAWeightSetIsMisuse) {
  EXPECT_EQ(Run({"relax", "opportunity", "centres/ashford/volunteers/v"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"relax", "volunteer", "v1", "--weights", "no/set"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"relax"}).code, ExitCode::kUsage);
  EXPECT_EQ(board.Calls("SuggestRelaxations"), 0);
}

}  // namespace
}  // namespace brokerage::cli

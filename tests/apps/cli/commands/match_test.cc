// Matches and their explanations.
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
using testing::Not;

class Matches : public ProgramTest {
 protected:
  Matches() {
    matching::v1::Match near;
    EXPECT_TRUE(TextFormat::ParseFromString(R"(
      volunteer: "centres/ashford/volunteers/v1" display_name: "Ann" opportunity: "centres/ashford/opportunities/o1"
      score: 0.873111 score_millionths: 873111
      parts { skills: 1000000 location: 620000 availability: 750000 }
      distance_m: 1349 covered_minutes: 180 committed_minutes: 240 notes: "DBS expires in 40 days"
      explanation {
        conditions { code: "TOO_FAR" holds: true fact: "1.3 km of 8 km" }
        parts { part: "skills" millionths: 1000000 weight: 40 working: "all that is wanted" }
        parts { part: "causes" weight: 10 working: "nothing to say" }
      })",
                                            &near));
    matching::v1::Match remote;
    EXPECT_TRUE(TextFormat::ParseFromString(R"(
      volunteer: "centres/dover/volunteers/v2" display_name: "Bob" opportunity: "centres/dover/opportunities/o2"
      score: 0.5 score_millionths: 500000 parts { location: 1000000 })",
                                            &remote));
    matching.matches = {near, remote};
  }
};

TEST_F(Matches, AreATableBestFirst) {
  matching.matches[0].clear_explanation();
  const Ran ran = Run({"match", "volunteers", "o1"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(
      ran.out,
      "Volunteers for centres/ashford/opportunities/o1\n"
      "As of 2026-11-24 09:00, by weightSets/default\n"
      "\n"
      "    SCORE  CALLED  DISTANCE  COVERS      SKILLS  PLACE  TIME  CAUSES  NAME\n"
      "1  87.3 %  Ann       1.3 km  3 h of 4 h   100 %   62 %  75 %       –  centres/ashford/volunteers/v1\n"
      "    DBS expires in 40 days\n"
      "2  50.0 %  Bob            –  –                –  100 %     –       –  centres/dover/volunteers/v2\n"
      "\n"
      "2 volunteers shown.\n");
  EXPECT_EQ(matching.first_request.opportunity(), "centres/ashford/opportunities/o1");
  EXPECT_EQ(matching.first_request.parent(), "centres/ashford");
  EXPECT_EQ(matching.first_request.page_size(), 20);
  EXPECT_FALSE(matching.first_request.explain());
  EXPECT_FALSE(matching.first_request.include_counts());
}

TEST_F(Matches, WithExplanationsCountsAndWeights) {
  const Ran ran = Run({"match", "volunteers", "centres/dover/opportunities/o9", "--explain", "--counts",
                       "--weights", "near", "--require-access-support", "--at-least-as-fresh", "token"});
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("\n1  Ann\n   ✓ Near enough  1.3 km of 8 km\n"),
                    HasSubstr("   skills  100.0 %  ██████████  weight 40    all that is wanted\n"),
                    HasSubstr("   causes        –              weight 10    nothing to say\n"),
                    HasSubstr("by weightSets/near"), HasSubstr("Of 20,000 volunteers considered, 2 fit.")));
  EXPECT_TRUE(matching.first_request.explain());
  EXPECT_TRUE(matching.first_request.require_access_support());
  EXPECT_EQ(matching.first_request.at_least_as_fresh(), "token");
}

TEST_F(Matches, ALimitBeyondAPageIsSeveralPages) {
  const matching::v1::Match one = matching.matches[1];
  matching.matches.assign(2300, one);
  const Ran ran = Run({"match", "volunteers", "o1", "--limit", "2100", "--counts", "--json"});
  EXPECT_EQ(ran.json()["matches"].size(), 2100u);
  EXPECT_EQ(ran.json()["considered_count"], "20000") << "64 bits, as Protobuf's JSON writes them";
  EXPECT_NE(ran.json()["next_page_token"], "");
  EXPECT_EQ(board.Calls("MatchVolunteers"), 3);
  EXPECT_THAT(Run({"match", "volunteers", "o1", "--limit", "5"}).out,
              HasSubstr("5 volunteers shown. There are more: raise --limit."));
}

TEST_F(Matches, ForAVolunteer) {
  const Ran ran = Run({"match", "opportunities", "v1"});
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("Opportunities for centres/ashford/volunteers/v1"), HasSubstr("TITLE"),
                    HasSubstr("centres/dover/opportunities/o2"), HasSubstr("2 opportunities shown.")));
  EXPECT_EQ(matching.last_opportunities.volunteer(), "centres/ashford/volunteers/v1");
}

TEST_F(Matches, NoneIsSaidInWords) {
  matching.matches.clear();
  const Ran ran = Run({"match", "volunteers", "o1"});
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("No volunteer fits.\n"), Not(HasSubstr("SCORE"))));
}

TEST_F(Matches, APairThatIsNoneSaysWhyAndWhatWouldHelp) {
  ASSERT_TRUE(TextFormat::ParseFromString(R"(
    volunteer: "centres/ashford/volunteers/v1" opportunity: "centres/ashford/opportunities/o1"
    conditions { code: "TOO_FAR" holds: false fact: "9.3 km" fix: "1.3 km beyond their 8 km" }
    conditions { code: "AGE" holds: true fact: "no limit" }
    conditions { code: "BRAND_NEW" holds: false fact: "something" }
    workings { part: "location" millionths: 0 weight: 25 working: "too far" }
    distance_m: 9300 covered_minutes: 180 committed_minutes: 240 notes: "a note"
    as_of { seconds: 1795510800 } weight_set: "weightSets/default")",
                                          &matching.explanation));
  const Ran ran = Run({"explain", "v1", "o1"});
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_EQ(ran.out,
            "centres/ashford/volunteers/v1\n"
            "and centres/ashford/opportunities/o1\n"
            "No match: 2 of 3 conditions do not hold\n"
            "As of 2026-11-24 09:00, by weightSets/default\n"
            "\n"
            "Conditions\n"
            "  ✗ Near enough  9.3 km\n"
            "      TOO_FAR – to fix: 1.3 km beyond their 8 km\n"
            "  ✓ Age          no limit\n"
            "  ✗ BRAND_NEW    something\n"
            "      BRAND_NEW\n"
            "\n"
            "Parts\n"
            "  location    0.0 %  ░░░░░░░░░░  weight 25    too far\n"
            "\n"
            "Distance 9.3 km\n"
            "Covers 3 h of 4 h\n"
            "Note: a note\n");
  EXPECT_EQ(matching.last_explain.volunteer(), "centres/ashford/volunteers/v1");
  EXPECT_EQ(matching.last_explain.opportunity(), "centres/ashford/opportunities/o1");
}

TEST_F(Matches, APairThatIsOneSaysItsScore) {
  matching.explanation.set_score_millionths(0);
  EXPECT_THAT(Run({"explain", "v1", "o1"}).out, HasSubstr("A match: 0.0 %\n"));
  EXPECT_EQ(Run({"explain", "v1", "o1", "--json"}).json()["score_millionths"], "0");
}

}  // namespace
}  // namespace brokerage::cli

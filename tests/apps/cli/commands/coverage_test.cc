// Where volunteers are few, in a table.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using google::protobuf::TextFormat;
using testing::HasSubstr;

class CoverageCommand : public ProgramTest {
 protected:
  CoverageCommand() {
    EXPECT_TRUE(TextFormat::ParseFromString(R"(
        districts { district: "districts/E07000105" coverage { searching_volunteers: 1205 open_opportunities: 2
                    open_places: 3 volunteers_per_place_hundredths: 40166 } }
        districts { district: "districts/E07000112" coverage { searching_volunteers: 1 open_opportunities: 1
                    open_places: 20 volunteers_per_place_hundredths: 5 thin: true } }
        districts { district: "districts/E07000999" coverage { } }
        districts { district: "districts/outside" coverage { searching_volunteers: 7 } }
        elsewhere { searching_volunteers: 2 }
        total { searching_volunteers: 1215 open_opportunities: 3 open_places: 23
                volunteers_per_place_hundredths: 5282 }
        remote { searching_volunteers: 4 open_opportunities: 5 open_places: 6
                 volunteers_per_place_hundredths: 66 thin: true }
        causes { term: "causes/health" coverage { volunteers_per_place_hundredths: 25 } }
        causes { term: "causes/care" coverage { volunteers_per_place_hundredths: 100 } }
        as_of { seconds: 1795510800 })",
                                            &reports.coverage));
  }
};

TEST_F(CoverageCommand, IsARowForEachDistrict) {
  const Ran ran = Run({"coverage"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(ran.out,
            "Coverage of the districts, as centres/ashford sees it\n"
            "As of 2026-11-24 09:00\n"
            "\n"
            "district                searching  open  places  for each place\n"
            "Ashford                     1,205     2       3          401.66\n"
            "Folkestone and Hythe            1     1      20            0.05  thin\n"
            "districts/E07000999             0     0       0\n"
            "outside the county              7     0       0\n"
            "not known or not shown          2     0       0\n"
            "together                    1,215     3      23           52.82\n"
            "from home                       4     5       6            0.66  thin\n"
            "\n"
            "Fewest for their places, of causes: causes/health 0.25, causes/care 1.00\n");
  EXPECT_EQ(reports.last_request.parent(), "centres/ashford");
  EXPECT_EQ(reports.last_request.cause() + reports.last_request.skill(), "");
}

TEST_F(CoverageCommand, TakesAnyWordForATerm) {
  const Ran ran = Run({"coverage", "--centre", "-", "--cause", "Pets", "--skill", "first aid"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(reports.last_request.parent(), "centres/-");
  EXPECT_EQ(reports.last_request.cause(), "causes/animal-welfare");
  EXPECT_EQ(reports.last_request.skill(), "skills/first-aid");
  EXPECT_THAT(ran.out, HasSubstr("Only who has causes/animal-welfare\nOnly who has skills/first-aid\n"));
}

TEST_F(CoverageCommand, WhatIsNoTermIsMisuse) {
  const Ran ran = Run({"coverage", "--skill", "frist aid"});
  EXPECT_EQ(ran.code, ExitCode::kUsage);
  EXPECT_THAT(ran.err, HasSubstr("first-aid"));
  EXPECT_EQ(Run({"coverage", "--cause", "nonsense"}).code, ExitCode::kUsage);
  EXPECT_EQ(board.Calls("GetDistrictCoverage"), 0);
}

TEST_F(CoverageCommand, AsJsonIsTheServicesAnswer) {
  const Ran ran = Run({"coverage", "--json"});
  EXPECT_EQ(ran.json()["districts"][1]["coverage"]["open_places"], "20");
  EXPECT_EQ(ran.json()["districts"][1]["coverage"]["thin"], true);
}

}  // namespace
}  // namespace brokerage::cli

// Imports of volunteers, from the command line to the service: what is refused, what is written, and what a
// second run adds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using matching::v1::Volunteer;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kHeader[] =
    "external_id,display_name,email,postcode,travel_radius_km,skills,sharing,sharing_consent_date,state\n";

// `count` good rows that are to be searching.
std::string GoodFile(int count) {
  std::string text = kHeader;
  for (int i = 1; i <= count; ++i) {
    absl::StrAppend(&text, "A", i, ",Person ", i, ",p", i, "@example.org,TN23 1PL,8,driving,,,searching\n");
  }
  return text;
}

// Good rows on lines 2 and 4, faulty ones on 3, 5, 6 and 7.
constexpr char kMixedRows[] =
    "A1,Ann,a@example.org,TN23 1PL,8,driving,,,searching\n"
    "A2,Bob,b@example.org,ZZ1 1ZZ,far,astrophysics,county,,searching\n"
    "A3,Cy,c@example.org,,,,,,enquiry\n"
    "A4,Dee REFUSED,d@example.org,TN23 1PL,8,driving; Driving,,,registered\n"
    "A1,Eve,e@example.org,,,,,,\n"
    "A6,\"Fay\"\"x,,,,,,,\n";

class VolunteerImport : public ProgramTest {
 protected:
  Ran Import(const std::string& path, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"volunteers", "import", path};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }

  int Searching() const {
    int count = 0;
    for (const auto& [name, volunteer] : volunteers.kept) {
      count += volunteer.state() == Volunteer::STATE_SEARCHING ? 1 : 0;
    }
    return count;
  }

  const std::string mixed_ = absl::StrCat(kHeader, kMixedRows);
};

TEST_F(VolunteerImport, GoodRowsGoAsFarAsTheyAsk) {
  const std::string path = Write("v.csv", absl::StrCat(kHeader,
                                                       "A1,Ann,a@example.org,TN23 1PL,8,driving,,,searching\n"
                                                       "A2,Bob,b@example.org,TN23 1PL,8,,,,registered\n"
                                                       "A3,Cy,c@example.org,,,,,,\n"));
  const Ran ran = Import(path);
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("3 rows of 3 written."));
  ASSERT_EQ(volunteers.kept.size(), 3u);
  std::map<std::string, Volunteer::State> states;
  for (const auto& [name, volunteer] : volunteers.kept) {
    EXPECT_THAT(name, testing::StartsWith("centres/ashford/volunteers/")) << "the credential's own centre";
    states[volunteer.display_name()] = volunteer.state();
  }
  EXPECT_EQ(states["Ann"], Volunteer::STATE_SEARCHING);
  EXPECT_EQ(states["Bob"], Volunteer::STATE_REGISTERED);
  EXPECT_EQ(states["Cy"], Volunteer::STATE_ENQUIRY);
}

TEST_F(VolunteerImport, EveryFaultyRowIsListedWithItsLineAndAllItsReasonsAndNothingIsWritten) {
  const Ran ran = Import(Write("v.csv", mixed_));
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_TRUE(volunteers.kept.empty());
  EXPECT_EQ(
      ran.out,
      "line 3 (A2)\n"
      "  travel_radius_km: \"far\" is no distance: write 8, 8.5 km or 5 miles\n"
      "  skills: \"astrophysics\" is no skill\n"
      "  sharing_consent_date: is needed to share with the county\n"
      "  postcode: is not known\n"
      "line 5 (A4)\n"
      "  display_name: is refused\n"
      "  skills: is there twice (volunteer.skills[1])\n"
      "line 6 (A1)\n"
      "  external_id: stands on line 2 too\n"
      "line 7\n"
      "  a quotation mark is opened and never closed\n"
      "4 of 6 rows are faulty; nothing was written. Correct them, or write the others with --keep-good and "
      "save the faulty ones with --errors FILE.\n")
      << "what the service says of sharing follows from the consent that is missing, and is not said again";
}

TEST_F(VolunteerImport, TheGoodRowsAreWrittenWhenThatIsAskedFor) {
  const std::string errors = PathOf("errors.csv");
  const std::string names = PathOf("names.csv");
  const Ran ran = Import(Write("v.csv", mixed_), {"--keep-good", "--errors", errors, "--names", names});
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused) << "not all is well";
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("line 3 (A2)"), HasSubstr("2 rows of 6 written; 4 of 6 rows are faulty.")));
  ASSERT_EQ(volunteers.kept.size(), 2u);
  EXPECT_THAT(Read(names), AllOf(HasSubstr("line,external_id,name,state\r\n"),
                                 HasSubstr("2,A1,centres/ashford/volunteers/v"), HasSubstr(",searching\r\n"),
                                 HasSubstr("4,A3,"), HasSubstr(",enquiry\r\n"), Not(HasSubstr("A2"))));
  struct stat info {};
  ASSERT_EQ(::stat(errors.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u) << "these are people's details";
}

TEST_F(VolunteerImport, TheFileOfFaultyRowsIsCorrectedAndImported) {
  const std::string path = Write("v.csv", absl::StrCat("display_name,phone,notes,state\n"
                                                       "Ann,+44 1233 555,=1+1,paused\n"
                                                       "Bob,01233 555,fine,\n"));
  const std::string errors = PathOf("errors.csv");
  EXPECT_EQ(Import(path, {"--keep-good", "--errors", errors}).code, ExitCode::kRowsRefused);
  std::string text = Read(errors);
  EXPECT_THAT(text, AllOf(HasSubstr("error_line,error_reasons,display_name,phone,notes,state\r\n"),
                          HasSubstr(",Ann,'+44 1233 555,'=1+1,paused\r\n"), Not(HasSubstr("Bob"))));
  text.replace(text.rfind("paused"), 6, "enquiry");
  EXPECT_EQ(Import(Write("corrected.csv", text)).code, ExitCode::kOk);
  ASSERT_EQ(volunteers.kept.size(), 2u);
  for (const auto& [name, volunteer] : volunteers.kept) {
    if (volunteer.display_name() != "Ann") continue;
    EXPECT_EQ(volunteer.contact().phone(), "+44 1233 555");
    EXPECT_EQ(volunteer.notes(), "=1+1");
  }
}

TEST_F(VolunteerImport, ADryRunWritesNothing) {
  const Ran good = Import(Write("good.csv", GoodFile(3)), {"--dry-run"});
  EXPECT_EQ(good.code, ExitCode::kOk);
  EXPECT_EQ(good.out, "All 3 rows are good; nothing was written.\n");
  const Ran bad = Import(Write("bad.csv", mixed_), {"--dry-run", "--keep-good"});
  EXPECT_EQ(bad.code, ExitCode::kRowsRefused);
  EXPECT_THAT(bad.out, HasSubstr("4 of 6 rows are faulty; nothing was written."));
  EXPECT_TRUE(volunteers.kept.empty());
}

TEST_F(VolunteerImport, WhatWasRoundedIsReported) {
  const Ran ran = Import(Write("v.csv", "display_name,phone,availability\nAnn,01233 555,Mon 09:10-12:20\n"));
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_THAT(ran.out,
              HasSubstr("Read differently than it stands there:\n  line 2: availability: \"Mon 09:10-12:20\" "
                        "was read as Mon 09:30–12:00\n"));
}

TEST_F(VolunteerImport, AHeaderThatIsNotUnderstoodEndsItAtOnce) {
  const Ran ran = Import(Write("v.csv", "display_name,emial,shoe_size\nAnn,,\n"));
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("line 1:\n  emial is no column of this kind of file; is email meant?\n"),
                    HasSubstr("shoe_size"), HasSubstr("Nothing was read.")));
  EXPECT_EQ(board.Calls("CheckVolunteer"), 0);
}

// The heart of it: however an import is cut short, running it again ends with every row written once.
TEST_F(VolunteerImport, GoesOnWhereItStoppedAndWritesNothingTwice) {
  constexpr int kRows = 40;
  const absl::Status minted = base::StoreUnavailable();
  for (const char* method : {"CreateVolunteer", "RegisterVolunteer", "ActivateVolunteer"}) {
    SCOPED_TRACE(method);
    volunteers.kept.clear();
    board.RefuseBefore(Fails(method, board.Calls(method) + 11, 1'000'000, minted));
    // A file of its own each time: what was done for another file says nothing of this one.
    const std::string file = Write(
        absl::StrCat(method, ".csv"),
        absl::StrCat(GoodFile(kRows), "\n", method, ",", method, ",x@example.org,TN23 1PL,8,,,,searching\n"));
    const Ran first = Import(file);
    EXPECT_EQ(first.code, ExitCode::kUnreachable) << first.out;
    EXPECT_THAT(first.out, HasSubstr("Run the same command again"));
    EXPECT_THAT(first.err, HasSubstr("STORE_UNAVAILABLE"));
    EXPECT_LT(Searching(), kRows + 1);
    EXPECT_GT(volunteers.kept.size(), 0u);

    board.Heal();
    const Ran second = Import(file);
    EXPECT_EQ(second.code, ExitCode::kOk) << second.out << second.err;
    EXPECT_THAT(second.out, HasSubstr(absl::StrCat(kRows + 1, " rows of ", kRows + 1, " written.")));
    EXPECT_EQ(volunteers.kept.size(), static_cast<std::size_t>(kRows + 1));
    EXPECT_EQ(Searching(), kRows + 1);

    EXPECT_EQ(Import(file).code, ExitCode::kOk) << "and a third time";
    EXPECT_EQ(volunteers.kept.size(), static_cast<std::size_t>(kRows + 1));
  }
}

TEST_F(VolunteerImport, AnAnswerThatIsLostIsAskedForAgain) {
  board.LoseAfter([](absl::string_view method, int before) {
    return method == "CreateVolunteer" && before % 3 == 0 ? base::OutcomeUnknown() : absl::OkStatus();
  });
  const Ran ran = Import(Write("v.csv", GoodFile(20)));
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(volunteers.kept.size(), 20u);
  EXPECT_GT(board.Calls("CreateVolunteer"), 20);
  EXPECT_GT(slept, absl::ZeroDuration());
}

TEST_F(VolunteerImport, AServiceThatIsAwayForAMomentIsWaitedFor) {
  board.RefuseBefore(Fails("CheckVolunteer", 0, 4, base::StoreUnavailable()));
  EXPECT_EQ(Import(Write("v.csv", GoodFile(2)), {"--in-flight", "1"}).code, ExitCode::kOk);
  EXPECT_EQ(volunteers.kept.size(), 2u);
}

TEST_F(VolunteerImport, AServiceThatStaysAwayEndsItBeforeAnythingIsWritten) {
  StopMatching();
  const Ran ran = Import(Write("v.csv", GoodFile(2)));
  EXPECT_EQ(ran.code, ExitCode::kUnreachable);
  EXPECT_THAT(ran.out, HasSubstr("Nothing was written: the rows could not all be checked."));
  EXPECT_THAT(ran.err, HasSubstr("Does the service run?"));
}

TEST_F(VolunteerImport, StaffMayHaveTakenARowFurtherMeanwhile) {
  const std::string path = Write("v.csv", GoodFile(1));
  ASSERT_EQ(Import(path).code, ExitCode::kOk);
  volunteers.kept.begin()->second.set_state(Volunteer::STATE_ON_BREAK);
  const Ran again = Import(path, {"--json"});
  EXPECT_EQ(again.code, ExitCode::kOk) << again.out;
  EXPECT_EQ(again.json()["written"][0]["state"], "on-break");
}

TEST_F(VolunteerImport, ARowThatIsRefusedOnlyWhenWrittenIsListedAndTheOthersGoOn) {
  board.RefuseBefore(
      Fails("RegisterVolunteer", 1, 2, base::FailedPrecondition("STATE_NOT_ALLOWED", "Not now.")));
  const Ran ran = Import(Write("v.csv", GoodFile(3)), {"--in-flight", "1"});
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(
      ran.out,
      AllOf(HasSubstr("line 3 (A2)\n  is there as centres/ashford/volunteers/v2 (enquiry) and went no "
                      "further: Not now. (STATE_NOT_ALLOWED)\n"),
            HasSubstr("2 rows of 3 written; 1 of 3 rows is faulty.")));
}

TEST_F(VolunteerImport, TheSameFileReadOtherwiseIsSaidToBe) {
  const std::string path = Write("v.csv", GoodFile(1));
  ASSERT_EQ(Import(path).code, ExitCode::kOk);
  // What the first run sent is not what this one sends: as if another version of the program had read the
  // file.
  board.RefuseBefore(Fails("CreateVolunteer", 1, 2, base::RequestIdReused()));
  const Ran ran = Import(path);
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  EXPECT_THAT(ran.out, HasSubstr("REQUEST_ID_REUSED"));
}

TEST_F(VolunteerImport, PossibleDuplicatesAreListedAndNotRefused) {
  const Ran ran = Import(Write("v.csv", "display_name,email\nAnn,a@example.org\nAnne,a@example.org\n"),
                         {"--in-flight", "1"});
  EXPECT_EQ(ran.code, ExitCode::kOk);
  EXPECT_THAT(
      ran.out,
      HasSubstr("These may be people that you have already:\n  line 3: centres/ashford/volunteers/v2 and "
                "centres/ashford/volunteers/v1\n"));
}

TEST_F(VolunteerImport, OfWhatNeedsNoCorrectingNoMoreIsListedThanIsRead) {
  std::string text = "display_name,phone,availability\n";
  for (int i = 0; i < 60; ++i) absl::StrAppend(&text, "Ann,01233 555,Mon 09:10-12:20\n");
  const std::string path = Write("v.csv", text);
  EXPECT_THAT(Import(path).out,
              AllOf(HasSubstr("line 51: availability"), Not(HasSubstr("line 52: availability")),
                    HasSubstr("  and 10 more: --json lists them all\n")));
  EXPECT_EQ(Import(path, {"--json"}).json()["notes"].size(), 60u);
}

TEST_F(VolunteerImport, ACredentialThatIsNotLetInEndsIt) {
  variables["BROKERAGE_CREDENTIAL_FILE"] = Write("other", "vb_ashford_k9_wrong");
  const Ran ran = Import(Write("v.csv", GoodFile(1)));
  EXPECT_EQ(ran.code, ExitCode::kDenied);
  EXPECT_THAT(ran.err, HasSubstr("CREDENTIAL_INVALID"));
}

TEST_F(VolunteerImport, IsForOneCentre) {
  const std::string path = Write("v.csv", GoodFile(1));
  EXPECT_EQ(Import(path, {"--centre", "-"}).code, ExitCode::kUsage);
  EXPECT_EQ(Import(path, {"--centre", "canterbury"}).code, ExitCode::kOk);
  EXPECT_EQ(Import(path).code, ExitCode::kOk);
  EXPECT_EQ(volunteers.kept.size(), 2u) << "one for each centre";
}

TEST_F(VolunteerImport, OneDocumentForPrograms) {
  const Ran ran = Import(Write("v.csv", mixed_), {"--keep-good", "--json", "--quiet"});
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused);
  const Json json = ran.json();
  EXPECT_EQ(json["kind"], "volunteers");
  EXPECT_EQ(json["row_count"], 6);
  EXPECT_EQ(json["faulty_count"], 4);
  EXPECT_EQ(json["written_count"], 2);
  ASSERT_EQ(json["refused"].size(), 4u);
  EXPECT_EQ(json["refused"][0]["line"], 3);
  EXPECT_EQ(json["refused"][0]["external_id"], "A2");
  EXPECT_EQ(json["refused"][0]["faults"].size(), 4u);
  EXPECT_EQ(json["refused"][0]["faults"][3], (Json{{"column", "postcode"}, {"text", "is not known"}}));
  ASSERT_EQ(json["written"].size(), 2u);
  EXPECT_EQ(json["written"][1]["line"], 4);
  EXPECT_EQ(json["stopped"], nullptr);
  EXPECT_EQ(json["sha256"].get<std::string>().size(), 64u);
  EXPECT_EQ(ran.err, "") << "no progress when it is to be quiet";
}

TEST_F(VolunteerImport, ProgressGoesToStandardError) {
  const Ran ran = Import(Write("v.csv", GoodFile(20)));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("Checking 20 of 20 rows\n"), HasSubstr("Writing 20 of 20 rows\n")));
}

TEST_F(VolunteerImport, AFileThatIsNotThereIsNoServiceThatIsAway) {
  const Ran ran = Import(PathOf("nowhere.csv"));
  EXPECT_EQ(ran.code, ExitCode::kFailed);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("nowhere.csv"), Not(HasSubstr("service"))));
}

TEST_F(VolunteerImport, TheExampleIsAFileThatCanBeImported) {
  const Ran example = Run({"volunteers", "import", "--example"});
  ASSERT_EQ(example.code, ExitCode::kOk);
  const Ran ran = Import(Write("example.csv", example.out));
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.out << ran.err;
  EXPECT_EQ(Searching(), 1);
}

}  // namespace
}  // namespace brokerage::cli

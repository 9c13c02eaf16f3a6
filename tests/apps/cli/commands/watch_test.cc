// Matches as they change, in words.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/errors.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using google::protobuf::TextFormat;
using testing::HasSubstr;

class Watching : public ProgramTest {
 protected:
  void Tell(const std::string& event) {
    ASSERT_TRUE(TextFormat::ParseFromString(absl::StrCat(event, " as_of { seconds: 1795510800 }"),
                                            &matching.events.emplace_back()));
  }
  void TellAll() {
    Tell(R"(snapshot { matches { volunteer: "centres/ashford/volunteers/v1" display_name: "Ann"
                                 score_millionths: 873111 } })");
    Tell("heartbeat {}");
    Tell(R"(difference { entered { volunteer: "centres/ashford/volunteers/v2" display_name: "Bob"
                                   score_millionths: 500000 }
                         changed { volunteer: "centres/ashford/volunteers/v1" display_name: "Ann"
                                   score_millionths: 400000 }
                         left: "centres/ashford/volunteers/v3" })");
    Tell("end { reason: REASON_CLOSED }");
  }
};

TEST_F(Watching, IsTheListAndThenWhatBecomesOfIt) {
  TellAll();
  const Ran ran = Run({"watch", "o1", "--limit", "5", "--weights", "near", "--require-access-support",
                       "--at-least-as-fresh", "token", "--timeout", "0.001"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(ran.out,
            "2026-11-24 09:00  1 volunteer fits\n"
            "    87.3 %  Ann  centres/ashford/volunteers/v1\n"
            "2026-11-24 09:00  1 new, 1 gone, 1 changed\n"
            "  + 50.0 %  Bob  centres/ashford/volunteers/v2\n"
            "  - centres/ashford/volunteers/v3\n"
            "  ~ 40.0 %  Ann  centres/ashford/volunteers/v1\n"
            "2026-11-24 09:00  the role was closed\n");
  EXPECT_EQ(matching.last_watch.parent(), "centres/ashford");
  EXPECT_EQ(matching.last_watch.opportunity(), "centres/ashford/opportunities/o1");
  EXPECT_EQ(matching.last_watch.limit(), 5);
  EXPECT_EQ(matching.last_watch.weight_set(), "weightSets/near");
  EXPECT_EQ(matching.last_watch.at_least_as_fresh(), "token");
  EXPECT_TRUE(matching.last_watch.require_access_support());
}

TEST_F(Watching, SaysWhenThereAreMoreAndWhenTheRoleIsDeleted) {
  Tell(R"(snapshot { matches { volunteer: "v" display_name: "A" score_millionths: 1 }
                     matches { volunteer: "w" display_name: "B" score_millionths: 0 } more: true })");
  Tell("end { reason: REASON_DELETED }");
  Tell("end {}");
  const std::string out = Run({"watch", "o1"}).out;
  EXPECT_THAT(out, HasSubstr("  the best 2 volunteers\n"));
  EXPECT_THAT(out, HasSubstr("  the role was deleted\n"));
  EXPECT_THAT(out, HasSubstr("  the watch is over\n"));
}

TEST_F(Watching, SaysWhenNothingButWhetherThereAreMoreIsAnother) {
  Tell("difference { more: true }");
  Tell("difference {}");
  EXPECT_EQ(Run({"watch", "o1"}).out,
            "2026-11-24 09:00  the same, and there are more now\n"
            "2026-11-24 09:00  the same, and there are no more now\n");
}

TEST_F(Watching, SaysThatItDoesNotKnowAnEvent) {
  Tell("");
  EXPECT_EQ(Run({"watch", "o1"}).out, "2026-11-24 09:00  an event that this program does not know\n");
}

TEST_F(Watching, AsJsonEachEventIsALine) {
  TellAll();
  const std::vector<std::string> lines = absl::StrSplit(Run({"watch", "o1", "--json"}).out, '\n');
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(Json::parse(lines[0])["snapshot"]["matches"][0]["display_name"], "Ann");
  EXPECT_TRUE(Json::parse(lines[1]).contains("heartbeat"));
  EXPECT_EQ(Json::parse(lines[3])["end"]["reason"], "REASON_CLOSED");
  EXPECT_EQ(lines[4], "");
}

TEST_F(Watching, TakesABrokenStreamUpAgain) {
  Tell("snapshot {} revision: 'first'");
  Tell("heartbeat {} revision: 'second'");
  board.LoseAfter(Fails("WatchMatches", 0, 1, base::ServiceStopping()));
  board.RefuseBefore(Fails("WatchMatches", 1, 3, base::ServiceStopping()));
  const Ran ran = Run({"watch", "o1", "--limit", "5", "--at-least-as-fresh", "token"});
  EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
  EXPECT_EQ(board.Calls("WatchMatches"), 4);
  EXPECT_EQ(matching.last_watch.resume_revision(), "second");
  EXPECT_EQ(matching.last_watch.at_least_as_fresh(), "");
  EXPECT_EQ(matching.last_watch.limit(), 5);
  EXPECT_EQ(slept, absl::Milliseconds(500 + 500 + 800));
}

TEST_F(Watching, GivesUpOnAServiceThatDoesNotComeBack) {
  Tell("snapshot {} revision: 'first'");
  board.LoseAfter(Fails("WatchMatches", 0, 1, base::ServiceStopping()));
  board.RefuseBefore(Fails("WatchMatches", 1, 1'000, base::ServiceStopping()));
  EXPECT_EQ(Run({"watch", "o1"}).code, ExitCode::kUnreachable);
  EXPECT_EQ(board.Calls("WatchMatches"), 30);
}

TEST_F(Watching, FailsAsTheStreamDoes) {
  board.RefuseBefore(Fails("WatchMatches", 0, 1, base::NotFound("centres/ashford/opportunities/o1")));
  EXPECT_EQ(Run({"watch", "o1"}).code, ExitCode::kNotFound);
  board.RefuseBefore(Fails("WatchMatches", 1, 1'000, base::ServiceStopping()));
  EXPECT_EQ(Run({"watch", "o1"}).code, ExitCode::kUnreachable);
  EXPECT_EQ(board.Calls("WatchMatches"), 2) << "what has not begun is not taken up again";
  EXPECT_EQ(Run({"watch", "o1", "--limit", "201"}).code, ExitCode::kUsage);
  EXPECT_EQ(Run({"watch", "centres/ashford/volunteers/v"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace brokerage::cli

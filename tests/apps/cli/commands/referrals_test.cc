// Referrals at the command line: what is asked of the service, and what is shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"

#include "base/errors.h"
#include "base/ids.h"
#include "tests/apps/cli/support/program_fixture.h"

namespace brokerage::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ReferralCommands : public ProgramTest {
 protected:
  ReferralCommands() {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        R"(name: "centres/dover/referrals/r1" stage: STAGE_OFFERED display_name: "Ann" title: "Cook"
           history { stage: STAGE_SHORTLISTED by: "centres/dover/credentials/k" note: "at the fair" })",
        &referrals.referral));
  }
};

TEST_F(ReferralCommands, EachStepIsACommand) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> table = {
      {{"shortlist", "v1", "centres/dover/opportunities/o1", "--weights", "w", "--note", "n"},
       "ShortlistVolunteer parent: \"centres/ashford\" volunteer: \"centres/ashford/volunteers/v1\" "
       "opportunity: "
       "\"centres/dover/opportunities/o1\" weight_set: \"weightSets/w\" note: \"n\""},
      {{"offer", "r1", "--note", "rang"},
       "OfferReferral name: \"centres/ashford/referrals/r1\" note: \"rang\""},
      {{"consent", "r1", "--means", "telephone"},
       "RecordConsent name: \"centres/ashford/referrals/r1\" means: MEANS_TELEPHONE"},
      {{"introduce", "centres/dover/referrals/r1"},
       "IntroduceVolunteer name: \"centres/dover/referrals/r1\""},
      {{"acknowledge", "r1"}, "AcknowledgeReferral name: \"centres/ashford/referrals/r1\""},
      {{"place", "r1"}, "PlaceVolunteer name: \"centres/ashford/referrals/r1\""},
      {{"end", "r1", "--reason", "completed"},
       "EndPlacement name: \"centres/ashford/referrals/r1\" reason: REASON_COMPLETED"},
      {{"decline", "r1", "--reason", "no-time", "--by", "volunteer"},
       "DeclineReferral name: \"centres/ashford/referrals/r1\" reason: REASON_NO_TIME declined_by: "
       "SIDE_VOLUNTEER"},
      {{"note", "r1", "called twice"},
       "AddNote name: \"centres/ashford/referrals/r1\" note: \"called twice\""},
      {{"get", "r1"}, "GetReferral name: \"centres/ashford/referrals/r1\""},
  };
  for (const auto& [words, asked] : table) {
    std::vector<std::string> arguments = {"referrals"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    referrals.asked.clear();
    const Ran ran = Run(arguments);
    EXPECT_EQ(ran.code, ExitCode::kOk) << ran.err;
    EXPECT_THAT(referrals.asked, ElementsAre(asked));
    EXPECT_THAT(ran.out, AllOf(HasSubstr("offered"), HasSubstr("at the fair")));
  }
  ASSERT_EQ(referrals.request_ids.size(), table.size() - 1);
  for (const std::string& id : referrals.request_ids) EXPECT_TRUE(base::IsUuid4(id)) << id;
}

TEST_F(ReferralCommands, AListIsATable) {
  const Ran ran = Run({"referral", "list", "--filter", "live=true", "--order-by", "update_time"});
  EXPECT_EQ(ran.out,
            "NAME                        STAGE    VOLUNTEER  ROLE  UPDATED\n"
            "centres/dover/referrals/r1  offered  Ann        Cook\n"
            "1 referral\n");
  EXPECT_THAT(referrals.asked, ElementsAre("ListReferrals parent: \"centres/ashford\" page_size: 50 filter: "
                                           "\"live=true\" order_by: \"update_time\""));
}

TEST_F(ReferralCommands, WhatIsMissingIsSaidBeforeAnythingIsAsked) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"referrals", "decline", "r1", "--by", "volunteer"},
        {"referrals", "decline", "r1", "--reason", "no-time"},
        {"referrals", "decline", "r1", "--reason", "no-fun", "--by", "volunteer"},
        {"referrals", "consent", "r1"},
        {"referrals", "note", "r1"},
        {"referrals", "shortlist", "v1"},
        {"referrals", "offer", "centres/ashford/volunteers/v1"}}) {
    EXPECT_EQ(Run(words).code, ExitCode::kUsage) << words[1];
  }
  EXPECT_TRUE(referrals.asked.empty());
}

TEST_F(ReferralCommands, WhatAPairLacksIsShownWithItsFixes) {
  referrals.refusal = base::NeedsNotMet("NOT_A_MATCH", "The pair is no match now",
                                        {{"TOO_FAR", "centres/a/volunteers/v", "1.3 km beyond their 8 km"},
                                         {"LANGUAGE", "centres/a/volunteers/v", "needs French"}});
  const Ran ran = Run({"referrals", "shortlist", "v1", "o1"});
  EXPECT_EQ(ran.code, ExitCode::kFailed);
  EXPECT_EQ(ran.err,
            "brokerage: The pair is no match now: TOO_FAR, LANGUAGE.\n"
            "  TOO_FAR: 1.3 km beyond their 8 km\n"
            "  LANGUAGE: needs French\n"
            "  (FAILED_PRECONDITION, NOT_A_MATCH)\n");
  const Ran json = Run({"--json", "referrals", "shortlist", "v1", "o1"});
  const Json needs = Json::parse(json.err)["error"]["needs"];
  ASSERT_EQ(needs.size(), 2u);
  EXPECT_EQ(needs[1]["code"], "LANGUAGE");
  EXPECT_EQ(needs[1]["description"], "needs French");
}

}  // namespace
}  // namespace brokerage::cli

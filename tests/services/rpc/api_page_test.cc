// docs/api.md says what the code does: every reason, scope and role is there, and the numbers are the
// limits'.

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <regex>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "base/limits.h"
#include "brokerage/common/v1/access.pb.h"
#include "services/rpc/scopes.h"
#include "services/rpc/waiting.h"

namespace brokerage::rpc {
namespace {

using ::testing::HasSubstr;

// CTest runs the tests from the top of the tree.
std::string ReadText(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

const std::string& Page() {
  static const auto& page = *new std::string(ReadText("docs/api.md"));
  return page;
}

// 1000000 as people read it: "1,000,000".
std::string Grouped(int64_t number) {
  std::string digits = absl::StrCat(number);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return digits;
}

TEST(ApiPage, NamesEveryReason) {
  const std::string header = ReadText("base/errors.h");
  const std::regex reason("string_view k[A-Za-z]+ = \"([A-Z_]+)\"");
  int found = 0;
  for (std::sregex_iterator it(header.begin(), header.end(), reason), end; it != end; ++it, ++found) {
    EXPECT_THAT(Page(), HasSubstr(absl::StrCat("`", (*it)[1].str(), "`")));
  }
  EXPECT_GT(found, 25);
}

TEST(ApiPage, NamesEveryScopeAndRole) {
  for (const std::string& scope : KnownScopes())
    EXPECT_THAT(Page(), HasSubstr(absl::StrCat("`", scope, "`")));
  const auto* roles = common::v1::Role_descriptor();
  for (int i = 0; i < roles->value_count(); ++i) {
    if (roles->value(i)->number() <= common::v1::ROLE_PUBLIC) continue;  // nobody's credential
    EXPECT_THAT(Page(), HasSubstr(absl::StrCat("| `", roles->value(i)->name(), "` |")));
  }
}

TEST(ApiPage, TellsTheLimits) {
  using namespace base;  // NOLINT: the table is a list of their constants
  const struct {
    std::string what;
    std::string limit;
  } kTable[] = {
      {"display names of people, centres and credentials",
       absl::StrCat(Grouped(kMaxDisplayNameBytes), " bytes")},
      {"titles and display names of organisations", absl::StrCat(Grouped(kMaxTitleBytes), " bytes")},
      {"notes and descriptions of organisations", absl::StrCat(Grouped(kMaxNotesBytes), " bytes")},
      {"descriptions of opportunities", absl::StrCat(Grouped(kMaxDescriptionBytes), " bytes")},
      {"reasons", absl::StrCat(Grouped(kMaxReasonBytes), " bytes")},
      {"evidence", absl::StrCat(Grouped(kMaxEvidenceBytes), " bytes")},
      {"notes of a referral", absl::StrCat(Grouped(kMaxReferralNoteBytes), " bytes")},
      {"steps and notes of a referral",
       absl::StrCat(kMaxReferralHistory, ", of which ", kReservedHistory, " are kept for steps")},
      {"web addresses", absl::StrCat(Grouped(kMaxUrlBytes), " bytes")},
      {"email addresses", absl::StrCat(Grouped(kMaxEmailBytes), " bytes")},
      {"telephone numbers", absl::StrCat(Grouped(kMaxPhoneBytes), " bytes")},
      {"resource names", absl::StrCat(Grouped(kMaxResourceNameBytes), " bytes")},
      {"filters", absl::StrCat(Grouped(kMaxFilterBytes), " bytes")},
      {"identifiers of an organisation",
       absl::StrCat(kMaxIdentifiers, " items of ", kMaxIdentifierBytes, " bytes")},
      {"places of an organisation", absl::StrCat(kMaxPlaces, " items")},
      {"districts, causes", absl::StrCat(kMaxDistricts, " items")},
      {"scopes", absl::StrCat(kMaxScopes, " items")},
      {"income", absl::StrCat("0 to ", Grouped(kMaxIncome), " pounds a year")},
      {"a request", absl::StrCat(kMaxRequestBytes / (1024 * 1024), " MiB")},
      {"calls at once", absl::StrCat(kMaxServerThreads, ", streams among them")},
      {"questions to the index that wait at once for `at_least_as_fresh`", absl::StrCat(kMaxWaitingCalls)},
  };
  for (const auto& row : kTable)
    EXPECT_THAT(Page(), HasSubstr(absl::StrCat("| ", row.what, " | ", row.limit, " |")));
  EXPECT_EQ(kMaxDistricts, kMaxCauses);
  for (const std::string& sentence :
       {absl::StrCat("`page_size` is ", kDefaultPageSize, " when it is not set and at most ",
                     Grouped(kMaxPageSize)),
        absl::StrCat("kept for ", absl::ToInt64Hours(kRequestIdPeriod), " hours"),
        absl::StrCat("after every ", absl::ToInt64Seconds(kHeartbeatPeriod), " seconds of silence"),
        absl::StrCat("the last ", Grouped(static_cast<int64_t>(kKeptChanges)), " commits"),
        absl::StrCat("more than ", Grouped(static_cast<int64_t>(kMaxStreamQueue)), " changes behind"),
        absl::StrCat("does not read for ", absl::ToInt64Seconds(kLongestStreamWrite), " seconds"),
        absl::StrCat(kMaxWatchedMatches, " at most (`limit`; ", kDefaultPageSize, " when it is not set)"),
        absl::StrCat("has ", kMaxStreams, " streams at most, and keeps ", kServiceStreams, " of them"),
        absl::StrCat("Calls without a deadline get ", absl::ToInt64Seconds(kDefaultDeadline), " seconds"),
        absl::StrCat("may be asked ", kDefaultOutreachBudget, " times in ",
                     absl::ToInt64Hours(kOutreachPeriod) / 24, " × 24 hours"),
        absl::StrCat("until the ", kQuietDaysAfterDecline, "th London day after"),
        absl::StrCat("a volunteer has ", kMaxLiveReferrals, " live referrals"),
        absl::StrCat("more than ", Grouped(kMaxReferralsEndedAtOnce), " live referrals"),
        absl::StrCat("the first ", kListedInDecision, " matches of the role's list"),
        absl::StrCat("possible for ", absl::ToInt64Hours(kUndeletePeriod) / 24, " days")}) {
    EXPECT_THAT(absl::StrReplaceAll(Page(), {{"\n  ", " "}, {"\n", " "}}), HasSubstr(sentence));
  }
}

}  // namespace
}  // namespace brokerage::rpc

#include <string>

#include "absl/strings/str_cat.h"

#include "matcher/condition_text.h"
#include "matcher/words.h"

namespace brokerage::matcher {
namespace {

constexpr int64_t kBasisPoints = 10'000;

// Minutes that COVERAGE still lacks.
int64_t LackingMinutes(const CoverageWorking& coverage) {
  const int64_t needed = (coverage.minimum_bp * coverage.committed_minutes + kBasisPoints - 1) / kBasisPoints;
  return needed - coverage.covered_minutes;
}

}  // namespace

ConditionText CoverageText(const CoverageWorking& coverage, bool holds) {
  using Kind = CoverageWorking::Kind;
  if (coverage.kind == Kind::kNoSchedule) return {"no schedule is stated", ""};
  if (coverage.kind == Kind::kDated && coverage.sessions == 0) return {"no session is still to come", ""};
  const absl::string_view unit = coverage.kind == Kind::kDated ? "" : " a week";
  if (coverage.nothing_recorded) {
    return {"their free time is not recorded", holds ? "" : "ask when they are free"};
  }
  std::string fact = absl::StrCat("free for ", coverage.covered_minutes, " of ",
                                  CountText(coverage.committed_minutes, "minute"), unit);
  const std::string sessions = coverage.kind == Kind::kDated
                                   ? absl::StrCat("covers ", coverage.sessions_covered, " of ",
                                                  CountText(coverage.sessions, "session"))
                                   : "";
  if (!sessions.empty()) absl::StrAppend(&fact, ", ", sessions);
  if (holds) return {fact, ""};
  const std::string lacking =
      absl::StrCat(CountText(LackingMinutes(coverage), "more minute"), unit, " would be enough");
  return {fact, sessions.empty() ? lacking : absl::StrCat(sessions, ": ", lacking)};
}

ConditionText PlacementText(const PlacementWorking& placements) {
  if (placements.clash.has_value()) {
    return {absl::StrCat("session ", placements.clash->number, " on ", DayText(placements.clash->day),
                         " overlaps a placement they hold"),
            absl::StrCat("leave out session ", placements.clash->number, ", or end that placement")};
  }
  if (placements.placements == 0) return {"no placement of theirs is recorded", ""};
  return {"no session overlaps a placement they hold", ""};
}

ConditionText ReferralText(const ReferralWorking& referral) {
  if (referral.live_referral) return {"already referred", "follow the referral that there is"};
  if (referral.declined_until.has_value()) {
    return {"declined within the last 90 days",
            absl::StrCat("ask again from ", DayText(*referral.declined_until))};
  }
  return {"no referral of the two is recorded", ""};
}

}  // namespace brokerage::matcher

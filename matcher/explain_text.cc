#include "matcher/explain_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "matcher/condition_text.h"
#include "matcher/skills.h"
#include "matcher/words.h"

namespace brokerage::matcher {
namespace {

std::string SkillsPartText(const Explanation& explanation, const Vocabulary& vocabulary) {
  if (explanation.skills.empty()) return "absent: no skill is wanted";
  std::vector<std::string> lines;
  for (const SkillWorking& skill : explanation.skills) {
    std::string line = absl::StrCat(vocabulary.SkillName(skill.wanted.skill), " ", skill.credit, "/",
                                    kFullCredit, " × importance ", skill.wanted.importance);
    if (skill.held.has_value() && skill.held->skill != skill.wanted.skill) {
      absl::StrAppend(&line, " (by ", vocabulary.SkillName(skill.held->skill), ")");
    }
    lines.push_back(line);
  }
  return absl::StrJoin(lines, "; ");
}

std::string LocationPartText(const Explanation& explanation) {
  const TravelWorking& travel = explanation.travel;
  if (travel.remote) return "remote";
  if (!explanation.Holds(Condition::kTooFar)) return "too far, or not known";
  return absl::StrCat(travel.by_centroid ? "up to " : "", LengthText(*travel.distance_m), ByText(travel),
                      " of their ", LengthText(*travel.radius_m));
}

std::string AvailabilityPartText(const Explanation& explanation) {
  if (!explanation.pair.parts.availability.has_value()) {
    return explanation.opportunity.no_session_left ? "absent: no session is still to come"
                                                   : "absent: no schedule is stated";
  }
  return absl::StrCat(explanation.coverage.covered_minutes, " of ",
                      CountText(explanation.coverage.committed_minutes, "minute"));
}

std::string CausesPartText(const CauseWorking& causes, const Vocabulary& vocabulary) {
  if (!causes.stated) return "absent: not stated by both";
  if (!causes.volunteer_cause.has_value()) return "none is shared";
  const std::string mine = vocabulary.CauseName(*causes.volunteer_cause);
  const std::string theirs = vocabulary.CauseName(*causes.opportunity_cause);
  return mine == theirs ? absl::StrCat("shared: ", mine) : absl::StrCat("shared: ", mine, " and ", theirs);
}

}  // namespace

ConditionText DescribeCondition(const Explanation& explanation, Condition condition,
                                const Vocabulary& vocabulary, Reader reader) {
  const bool holds = explanation.Holds(condition);
  switch (condition) {
    case Condition::kVolunteerNotAvailable:
      return VolunteerText(explanation.volunteer);
    case Condition::kOpportunityNotOpen:
      return OpportunityText(explanation.opportunity);
    case Condition::kOrganisationNotActive:
      return OrganisationText(explanation.organisation);
    case Condition::kNotShared:
      return SharingText(explanation.sharing);
    case Condition::kTooFar:
      return TravelText(explanation.travel, holds);
    case Condition::kRemoteNotWanted:
      return RemoteText(explanation.travel);
    case Condition::kRequiredSkill:
      return RequiredSkillText(explanation.skills, vocabulary);
    case Condition::kCheckLevel:
      return CheckTextOf(explanation.check, reader);
    case Condition::kAge:
      return AgeText(explanation.age, holds, reader);
    case Condition::kLicence:
      return LicenceText(explanation.licences, vocabulary, reader);
    case Condition::kLanguage:
      return LanguageText(explanation.languages, vocabulary);
    case Condition::kCoverage:
      return CoverageText(explanation.coverage, holds);
    case Condition::kDoubleBooked:
      return PlacementText(explanation.placements);
    case Condition::kAlreadyReferred:
      return ReferralText(explanation.referral);
  }
  return {};
}

std::string DescribePart(const Explanation& explanation, Part part, const Vocabulary& vocabulary) {
  switch (part) {
    case Part::kSkills:
      return SkillsPartText(explanation, vocabulary);
    case Part::kLocation:
      return LocationPartText(explanation);
    case Part::kAvailability:
      return AvailabilityPartText(explanation);
    case Part::kCauses:
      return CausesPartText(explanation.causes, vocabulary);
  }
  return "";
}

std::string DescribeNote(const Note& note, const Vocabulary& vocabulary, Reader reader) {
  const auto when = [&] {
    return reader == Reader::kOwnCentre ? absl::StrCat("on ", DayText(note.day))
                                        : std::string("within 84 days");
  };
  switch (note.kind) {
    case Note::Kind::kNoSchedule:
      return "no schedule is stated";
    case Note::Kind::kCheckExpiresSoon:
      return absl::StrCat("their check expires ", when());
    case Note::Kind::kLicenceExpiresSoon:
      return absl::StrCat(vocabulary.LicenceName(note.id), " expires ", when());
    case Note::Kind::kAccessNeedNotOffered:
      return absl::StrCat("the role does not offer ", vocabulary.AccessNeedName(note.id));
  }
  return "";
}

}  // namespace brokerage::matcher

#include "services/matching/referrals/referral_stages.h"

#include <algorithm>

#include "absl/strings/strip.h"

namespace brokerage::matching {

using v1::Referral;

namespace {

template <typename T>
bool Contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

const std::vector<ReferralStep>& ReferralSteps() {
  static const auto& table = *new std::vector<ReferralStep>{
      {"ShortlistVolunteer",
       {},
       Referral::STAGE_SHORTLISTED,
       ActingSide::kEither,
       {Need::kMatch},
       {Effect::kBeginsLife, Effect::kKeepsDecision}},
      {"OfferReferral",
       {Referral::STAGE_SHORTLISTED},
       Referral::STAGE_OFFERED,
       ActingSide::kVolunteers,
       {Need::kActiveOrganisation, Need::kRoleOpen, Need::kVolunteerAvailable, Need::kOutreachBudget},
       {Effect::kCountsContact}},
      {"RecordConsent",
       {Referral::STAGE_OFFERED},
       Referral::STAGE_CONSENTED,
       ActingSide::kVolunteers,
       {},
       {Effect::kKeepsConsent}},
      {"IntroduceVolunteer",
       {Referral::STAGE_CONSENTED},
       Referral::STAGE_INTRODUCED,
       ActingSide::kEither,
       {Need::kActiveOrganisation, Need::kRoleOpen, Need::kVolunteerAvailable},
       {Effect::kRevealsContact, Effect::kConnects}},
      {"AcknowledgeReferral",
       {Referral::STAGE_INTRODUCED},
       Referral::STAGE_ACKNOWLEDGED,
       ActingSide::kRoles,
       {},
       {}},
      {"PlaceVolunteer",
       {Referral::STAGE_ACKNOWLEDGED},
       Referral::STAGE_PLACED,
       ActingSide::kRoles,
       {Need::kActiveOrganisation, Need::kRoleOpen, Need::kVolunteerAvailable, Need::kFreePlace,
        Need::kBelowPlacementLimit, Need::kNotDoubleBooked},
       {Effect::kTakesPlace}},
      {"EndPlacement",
       {Referral::STAGE_PLACED},
       Referral::STAGE_ENDED,
       ActingSide::kEither,
       {},
       {Effect::kFreesPlace, Effect::kEndsLife}},
      {"DeclineReferral",
       {Referral::STAGE_SHORTLISTED, Referral::STAGE_OFFERED, Referral::STAGE_CONSENTED,
        Referral::STAGE_INTRODUCED, Referral::STAGE_ACKNOWLEDGED},
       std::nullopt,
       ActingSide::kEither,
       {},
       {Effect::kEndsLife, Effect::kQuietens}},
      {"AddNote",
       {Referral::STAGE_SHORTLISTED, Referral::STAGE_OFFERED, Referral::STAGE_CONSENTED,
        Referral::STAGE_INTRODUCED, Referral::STAGE_ACKNOWLEDGED, Referral::STAGE_PLACED,
        Referral::STAGE_ENDED, Referral::STAGE_DECLINED, Referral::STAGE_NO_RESPONSE,
        Referral::STAGE_WITHDRAWN},
       std::nullopt,
       ActingSide::kEither,
       {},
       {}},
  };
  return table;
}

bool ReferralStep::Has(Effect effect) const { return Contains(effects, effect); }
bool ReferralStep::Allows(Referral::Stage stage) const { return Contains(from, stage); }

const ReferralStep& ReferralStepOf(absl::string_view method) {
  const auto& steps = ReferralSteps();
  return *std::find_if(steps.begin(), steps.end(), [&](const auto& step) { return step.method == method; });
}

std::vector<std::string> PossibleAt(Referral::Stage stage) {
  std::vector<std::string> methods;
  for (const ReferralStep& step : ReferralSteps()) {
    if (step.Allows(stage)) methods.emplace_back(step.method);
  }
  return methods;
}

bool IsLive(Referral::Stage stage) {
  return stage >= Referral::STAGE_SHORTLISTED && stage <= Referral::STAGE_PLACED;
}

bool RevealsContact(Referral::Stage stage) {
  return stage >= Referral::STAGE_INTRODUCED && stage <= Referral::STAGE_PLACED;
}

std::string StageName(Referral::Stage stage) {
  return std::string(absl::StripPrefix(Referral::Stage_Name(stage), "STAGE_"));
}

std::optional<Referral::Stage> StageOfDecline(Referral::Reason reason) {
  switch (reason) {
    case Referral::REASON_NOT_INTERESTED:
    case Referral::REASON_NO_TIME:
    case Referral::REASON_TOO_FAR:
    case Referral::REASON_NOT_SUITABLE:
    case Referral::REASON_CIRCUMSTANCES:
    case Referral::REASON_FOUND_ANOTHER:
    case Referral::REASON_OTHER:
      return Referral::STAGE_DECLINED;
    case Referral::REASON_NO_RESPONSE:
      return Referral::STAGE_NO_RESPONSE;
    case Referral::REASON_MADE_IN_ERROR:
      return Referral::STAGE_WITHDRAWN;
    default:
      return std::nullopt;
  }
}

bool EndsPlacement(Referral::Reason reason) {
  switch (reason) {
    case Referral::REASON_COMPLETED:
    case Referral::REASON_STOPPED:
    case Referral::REASON_NO_TIME:
    case Referral::REASON_TOO_FAR:
    case Referral::REASON_NOT_SUITABLE:
    case Referral::REASON_CIRCUMSTANCES:
    case Referral::REASON_FOUND_ANOTHER:
    case Referral::REASON_MADE_IN_ERROR:
    case Referral::REASON_OTHER:
      return true;
    default:
      return false;
  }
}

}  // namespace brokerage::matching

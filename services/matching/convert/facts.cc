#include "services/matching/convert/facts.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"

#include "base/clock.h"
#include "base/resource_names.h"
#include "reference/postcode.h"
#include "services/matching/convert/times.h"

namespace brokerage::matching {
namespace {

int32_t ToE7(double degrees) { return static_cast<int32_t>(std::llround(degrees * reference::kDegreeE7)); }

matcher::Sharing ToFacts(common::v1::Sharing sharing) {
  return sharing == common::v1::SHARING_COUNTY ? matcher::Sharing::kCounty : matcher::Sharing::kCentre;
}

matcher::CheckLevel ToFacts(common::v1::CheckLevel level) {
  switch (level) {
    case common::v1::CHECK_LEVEL_BASIC:
      return matcher::CheckLevel::kBasic;
    case common::v1::CHECK_LEVEL_STANDARD:
      return matcher::CheckLevel::kStandard;
    case common::v1::CHECK_LEVEL_ENHANCED:
      return matcher::CheckLevel::kEnhanced;
    case common::v1::CHECK_LEVEL_ENHANCED_BARRED:
      return matcher::CheckLevel::kEnhancedBarred;
    default:
      return matcher::CheckLevel::kNone;
  }
}

matcher::WorkforceSet WorkforcesOf(const google::protobuf::RepeatedField<int>& workforces) {
  matcher::WorkforceSet set = 0;
  for (const int workforce : workforces) {
    if (workforce == common::v1::WORKFORCE_CHILDREN) set |= matcher::kChildWorkforce;
    if (workforce == common::v1::WORKFORCE_ADULTS) set |= matcher::kAdultWorkforce;
    if (workforce == common::v1::WORKFORCE_OTHER) set |= matcher::kOtherWorkforce;
  }
  return set;
}

matcher::BarredListSet BarredListsOf(const google::protobuf::RepeatedField<int>& lists) {
  matcher::BarredListSet set = 0;
  for (const int list : lists) {
    if (list == common::v1::BARRED_LIST_CHILDREN) set |= matcher::kChildrenBarredList;
    if (list == common::v1::BARRED_LIST_ADULTS) set |= matcher::kAdultsBarredList;
  }
  return set;
}

matcher::VolunteerState ToFacts(v1::Volunteer::State state) {
  switch (state) {
    case v1::Volunteer::STATE_REGISTERED:
      return matcher::VolunteerState::kRegistered;
    case v1::Volunteer::STATE_SEARCHING:
      return matcher::VolunteerState::kSearching;
    case v1::Volunteer::STATE_PLACED:
      return matcher::VolunteerState::kPlaced;
    case v1::Volunteer::STATE_ON_BREAK:
      return matcher::VolunteerState::kOnBreak;
    case v1::Volunteer::STATE_LEFT:
      return matcher::VolunteerState::kLeft;
    default:
      return matcher::VolunteerState::kEnquiry;
  }
}

matcher::OpportunityState ToFacts(v1::Opportunity::State state) {
  switch (state) {
    case v1::Opportunity::STATE_SUBMITTED:
      return matcher::OpportunityState::kSubmitted;
    case v1::Opportunity::STATE_OPEN:
      return matcher::OpportunityState::kOpen;
    case v1::Opportunity::STATE_REJECTED:
      return matcher::OpportunityState::kRejected;
    case v1::Opportunity::STATE_PAUSED:
      return matcher::OpportunityState::kPaused;
    case v1::Opportunity::STATE_FILLED:
      return matcher::OpportunityState::kFilled;
    case v1::Opportunity::STATE_EXPIRED:
      return matcher::OpportunityState::kExpired;
    case v1::Opportunity::STATE_CLOSED:
      return matcher::OpportunityState::kClosed;
    case v1::Opportunity::STATE_DELETED:
      return matcher::OpportunityState::kDeleted;
    default:
      return matcher::OpportunityState::kDraft;
  }
}

// The numbers of `words`; those that the tables lack are left out.
template <typename Id, typename Find>
std::vector<Id> IdsOf(const google::protobuf::RepeatedPtrField<std::string>& words, Find find) {
  std::vector<Id> ids;
  ids.reserve(static_cast<std::size_t>(words.size()));
  for (const std::string& word : words) {
    if (const auto id = find(word)) ids.push_back(*id);
  }
  return ids;
}

bool HasConsent(const v1::Volunteer& volunteer, v1::Consent::Purpose purpose) {
  return std::any_of(volunteer.consents().begin(), volunteer.consents().end(),
                     [&](const v1::Consent& consent) {
                       return consent.purpose() == purpose && !consent.has_withdrawn_time();
                     });
}

}  // namespace

std::optional<reference::ResolvedPlace> Locate(const common::v1::Place& place,
                                               const reference::PlaceIndex& places) {
  const bool has_point = place.has_latitude() && place.has_longitude();
  const reference::Point point{ToE7(place.latitude()), ToE7(place.longitude())};
  if (place.postcode().empty()) {
    if (!has_point) return std::nullopt;
    return places.ResolveCoordinates(point);
  }
  const auto postcode = reference::Postcode::Parse(place.postcode());
  if (!postcode) return std::nullopt;
  if (has_point && place.precision() == common::v1::PLACE_PRECISION_POSTCODE) {
    // What the record shows is what it is matched by, wherever places imported since put the postcode.
    return reference::ResolvedPlace{point, std::string(base::LastSegment(place.district())),
                                    std::string(postcode->outcode()), reference::Precision::kPostcode};
  }
  return places.Resolve(*postcode);
}

matcher::VolunteerFacts ToFacts(const v1::Volunteer& volunteer, const ReferenceTables& tables,
                                const reference::PlaceIndex& places) {
  matcher::VolunteerFacts facts;
  facts.name = volunteer.name();
  facts.display_name = volunteer.display_name();
  if (const auto name = base::VolunteerName::Parse(volunteer.name())) facts.centre = name->Parent().Format();
  facts.state = ToFacts(volunteer.state());
  if (volunteer.has_break_until_date()) facts.on_break_until = DayOf(volunteer.break_until_date());
  facts.sharing = ToFacts(volunteer.sharing());
  if (volunteer.has_placement_limit())
    facts.placement_limit = static_cast<uint32_t>(volunteer.placement_limit());

  if (const auto home = Locate(volunteer.home(), places)) {
    facts.home = ToGeoPoint(home->point);
    if (const auto centroid = places.OutcodeCentroid(home->outcode))
      facts.outcode_centroid = ToGeoPoint(*centroid);
  }
  if (volunteer.has_travel_radius_m())
    facts.travel_radius_m = static_cast<uint32_t>(volunteer.travel_radius_m());
  facts.accepts_remote = volunteer.accepts_remote();

  for (const auto& skill : volunteer.skills()) {
    const auto id = SkillIdOf(tables, skill.skill());
    if (!id) continue;
    facts.skills.push_back(
        {*id, skill.has_level() ? static_cast<uint8_t>(skill.level()) : matcher::kDefaultHeldLevel});
  }
  facts.free = SlotsOf(volunteer.availability().weekly());
  facts.extra = IntervalsOf(volunteer.availability(), v1::AvailabilityException::KIND_EXTRA);
  facts.away = IntervalsOf(volunteer.availability(), v1::AvailabilityException::KIND_AWAY);
  facts.causes = IdsOf<matcher::CauseId>(volunteer.causes(),
                                         [&](const auto& cause) { return CauseIdOf(tables, cause); });
  facts.languages = IdsOf<matcher::LanguageId>(volunteer.languages(),
                                               [&](const auto& code) { return LanguageIdOf(tables, code); });
  for (const auto& licence : volunteer.licences()) {
    matcher::HeldLicence held{static_cast<matcher::LicenceKind>(licence.kind()), std::nullopt};
    if (licence.has_expire_date()) held.expire_day = DayOf(licence.expire_date());
    facts.licences.push_back(held);
  }
  for (const auto& check : volunteer.checks()) {
    matcher::HeldCheck held;
    held.level = ToFacts(check.level());
    held.workforces = WorkforcesOf(check.workforces());
    held.barred_lists = BarredListsOf(check.barred_lists());
    held.issue_day = DayOf(check.issue_date());
    if (check.has_expire_date()) held.expire_day = DayOf(check.expire_date());
    facts.checks.push_back(held);
  }
  if (volunteer.has_date_of_birth()) {
    const auto& born = volunteer.date_of_birth();
    facts.birth_date =
        matcher::BirthDate{static_cast<int16_t>(born.year()), static_cast<uint8_t>(born.month()),
                           static_cast<uint8_t>(born.day())};
  }
  facts.guardian_consent = HasConsent(volunteer, v1::Consent::PURPOSE_GUARDIAN);
  facts.access_needs = IdsOf<matcher::AccessNeed>(
      volunteer.access_needs(), [&](const auto& need) { return AccessNeedOf(tables, need); });
  return facts;
}

matcher::OpportunityFacts ToFacts(const v1::Opportunity& opportunity, const ReferenceTables& tables,
                                  const reference::PlaceIndex& places, absl::Time now) {
  matcher::OpportunityFacts facts;
  facts.name = opportunity.name();
  facts.title = opportunity.title();
  if (const auto name = base::OpportunityName::Parse(opportunity.name()))
    facts.centre = name->Parent().Format();
  facts.organisation = opportunity.organisation();
  facts.state = ToFacts(opportunity.state());
  if (opportunity.has_expire_time()) {
    facts.expire_min =
        matcher::CeilToMinute(opportunity.expire_time().seconds(), opportunity.expire_time().nanos());
  }
  if (opportunity.has_places()) facts.places = static_cast<uint32_t>(opportunity.places());
  facts.places_filled = static_cast<uint32_t>(opportunity.places_filled());
  facts.sharing = ToFacts(opportunity.sharing());

  facts.remote = opportunity.remote();
  if (!facts.remote) {
    if (const auto place = Locate(opportunity.place(), places)) facts.place = ToGeoPoint(place->point);
  }
  for (const auto& skill : opportunity.skills()) {
    const auto id = SkillIdOf(tables, skill.skill());
    if (!id) continue;
    matcher::WantedSkill wanted;
    wanted.skill = *id;
    if (skill.has_level()) wanted.level = static_cast<uint8_t>(skill.level());
    if (skill.has_importance()) wanted.importance = static_cast<uint8_t>(skill.importance());
    wanted.required = skill.required();
    facts.skills.push_back(wanted);
  }
  facts.schedule = ToFacts(opportunity.schedule(), now);
  if (opportunity.has_minimum_coverage_bp()) {
    facts.minimum_coverage_bp = static_cast<uint32_t>(opportunity.minimum_coverage_bp());
  }
  facts.causes = IdsOf<matcher::CauseId>(opportunity.causes(),
                                         [&](const auto& cause) { return CauseIdOf(tables, cause); });
  facts.languages = IdsOf<matcher::LanguageId>(opportunity.languages(),
                                               [&](const auto& code) { return LanguageIdOf(tables, code); });
  for (const int kind : opportunity.licences())
    facts.licences.push_back(static_cast<matcher::LicenceKind>(kind));
  facts.required_check = ToFacts(opportunity.required_check());
  if (opportunity.has_minimum_age()) facts.minimum_age = static_cast<uint32_t>(opportunity.minimum_age());
  if (opportunity.has_maximum_age()) facts.maximum_age = static_cast<uint32_t>(opportunity.maximum_age());
  facts.guardian_consent = opportunity.guardian_consent();
  facts.access_support = IdsOf<matcher::AccessNeed>(
      opportunity.access_support(), [&](const auto& need) { return AccessNeedOf(tables, need); });
  return facts;
}

matcher::OpportunityFacts DraftFacts(const v1::Opportunity& draft, absl::string_view centre,
                                     const ReferenceTables& tables, const reference::PlaceIndex& places,
                                     absl::Time now) {
  matcher::OpportunityFacts facts = ToFacts(draft, tables, places, now);
  facts.name.clear();
  facts.centre = std::string(centre);
  facts.state = matcher::OpportunityState::kOpen;
  facts.expire_min.reset();
  facts.places_filled = 0;
  return facts;
}

matcher::Weights ToWeights(const v1::WeightSet& weight_set) {
  matcher::Weights weights;
  weights.skills = static_cast<uint32_t>(weight_set.skills());
  weights.location = static_cast<uint32_t>(weight_set.location());
  weights.availability = static_cast<uint32_t>(weight_set.availability());
  weights.causes = static_cast<uint32_t>(weight_set.causes());
  if (weight_set.has_alpha_bp()) weights.alpha_bp = static_cast<uint32_t>(weight_set.alpha_bp());
  return weights;
}

matcher::Day DayOf(const common::v1::Date& date) {
  return static_cast<matcher::Day>(absl::CivilDay(date.year(), date.month(), date.day()) -
                                   absl::CivilDay(1970, 1, 1));
}

matcher::RequiredCheck ToFacts(const common::v1::RequiredCheck& check) {
  return {ToFacts(check.level()), WorkforcesOf(check.workforces()), BarredListsOf(check.barred_lists())};
}

matcher::EligibilityBasisSet BasesOf(const common::v1::RequiredCheck& check) {
  matcher::EligibilityBasisSet bases = matcher::kBasisNone;
  for (const int basis : check.eligibility_basis()) {
    switch (basis) {
      case common::v1::ELIGIBILITY_BASIS_EXCEPTIONS_ORDER:
        bases |= matcher::kExceptionsOrder;
        break;
      case common::v1::ELIGIBILITY_BASIS_WORK_WITH_CHILDREN:
        bases |= matcher::kWorkWithChildren;
        break;
      case common::v1::ELIGIBILITY_BASIS_WORK_WITH_ADULTS:
        bases |= matcher::kWorkWithAdults;
        break;
      case common::v1::ELIGIBILITY_BASIS_REGULATED_ACTIVITY_CHILDREN:
        bases |= matcher::kRegulatedActivityChildren;
        break;
      case common::v1::ELIGIBILITY_BASIS_REGULATED_ACTIVITY_ADULTS:
        bases |= matcher::kRegulatedActivityAdults;
        break;
      default:
        break;
    }
  }
  return bases;
}

}  // namespace brokerage::matching

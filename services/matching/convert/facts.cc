#include "services/matching/convert/facts.h"

#include <string>
#include <vector>

#include "base/resource_names.h"
#include "services/matching/convert/enums.h"
#include "services/matching/convert/locate.h"
#include "services/matching/convert/times.h"

namespace brokerage::matching {
namespace {

matcher::WorkforceSet WorkforcesOf(const google::protobuf::RepeatedField<int>& workforces) {
  matcher::WorkforceSet set = 0;
  for (const int workforce : workforces) set |= ToFacts(static_cast<common::v1::Workforce>(workforce));
  return set;
}

matcher::BarredListSet BarredListsOf(const google::protobuf::RepeatedField<int>& lists) {
  matcher::BarredListSet set = 0;
  for (const int list : lists) set |= ToFacts(static_cast<common::v1::BarredList>(list));
  return set;
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

}  // namespace

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

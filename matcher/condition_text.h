// The words of each condition; explain_text.h is the face.
#pragma once

#include <string>
#include <vector>

#include "matcher/explain.h"
#include "matcher/explain_text.h"

namespace brokerage::matcher {

// standing_text.cc: who and where the two sides are.
ConditionText VolunteerText(const VolunteerStanding& volunteer);
ConditionText OpportunityText(const OpportunityStanding& role);
ConditionText OrganisationText(OrganisationStanding standing);
ConditionText SharingText(const SharingWorking& sharing);
ConditionText TravelText(const TravelWorking& travel, bool holds);
// " by the Sheppey Crossing" when the way leads round water over it; else empty.
std::string ByText(const TravelWorking& travel);
ConditionText RemoteText(const TravelWorking& travel);

// requirement_text.cc: what the role asks for.
ConditionText RequiredSkillText(const std::vector<SkillWorking>& skills, const Vocabulary& vocabulary);
ConditionText CheckTextOf(const CheckWorking& check, Reader reader);
ConditionText AgeText(const AgeWorking& age, bool holds, Reader reader);
ConditionText LicenceText(const std::vector<LicenceWorking>& licences, const Vocabulary& vocabulary,
                          Reader reader);
ConditionText LanguageText(const std::vector<LanguageWorking>& languages, const Vocabulary& vocabulary);

// time_text.cc: when, and what is already arranged.
ConditionText CoverageText(const CoverageWorking& coverage, bool holds);
ConditionText PlacementText(const PlacementWorking& placements);
ConditionText ReferralText(const ReferralWorking& referral);

}  // namespace brokerage::matcher

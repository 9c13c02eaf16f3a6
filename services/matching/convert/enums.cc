#include "services/matching/convert/enums.h"

namespace brokerage::matching {

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

matcher::WorkforceSet ToFacts(common::v1::Workforce workforce) {
  switch (workforce) {
    case common::v1::WORKFORCE_CHILDREN:
      return matcher::kChildWorkforce;
    case common::v1::WORKFORCE_ADULTS:
      return matcher::kAdultWorkforce;
    case common::v1::WORKFORCE_OTHER:
      return matcher::kOtherWorkforce;
    default:
      return 0;
  }
}

matcher::BarredListSet ToFacts(common::v1::BarredList list) {
  switch (list) {
    case common::v1::BARRED_LIST_CHILDREN:
      return matcher::kChildrenBarredList;
    case common::v1::BARRED_LIST_ADULTS:
      return matcher::kAdultsBarredList;
    default:
      return 0;
  }
}

}  // namespace brokerage::matching

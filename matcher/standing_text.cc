#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "matcher/condition_text.h"
#include "matcher/words.h"

namespace brokerage::matcher {
ConditionText VolunteerText(const VolunteerStanding& volunteer) {
  switch (volunteer.state) {
    case VolunteerState::kEnquiry:
      return {"an enquiry, not yet registered", "register them and start their search"};
    case VolunteerState::kRegistered:
      return {"registered, not yet searching", "start their search"};
    case VolunteerState::kSearching:
      return {"searching", ""};
    case VolunteerState::kPlaced: {
      const std::string fact = absl::StrCat("holds ", volunteer.placements, " of ",
                                            CountText(volunteer.placement_limit, "placement"));
      return {fact, volunteer.placements < volunteer.placement_limit ? "" : "raise their placement limit"};
    }
    case VolunteerState::kOnBreak: {
      const std::string until = volunteer.on_break_until.has_value()
                                    ? absl::StrCat(" until ", DayText(*volunteer.on_break_until))
                                    : "";
      return {absl::StrCat("on break", until),
              absl::StrCat("on break", until, ": resume them when they are back")};
    }
    case VolunteerState::kLeft:
      return {"has left", ""};
  }
  return {};
}

namespace {

// The state's word, and what would open it.
ConditionText StateText(OpportunityState state) {
  switch (state) {
    case OpportunityState::kDraft:
      return {"a draft", "submit it and have it approved"};
    case OpportunityState::kSubmitted:
      return {"submitted, not yet approved", "approve it"};
    case OpportunityState::kOpen:
      return {"open", ""};
    case OpportunityState::kRejected:
      return {"rejected", "correct it and submit it again"};
    case OpportunityState::kPaused:
      return {"paused", "resume it"};
    case OpportunityState::kFilled:
      return {"filled", "add a place"};
    case OpportunityState::kExpired:
      return {"expired", "ask the organisation to confirm it"};
    case OpportunityState::kClosed:
      return {"closed", ""};
    case OpportunityState::kDeleted:
      return {"deleted", "undelete it"};
  }
  return {};
}

}  // namespace

ConditionText OpportunityText(const OpportunityStanding& role) {
  std::vector<std::string> facts;
  std::vector<std::string> fixes;
  const auto add = [&](const ConditionText& text) {
    facts.push_back(text.fact);
    if (!text.fix.empty() && std::find(fixes.begin(), fixes.end(), text.fix) == fixes.end())
      fixes.push_back(text.fix);
  };
  add(StateText(role.state));
  if (role.expired) add({"not confirmed within its period", "ask the organisation to confirm it"});
  const std::string filled =
      absl::StrCat(role.places_filled, " of ", CountText(role.places, "place"), " filled");
  add({filled, role.places_filled < role.places ? "" : "add a place"});
  if (role.no_session_left) add({"no session is still to come", "add a session"});
  return {absl::StrJoin(facts, ", "), absl::StrJoin(fixes, "; ")};
}

ConditionText OrganisationText(OrganisationStanding standing) {
  switch (standing) {
    case OrganisationStanding::kUnknown:
      return {"the registry has not told of this organisation", "register it, or wait for the registry"};
    case OrganisationStanding::kActive:
      return {"active", ""};
    case OrganisationStanding::kSuspended:
      return {"suspended", "reinstate the organisation"};
    case OrganisationStanding::kDeleted:
      return {"deleted", ""};
  }
  return {};
}

ConditionText SharingText(const SharingWorking& sharing) {
  if (sharing.same_centre) return {"of the same centre", ""};
  if (sharing.volunteer_shared && sharing.opportunity_shared) return {"both are shared with the county", ""};
  if (sharing.volunteer_shared) return {"the volunteer is shared with the county", ""};
  if (sharing.opportunity_shared) return {"the role is shared with the county", ""};
  return {"of two centres, and neither is shared with the county", "ask for consent to share"};
}

std::string ByText(const TravelWorking& travel) {
  return travel.by.empty() ? "" : absl::StrCat(" by ", travel.by);
}

ConditionText TravelText(const TravelWorking& travel, bool holds) {
  if (travel.remote) return {"remote: no travel", ""};
  if (!travel.radius_m.has_value()) return {"they want remote roles only", "add a travel radius"};
  if (!travel.home_known) return {"their home is not known", "add a postcode"};
  if (!travel.place_known) return {"the role's place is not known", "add a postcode to the role"};
  if (travel.no_crossing) return {"water lies between, and no crossing is known", "no crossing"};
  const std::string radius = LengthText(*travel.radius_m);
  // A distance rounded up to the kilometre is told as a limit.
  const absl::string_view up_to = travel.by_centroid ? "up to " : "";
  const std::string away = absl::StrCat(up_to, LengthText(*travel.distance_m), " away", ByText(travel));
  if (holds) return {absl::StrCat(away, ", within their ", radius), ""};
  return {absl::StrCat(away, ", their radius is ", radius),
          absl::StrCat(up_to, LackText(*travel.distance_m - *travel.radius_m), " beyond their ", radius)};
}

ConditionText RemoteText(const TravelWorking& travel) {
  if (!travel.remote) return {"on site", ""};
  if (travel.accepts_remote) return {"they accept remote roles", ""};
  return {"a remote role, and they want to be on site", "ask whether they would help remotely"};
}

}  // namespace brokerage::matcher

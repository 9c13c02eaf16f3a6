#include "services/matching/volunteer_states.h"

#include "absl/strings/str_cat.h"

namespace brokerage::matching {

using v1::Volunteer;

const std::vector<VolunteerTransition>& VolunteerTransitions() {
  static const auto& table = *new std::vector<VolunteerTransition>{
      {"RegisterVolunteer", {Volunteer::STATE_ENQUIRY}, Volunteer::STATE_REGISTERED, CheckRegistered},
      {"ActivateVolunteer", {Volunteer::STATE_REGISTERED}, Volunteer::STATE_SEARCHING},
      {"PauseVolunteer", {Volunteer::STATE_SEARCHING}, Volunteer::STATE_ON_BREAK},
      {"ResumeVolunteer", {Volunteer::STATE_ON_BREAK}, Volunteer::STATE_SEARCHING},
      {"MarkVolunteerLeft",
       {Volunteer::STATE_ENQUIRY, Volunteer::STATE_REGISTERED, Volunteer::STATE_SEARCHING,
        Volunteer::STATE_PLACED, Volunteer::STATE_ON_BREAK},
       Volunteer::STATE_LEFT},
  };
  return table;
}

bool IsRegistered(Volunteer::State state) {
  return state == Volunteer::STATE_REGISTERED || state == Volunteer::STATE_SEARCHING ||
         state == Volunteer::STATE_PLACED || state == Volunteer::STATE_ON_BREAK;
}

void CheckRegistered(const Volunteer& volunteer, absl::string_view path, base::Violations& lacks) {
  if (volunteer.accepts_remote()) return;
  if (!volunteer.has_home()) {
    lacks.Add(absl::StrCat(path, "home"), "is needed, unless remote roles are accepted");
  }
  if (!volunteer.has_travel_radius_m()) {
    lacks.Add(absl::StrCat(path, "travel_radius_m"), "is needed, unless remote roles are accepted");
  }
}

}  // namespace brokerage::matching

#include "services/matching/visibility.h"

#include "absl/strings/match.h"

#include "services/places/resolve.h"

namespace brokerage::matching {

bool IsOwn(const rpc::Acting& acting, absl::string_view name) {
  if (acting.all) return true;
  const std::string& centre = acting.centre;
  return !centre.empty() && absl::StartsWith(name, centre) &&
         absl::StartsWith(name.substr(centre.size()), "/");
}

bool Sees(const rpc::Acting& acting, const v1::Volunteer& volunteer) {
  return volunteer.sharing() == common::v1::SHARING_COUNTY || IsOwn(acting, volunteer.name());
}

bool Sees(const rpc::Acting& acting, const v1::Opportunity& opportunity) {
  return opportunity.sharing() == common::v1::SHARING_COUNTY || IsOwn(acting, opportunity.name());
}

v1::Volunteer Shown(const rpc::Acting& acting, v1::Volunteer volunteer, const reference::PlaceIndex& places,
                    const reference::Districts& districts) {
  if (IsOwn(acting, volunteer.name())) return volunteer;
  volunteer.clear_contact();
  volunteer.clear_date_of_birth();
  volunteer.clear_consents();
  volunteer.clear_notes();
  // Beside an outcode, when someone is away is when a home stands empty.
  if (volunteer.has_availability()) volunteer.mutable_availability()->clear_exceptions();
  for (auto& check : *volunteer.mutable_checks()) {
    check.clear_issue_date();
    check.clear_seen_by();
  }
  if (volunteer.has_home())
    *volunteer.mutable_home() = places::OutcodeOnly(volunteer.home(), places, districts);
  return volunteer;
}

v1::Opportunity Shown(const rpc::Acting& acting, v1::Opportunity opportunity) {
  if (!IsOwn(acting, opportunity.name())) opportunity.clear_reject_reason();
  return opportunity;
}

matcher::Visibility ForMatcher(const rpc::Acting& acting) { return {acting.centre, acting.all}; }

matcher::Visibility ForPartnersOf(const rpc::Acting& acting, const std::string& centre) {
  matcher::Visibility visibility = ForMatcher(acting);
  visibility.own_only = !acting.all && centre != acting.centre;
  return visibility;
}

}  // namespace brokerage::matching

#include "tests/e2e/scene.h"

#include "base/errors.h"

namespace brokerage::e2e {

Stubs::Stubs(const Deployment& deployment) {
  const auto matching = deployment.ToMatching();
  const auto registry = deployment.ToRegistry();
  volunteers = matching::v1::VolunteerService::NewStub(matching);
  opportunities = matching::v1::OpportunityService::NewStub(matching);
  match = matching::v1::MatchingService::NewStub(matching);
  matching_admin = matching::v1::AdminService::NewStub(matching);
  organisations = registry::v1::OrganisationService::NewStub(registry);
  centres = registry::v1::CentreService::NewStub(registry);
  registry_admin = registry::v1::AdminService::NewStub(registry);
}

matching::v1::Volunteer Helper(const std::string& display_name) {
  auto volunteer = FromText<matching::v1::Volunteer>(R"pb(
    contact { phone: "01233 555000" }
    accepts_remote: true
    availability {
      weekly {
        day_of_week: DAY_OF_WEEK_TUESDAY
        start_time { hours: 18 }
        end_time { hours: 21 }
      }
    }
  )pb");
  volunteer.set_display_name(display_name);
  return volunteer;
}

matching::v1::Opportunity RemoteRole(const std::string& organisation) {
  auto role = FromText<matching::v1::Opportunity>(R"pb(
    title: "Telephone befriender"
    remote: true
    schedule {
      weekly {
        windows {
          day_of_week: DAY_OF_WEEK_TUESDAY
          start_time { hours: 19 }
          end_time { hours: 20 }
        }
      }
    }
  )pb");
  role.set_organisation(organisation);
  return role;
}

absl::StatusOr<matching::v1::Volunteer> AddSearching(const Stubs& stubs, const std::string& token,
                                                     const matching::v1::Volunteer& volunteer) {
  using Service = matching::v1::VolunteerService::Stub;
  matching::v1::CreateVolunteerRequest create;
  create.set_parent(kCentre);
  *create.mutable_volunteer() = volunteer;
  auto created = Call(*stubs.volunteers, &Service::CreateVolunteer, create, token);
  if (!created.ok()) return created;
  matching::v1::RegisterVolunteerRequest registering;
  registering.set_name(created->name());
  auto registered = Call(*stubs.volunteers, &Service::RegisterVolunteer, registering, token);
  if (!registered.ok()) return registered;
  matching::v1::ActivateVolunteerRequest activate;
  activate.set_name(created->name());
  return Call(*stubs.volunteers, &Service::ActivateVolunteer, activate, token);
}

absl::StatusOr<registry::v1::Organisation> AddOrganisation(const Stubs& stubs, const std::string& token,
                                                           const std::string& display_name) {
  registry::v1::CreateOrganisationRequest create;
  create.mutable_organisation()->set_display_name(display_name);
  create.mutable_organisation()->set_kind(registry::v1::Organisation::KIND_CHARITY);
  return Call(*stubs.organisations, &registry::v1::OrganisationService::Stub::CreateOrganisation, create,
              token);
}

absl::StatusOr<matching::v1::Opportunity> AddOpen(const Stubs& stubs, const std::string& token,
                                                  const matching::v1::Opportunity& opportunity) {
  using Service = matching::v1::OpportunityService::Stub;
  matching::v1::CreateOpportunityRequest create;
  create.set_parent(kCentre);
  *create.mutable_opportunity() = opportunity;
  auto created = Call(*stubs.opportunities, &Service::CreateOpportunity, create, token);
  if (!created.ok()) return created;
  matching::v1::SubmitOpportunityRequest submit;
  submit.set_name(created->name());
  auto submitted = Call(*stubs.opportunities, &Service::SubmitOpportunity, submit, token);
  if (!submitted.ok()) return submitted;
  matching::v1::ApproveOpportunityRequest approve;
  approve.set_name(created->name());
  return Call(*stubs.opportunities, &Service::ApproveOpportunity, approve, token);
}

absl::StatusOr<std::vector<std::string>> RolesFor(const Stubs& stubs, const std::string& token,
                                                  const std::string& volunteer,
                                                  const std::string& as_fresh_as) {
  matching::v1::MatchOpportunitiesRequest request;
  request.set_parent(kCentre);
  request.set_volunteer(volunteer);
  request.set_page_size(1'000);
  request.set_at_least_as_fresh(as_fresh_as);
  const absl::Time until = absl::Now() + kCallLimit;
  while (true) {
    auto found = Call(*stubs.match, &matching::v1::MatchingService::Stub::MatchOpportunities, request, token);
    if (!found.ok() && base::ReasonOf(found.status()) == base::reason::kNotYetVisible && absl::Now() < until)
      continue;
    if (!found.ok()) return found.status();
    std::vector<std::string> names;
    for (const auto& match : found->matches()) names.push_back(match.opportunity());
    return names;
  }
}

}  // namespace brokerage::e2e

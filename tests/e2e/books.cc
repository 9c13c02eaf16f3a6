#include "tests/e2e/books.h"

#include <set>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"

namespace brokerage::e2e {
namespace {

constexpr int kPage = 1'000;

absl::Status Torn(const std::string& name) {
  return absl::DataLossError(absl::StrCat(name, " holds parts of two versions"));
}

absl::Status Differs(absl::string_view what, std::size_t index, std::size_t store) {
  return absl::DataLossError(absl::StrCat("the index has ", index, " ", what, ", the store ", store));
}

// Calls `fetch(page_token)`, which answers the next token, until it is empty.
template <typename Fetch>
absl::Status EveryPage(const Fetch& fetch) {
  std::string page_token;
  do {
    absl::StatusOr<std::string> next = fetch(page_token);
    if (!next.ok()) return next.status();
    page_token = *std::move(next);
  } while (!page_token.empty());
  return absl::OkStatus();
}

class Volunteers final : public Book {
 public:
  Volunteers(const Stubs& stubs, std::string token) : stubs_(stubs), token_(std::move(token)) {}

  absl::StatusOr<std::string> Create(int version, const std::string& request_id) const override {
    matching::v1::CreateVolunteerRequest request;
    request.set_parent(kCentre);
    *request.mutable_volunteer() = At(version);
    request.set_request_id(request_id);
    const auto created = Call(*stubs_.volunteers, &Service::CreateVolunteer, request, token_);
    if (!created.ok()) return created.status();
    return created->name();
  }

  absl::Status Rewrite(const std::string& name, int version, const std::string& request_id) const override {
    matching::v1::UpdateVolunteerRequest request;
    *request.mutable_volunteer() = At(version);
    request.mutable_volunteer()->set_name(name);
    for (const char* path : {"display_name", "notes", "travel_radius_m"})
      request.mutable_update_mask()->add_paths(path);
    request.set_request_id(request_id);
    return Call(*stubs_.volunteers, &Service::UpdateVolunteer, request, token_).status();
  }

  absl::Status Advance(const std::string& name, int step, const std::string& request_id) const override {
    if (step == 0) {
      matching::v1::RegisterVolunteerRequest request;
      request.set_name(name);
      request.set_request_id(request_id);
      return Call(*stubs_.volunteers, &Service::RegisterVolunteer, request, token_).status();
    }
    matching::v1::ActivateVolunteerRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return Call(*stubs_.volunteers, &Service::ActivateVolunteer, request, token_).status();
  }

  int last_step() const override { return 2; }

  absl::StatusOr<std::map<std::string, BookEntry>> List() const override {
    std::map<std::string, BookEntry> entries;
    matching::v1::ListVolunteersRequest request;
    request.set_parent(kCentre);
    request.set_page_size(kPage);
    const absl::Status status = EveryPage([&](const std::string& page_token) -> absl::StatusOr<std::string> {
      request.set_page_token(page_token);
      const auto page = Call(*stubs_.volunteers, &Service::ListVolunteers, request, token_);
      if (!page.ok()) return page.status();
      for (const auto& volunteer : page->volunteers()) {
        const int version = volunteer.travel_radius_m();
        if (volunteer.display_name() != absl::StrCat("Helper ", version) ||
            volunteer.notes() != absl::StrCat(version)) {
          return Torn(volunteer.name());
        }
        entries[volunteer.name()] = {version, static_cast<int>(volunteer.state()) - 1};
      }
      return page->next_page_token();
    });
    if (!status.ok()) return status;
    return entries;
  }

  absl::Status CompareIndex(const std::map<std::string, BookEntry>& listed) const override {
    std::set<std::string> searching;
    for (const auto& [name, entry] : listed) {
      if (entry.step == last_step()) searching.insert(name);
    }
    std::set<std::string> matched;
    matching::v1::MatchVolunteersRequest request;
    request.set_parent(kCentre);
    *request.mutable_draft() = RemoteRole("");
    request.set_page_size(kPage);
    request.set_include_counts(true);
    int64_t considered = 0;
    const absl::Status status = EveryPage([&](const std::string& page_token) -> absl::StatusOr<std::string> {
      request.set_page_token(page_token);
      const auto page =
          Call(*stubs_.match, &matching::v1::MatchingService::Stub::MatchVolunteers, request, token_);
      if (!page.ok()) return page.status();
      for (const auto& match : page->matches()) matched.insert(match.volunteer());
      if (page->has_considered_count()) considered = page->considered_count();
      return page->next_page_token();
    });
    if (!status.ok()) return status;
    if (matched != searching) return Differs("searching volunteers", matched.size(), searching.size());
    if (considered != static_cast<int64_t>(listed.size()))
      return Differs("volunteers", considered, listed.size());
    const auto counted = Call(*stubs_.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
                              matching::v1::GetStatusRequest(), token_);
    if (!counted.ok()) return counted.status();
    if (counted->volunteer_count() != considered)
      return Differs("volunteers", counted->volunteer_count(), considered);
    return absl::OkStatus();
  }

 private:
  using Service = matching::v1::VolunteerService::Stub;

  static matching::v1::Volunteer At(int version) {
    matching::v1::Volunteer volunteer = Helper(absl::StrCat("Helper ", version));
    volunteer.set_notes(absl::StrCat(version));
    volunteer.set_travel_radius_m(version);
    return volunteer;
  }

  const Stubs& stubs_;
  const std::string token_;
};

class Opportunities final : public Book {
 public:
  Opportunities(const Stubs& stubs, std::string token, std::string organisation)
      : stubs_(stubs), token_(std::move(token)), organisation_(std::move(organisation)) {}

  absl::StatusOr<std::string> Create(int version, const std::string& request_id) const override {
    matching::v1::CreateOpportunityRequest request;
    request.set_parent(kCentre);
    *request.mutable_opportunity() = At(version);
    request.set_request_id(request_id);
    const auto created = Call(*stubs_.opportunities, &Service::CreateOpportunity, request, token_);
    if (!created.ok()) return created.status();
    return created->name();
  }

  absl::Status Rewrite(const std::string& name, int version, const std::string& request_id) const override {
    matching::v1::UpdateOpportunityRequest request;
    *request.mutable_opportunity() = At(version);
    request.mutable_opportunity()->set_name(name);
    for (const char* path : {"title", "description", "places"})
      request.mutable_update_mask()->add_paths(path);
    request.set_request_id(request_id);
    return Call(*stubs_.opportunities, &Service::UpdateOpportunity, request, token_).status();
  }

  absl::Status Advance(const std::string& name, int step, const std::string& request_id) const override {
    if (step == 0) {
      matching::v1::SubmitOpportunityRequest request;
      request.set_name(name);
      request.set_request_id(request_id);
      return Call(*stubs_.opportunities, &Service::SubmitOpportunity, request, token_).status();
    }
    matching::v1::ApproveOpportunityRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return Call(*stubs_.opportunities, &Service::ApproveOpportunity, request, token_).status();
  }

  int last_step() const override { return 2; }

  absl::StatusOr<std::map<std::string, BookEntry>> List() const override {
    std::map<std::string, BookEntry> entries;
    matching::v1::ListOpportunitiesRequest request;
    request.set_parent(kCentre);
    request.set_page_size(kPage);
    const absl::Status status = EveryPage([&](const std::string& page_token) -> absl::StatusOr<std::string> {
      request.set_page_token(page_token);
      const auto page = Call(*stubs_.opportunities, &Service::ListOpportunities, request, token_);
      if (!page.ok()) return page.status();
      for (const auto& role : page->opportunities()) {
        const int version = role.places();
        if (role.title() != absl::StrCat("Role ", version) || role.description() != absl::StrCat(version)) {
          return Torn(role.name());
        }
        entries[role.name()] = {version, static_cast<int>(role.state()) - 1};
      }
      return page->next_page_token();
    });
    if (!status.ok()) return status;
    return entries;
  }

  absl::Status CompareIndex(const std::map<std::string, BookEntry>& listed) const override {
    const auto counted = Call(*stubs_.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
                              matching::v1::GetStatusRequest(), token_);
    if (!counted.ok()) return counted.status();
    if (counted->opportunity_count() != static_cast<int64_t>(listed.size())) {
      return Differs("roles", counted->opportunity_count(), listed.size());
    }
    return absl::OkStatus();
  }

 private:
  using Service = matching::v1::OpportunityService::Stub;

  matching::v1::Opportunity At(int version) const {
    matching::v1::Opportunity role = RemoteRole(organisation_);
    role.set_title(absl::StrCat("Role ", version));
    role.set_description(absl::StrCat(version));
    role.set_places(version);
    return role;
  }

  const Stubs& stubs_;
  const std::string token_;
  const std::string organisation_;
};

class Organisations final : public Book {
 public:
  Organisations(const Stubs& stubs, std::string token) : stubs_(stubs), token_(std::move(token)) {}

  absl::StatusOr<std::string> Create(int version, const std::string& request_id) const override {
    registry::v1::CreateOrganisationRequest request;
    *request.mutable_organisation() = At(version);
    request.set_request_id(request_id);
    const auto created = Call(*stubs_.organisations, &Service::CreateOrganisation, request, token_);
    if (!created.ok()) return created.status();
    return created->name();
  }

  absl::Status Rewrite(const std::string& name, int version, const std::string& request_id) const override {
    registry::v1::UpdateOrganisationRequest request;
    *request.mutable_organisation() = At(version);
    request.mutable_organisation()->set_name(name);
    for (const char* path : {"display_name", "description", "income"})
      request.mutable_update_mask()->add_paths(path);
    request.set_request_id(request_id);
    return Call(*stubs_.organisations, &Service::UpdateOrganisation, request, token_).status();
  }

  absl::Status Advance(const std::string& name, int, const std::string& request_id) const override {
    registry::v1::SuspendOrganisationRequest request;
    request.set_name(name);
    request.set_reason("A pause.");
    request.set_request_id(request_id);
    return Call(*stubs_.organisations, &Service::SuspendOrganisation, request, token_).status();
  }

  int last_step() const override { return 1; }

  absl::StatusOr<std::map<std::string, BookEntry>> List() const override {
    std::map<std::string, BookEntry> entries;
    registry::v1::ListOrganisationsRequest request;
    request.set_page_size(kPage);
    const absl::Status status = EveryPage([&](const std::string& page_token) -> absl::StatusOr<std::string> {
      request.set_page_token(page_token);
      const auto page = Call(*stubs_.organisations, &Service::ListOrganisations, request, token_);
      if (!page.ok()) return page.status();
      for (const auto& organisation : page->organisations()) {
        const int version = static_cast<int>(organisation.income());
        if (organisation.display_name() != absl::StrCat("Body ", version) ||
            organisation.description() != absl::StrCat(version)) {
          return Torn(organisation.name());
        }
        entries[organisation.name()] = {version, static_cast<int>(organisation.state()) - 1};
      }
      return page->next_page_token();
    });
    if (!status.ok()) return status;
    return entries;
  }

  absl::Status CompareIndex(const std::map<std::string, BookEntry>& listed) const override {
    const auto registry = Call(*stubs_.registry_admin, &registry::v1::AdminService::Stub::GetStatus,
                               registry::v1::GetStatusRequest(), token_);
    if (!registry.ok()) return registry.status();
    if (registry->organisation_count() != static_cast<int64_t>(listed.size())) {
      return Differs("organisations", registry->organisation_count(), listed.size());
    }
    // A match in a state that holds the registry's last commit: the watch has caught up.
    matching::v1::MatchVolunteersRequest request;
    request.set_parent(kCentre);
    *request.mutable_draft() = RemoteRole("");
    request.set_page_size(1);
    request.set_at_least_as_fresh(registry->store_revision());
    const absl::Time until = absl::Now() + kCallLimit;
    while (true) {
      const auto seen =
          Call(*stubs_.match, &matching::v1::MatchingService::Stub::MatchVolunteers, request, token_);
      if (seen.ok()) break;
      if (base::ReasonOf(seen.status()) != base::reason::kNotYetVisible || absl::Now() > until)
        return seen.status();
    }
    const auto view = Call(*stubs_.matching_admin, &matching::v1::AdminService::Stub::GetStatus,
                           matching::v1::GetStatusRequest(), token_);
    if (!view.ok()) return view.status();
    if (view->registry_view().organisation_count() != static_cast<int64_t>(listed.size())) {
      return Differs("organisations", view->registry_view().organisation_count(), listed.size());
    }
    return absl::OkStatus();
  }

 private:
  using Service = registry::v1::OrganisationService::Stub;

  static registry::v1::Organisation At(int version) {
    registry::v1::Organisation organisation;
    organisation.set_kind(registry::v1::Organisation::KIND_CHARITY);
    organisation.set_display_name(absl::StrCat("Body ", version));
    organisation.set_description(absl::StrCat(version));
    organisation.set_income(version);
    return organisation;
  }

  const Stubs& stubs_;
  const std::string token_;
};

}  // namespace

std::unique_ptr<Book> VolunteerBook(const Stubs& stubs, const std::string& token) {
  return std::make_unique<Volunteers>(stubs, token);
}

std::unique_ptr<Book> OpportunityBook(const Stubs& stubs, const std::string& token,
                                      const std::string& organisation) {
  return std::make_unique<Opportunities>(stubs, token, organisation);
}

std::unique_ptr<Book> OrganisationBook(const Stubs& stubs, const std::string& token) {
  return std::make_unique<Organisations>(stubs, token);
}

}  // namespace brokerage::e2e

#include "apps/demo/load/loader.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "apps/cli/client/parallel.h"
#include "apps/demo/load/introductions.h"
#include "apps/demo/load/progress_bar.h"
#include "base/digest.h"
#include "base/errors.h"
#include "base/ids.h"

namespace brokerage::demo {
namespace {

using matching::v1::Opportunity;
using matching::v1::Volunteer;
using registry::v1::Organisation;
using OpportunityStub = matching::v1::OpportunityService::StubInterface;
using VolunteerStub = matching::v1::VolunteerService::StubInterface;
using OrganisationStub = registry::v1::OrganisationService::StubInterface;
using CentreStub = registry::v1::CentreService::StubInterface;

// Errors that pass as soon as the matching service has heard from the registry.
bool WaitsForRegistry(const absl::Status& status) {
  return base::ReasonOf(status) == base::reason::kOrganisationNotActive ||
         base::ReasonOf(status) == base::reason::kCredentialInvalid;
}

// About a quarter of a minute, which outlasts any restart of a watch.
constexpr cli::RetryPolicy kPatient = {.attempts = 30,
                                       .first_pause = absl::Milliseconds(50),
                                       .longest_pause = absl::Milliseconds(500),
                                       .also = &WaitsForRegistry,
                                       .also_attempts = 30};

std::vector<std::size_t> UpTo(std::size_t count) {
  std::vector<std::size_t> indices(count);
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

absl::Status Annotated(const absl::Status& status, absl::string_view what) {
  if (status.ok()) return status;
  absl::Status annotated(status.code(), absl::StrCat(what, ": ", status.message()));
  status.ForEachPayload([&annotated](absl::string_view type, const absl::Cord& payload) {
    annotated.SetPayload(type, payload);
  });
  return annotated;
}

}  // namespace

Loader::Loader(const cli::Client& client, const cli::Environment& environment, const County& county,
               const Mark& mark, int in_flight, int introduced)
    : client_(client),
      environment_(environment),
      county_(county),
      mark_(mark),
      in_flight_(in_flight),
      introduced_(introduced),
      organisations_(county.organisations.size()),
      opportunities_(county.opportunities.size()) {}

absl::Status Loader::Load() {
  for (const auto part :
       {&Loader::LoadCentres, &Loader::LoadOrganisations, &Loader::LoadVolunteers, &Loader::LoadOpportunities,
        &Loader::IntroduceVolunteers, &Loader::SuspendOrganisations, &Loader::CompleteMark}) {
    if (const absl::Status status = (this->*part)(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

std::string Loader::RequestId(absl::string_view kind, std::size_t index, absl::string_view step) const {
  return base::Uuid4Of(base::Sha256(absl::StrCat(FormatMark(mark_), "\n", kind, "\n", index, "\n", step)));
}

template <typename Request, typename Stub, typename Method>
absl::Status Loader::Step(Stub& stub, Method method, absl::string_view kind, std::size_t index,
                          absl::string_view step, Request request) const {
  request.set_request_id(RequestId(kind, index, step));
  return Annotated(client_.Call(stub, method, request, kPatient).status(),
                   absl::StrCat(step, " ", request.name()));
}

absl::Status Loader::ForEach(const std::string& what, const std::vector<std::size_t>& indices,
                             const std::function<absl::Status(std::size_t)>& work) const {
  if (indices.empty()) return absl::OkStatus();
  ProgressBar bar(environment_, what, indices.size());
  return cli::ForEachInFlight(indices.size(), in_flight_, [&](std::size_t i) {
    const absl::Status status = work(indices[i]);
    bar.Step();
    return status;
  });
}

absl::Status Loader::LoadCentres() {
  return ForEach("centres", UpTo(county_.centres.size()), [this](std::size_t i) {
    const CountyCentre& record = county_.centres[i];
    registry::v1::CreateCentreRequest request;
    request.set_centre_id(record.id);
    *request.mutable_centre() = record.centre;
    request.set_request_id(RequestId("centre", i, "create"));
    const auto made = client_.Call(*client_.stubs().centres, &CentreStub::CreateCentre, request, kPatient);
    if (absl::IsAlreadyExists(made.status())) return absl::OkStatus();  // the lead's, at least
    return Annotated(made.status(), record.id);
  });
}

absl::Status Loader::CreateOrganisation(std::size_t index) {
  const CountyOrganisation& record = county_.organisations[index];
  registry::v1::CreateOrganisationRequest request;
  *request.mutable_organisation() = record.organisation;
  if (index == 0) {
    request.mutable_organisation()->set_description(
        absl::StrCat(record.organisation.description(), " ", FormatMark(mark_)));
  }
  if (record.accountable_body) {
    request.mutable_organisation()->set_accountable_body(organisations_[*record.accountable_body]);
  }
  request.set_request_id(RequestId("organisation", index, "create"));
  const auto made =
      client_.Call(*client_.stubs().organisations, &OrganisationStub::CreateOrganisation, request, kPatient);
  if (!made.ok()) return Annotated(made.status(), record.organisation.display_name());
  organisations_[index] = made->name();
  if (record.verification == registry::v1::Verification::STAGE_UNVERIFIED) return absl::OkStatus();
  registry::v1::RecordVerificationRequest verification;
  verification.set_name(made->name());
  verification.set_stage(record.verification);
  verification.set_evidence(record.evidence);
  return Step(*client_.stubs().organisations, &OrganisationStub::RecordVerification, "organisation", index,
              "verify", verification);
}

absl::Status Loader::LoadOrganisations() {
  if (county_.organisations.empty()) return absl::OkStatus();
  // The first alone, so that a load that was interrupted at any moment is known by its mark; then those that
  // answer for themselves; then the groups.
  if (const absl::Status status = CreateOrganisation(0); !status.ok()) return status;
  std::vector<std::size_t> bodies;
  std::vector<std::size_t> groups;
  for (std::size_t i = 1; i < county_.organisations.size(); ++i) {
    (county_.organisations[i].accountable_body ? groups : bodies).push_back(i);
  }
  const auto create = [this](std::size_t i) { return CreateOrganisation(i); };
  if (const absl::Status status = ForEach("organisations", bodies, create); !status.ok()) return status;
  return ForEach("unconstituted groups", groups, create);
}

absl::Status Loader::LoadVolunteer(std::size_t index) {
  const CountyVolunteer& record = county_.volunteers[index];
  auto& stub = *client_.stubs().volunteers;
  matching::v1::CreateVolunteerRequest create;
  create.set_parent(record.centre);
  *create.mutable_volunteer() = record.volunteer;
  create.set_request_id(RequestId("volunteer", index, "create"));
  const auto made = client_.Call(stub, &VolunteerStub::CreateVolunteer, create, kPatient);
  if (!made.ok()) return Annotated(made.status(), absl::StrCat("volunteer ", index));

  const auto step = [&](auto method, absl::string_view name, auto request) {
    request.set_name(made->name());
    return Step(stub, method, "volunteer", index, name, std::move(request));
  };
  if (record.state == Volunteer::STATE_ENQUIRY) return absl::OkStatus();
  absl::Status status =
      step(&VolunteerStub::RegisterVolunteer, "register", matching::v1::RegisterVolunteerRequest());
  if (!status.ok() || record.state == Volunteer::STATE_REGISTERED) return status;
  if (record.state == Volunteer::STATE_LEFT) {
    return step(&VolunteerStub::MarkVolunteerLeft, "leave", matching::v1::MarkVolunteerLeftRequest());
  }
  status = step(&VolunteerStub::ActivateVolunteer, "activate", matching::v1::ActivateVolunteerRequest());
  if (!status.ok() || record.state != Volunteer::STATE_ON_BREAK) return status;
  matching::v1::PauseVolunteerRequest pause;
  if (record.break_until) *pause.mutable_until_date() = *record.break_until;
  return step(&VolunteerStub::PauseVolunteer, "pause", pause);
}

absl::Status Loader::LoadVolunteers() {
  return ForEach("volunteers", UpTo(county_.volunteers.size()),
                 [this](std::size_t i) { return LoadVolunteer(i); });
}

absl::Status Loader::LoadOpportunity(std::size_t index) {
  const CountyOpportunity& record = county_.opportunities[index];
  auto& stub = *client_.stubs().opportunities;
  matching::v1::CreateOpportunityRequest create;
  create.set_parent(record.centre);
  *create.mutable_opportunity() = record.opportunity;
  create.mutable_opportunity()->set_organisation(organisations_[record.organisation]);
  create.set_request_id(RequestId("opportunity", index, "create"));
  const auto made = client_.Call(stub, &OpportunityStub::CreateOpportunity, create, kPatient);
  if (!made.ok()) return Annotated(made.status(), absl::StrCat("opportunity ", index));
  opportunities_[index] = made->name();

  const auto step = [&](auto method, absl::string_view name, auto request) {
    request.set_name(made->name());
    return Step(stub, method, "opportunity", index, name, std::move(request));
  };
  if (record.state == Opportunity::STATE_DRAFT) return absl::OkStatus();
  absl::Status status =
      step(&OpportunityStub::SubmitOpportunity, "submit", matching::v1::SubmitOpportunityRequest());
  if (!status.ok() || record.state == Opportunity::STATE_SUBMITTED) return status;
  if (record.state == Opportunity::STATE_REJECTED) {
    matching::v1::RejectOpportunityRequest reject;
    reject.set_reason(record.reject_reason);
    return step(&OpportunityStub::RejectOpportunity, "reject", reject);
  }
  status = step(&OpportunityStub::ApproveOpportunity, "approve", matching::v1::ApproveOpportunityRequest());
  if (!status.ok()) return status;
  if (record.state == Opportunity::STATE_PAUSED) {
    return step(&OpportunityStub::PauseOpportunity, "pause", matching::v1::PauseOpportunityRequest());
  }
  if (record.state == Opportunity::STATE_CLOSED) {
    return step(&OpportunityStub::CloseOpportunity, "close", matching::v1::CloseOpportunityRequest());
  }
  return absl::OkStatus();
}

absl::Status Loader::LoadOpportunities() {
  return ForEach("opportunities", UpTo(county_.opportunities.size()),
                 [this](std::size_t i) { return LoadOpportunity(i); });
}

// Spread over all open roles but the first, which is the one that is suggested (find_county.h): its list
// stays as it was made.
absl::Status Loader::IntroduceVolunteers() {
  std::vector<std::size_t> open;
  for (std::size_t i = 1; i < county_.opportunities.size(); ++i) {
    if (county_.opportunities[i].state == Opportunity::STATE_OPEN) open.push_back(i);
  }
  const std::size_t count = std::min(open.size(), static_cast<std::size_t>(introduced_));
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(open[i * open.size() / count]);
  return ForEach("roles with referrals", chosen, [this](std::size_t i) {
    return Annotated(Introduce(client_, opportunities_[i], PlanIntroductions(mark_.seed, i),
                               absl::StrCat(FormatMark(mark_), "\nreferral\n", i)),
                     absl::StrCat("referrals of ", opportunities_[i]));
  });
}

// After their roles are open, as it happens in life.
absl::Status Loader::SuspendOrganisations() {
  std::vector<std::size_t> suspended;
  for (std::size_t i = 0; i < county_.organisations.size(); ++i) {
    if (!county_.organisations[i].suspend_reason.empty()) suspended.push_back(i);
  }
  return ForEach("suspensions", suspended, [this](std::size_t i) {
    registry::v1::SuspendOrganisationRequest request;
    request.set_name(organisations_[i]);
    request.set_reason(county_.organisations[i].suspend_reason);
    return Step(*client_.stubs().organisations, &OrganisationStub::SuspendOrganisation, "organisation", i,
                "suspend", request);
  });
}

absl::Status Loader::CompleteMark() {
  if (county_.organisations.empty()) return absl::OkStatus();
  Mark complete = mark_;
  complete.complete = true;
  registry::v1::UpdateOrganisationRequest request;
  request.mutable_organisation()->set_name(organisations_.front());
  request.mutable_organisation()->set_description(
      absl::StrCat(county_.organisations.front().organisation.description(), " ", FormatMark(complete)));
  request.mutable_update_mask()->add_paths("description");
  request.set_request_id(RequestId("organisation", 0, "complete"));
  return Annotated(
      client_.Call(*client_.stubs().organisations, &OrganisationStub::UpdateOrganisation, request, kPatient)
          .status(),
      "complete");
}

}  // namespace brokerage::demo

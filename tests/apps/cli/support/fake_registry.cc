#include "tests/apps/cli/support/fake_registry.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "services/rpc/filter.h"

namespace brokerage::cli {
namespace {

using registry::v1::Credential;
using registry::v1::Organisation;

const std::vector<rpc::FilterField<Organisation>>& FilterFields() {
  static const auto& fields = *new std::vector<rpc::FilterField<Organisation>>{
      {{"display_name", rpc::FilterKind::kText},
       [](const Organisation& organisation) { return rpc::FilterValues{organisation.display_name()}; }},
      {{"identifier", rpc::FilterKind::kText}, [](const Organisation& organisation) {
         rpc::FilterValues values;
         for (const std::string& identifier : organisation.identifiers()) values.emplace_back(identifier);
         return values;
       }}};
  return fields;
}

}  // namespace

grpc::Status FakeOrganisations::CreateOrganisation(grpc::ServerContext* context,
                                                   const registry::v1::CreateOrganisationRequest* request,
                                                   Organisation* answer) {
  const char* method = request->validate_only() ? "CheckOrganisation" : "CreateOrganisation";
  return board_.Serve(context, method, [&]() -> absl::Status {
    const Organisation& organisation = request->organisation();
    base::Violations violations;
    if (organisation.kind() == Organisation::KIND_UNCONSTITUTED_GROUP &&
        kept.count(organisation.accountable_body()) == 0) {
      violations.Add("organisation.accountable_body", "is required");
    }
    if (absl::StrContains(organisation.display_name(), "REFUSED")) {
      violations.Add("organisation.display_name", "is refused");
    }
    if (!violations.empty()) return violations.ToStatus();
    if (request->validate_only()) {
      *answer = organisation;
      return absl::OkStatus();
    }
    const auto name = board_.Once(request->request_id(), *request, [&] {
      Organisation made = organisation;
      made.set_name(absl::StrCat("organisations/n", kept.size() + 1));
      made.set_state(Organisation::STATE_ACTIVE);
      made.mutable_verification()->set_stage(registry::v1::Verification::STAGE_UNVERIFIED);
      return kept[made.name()] = made, made.name();
    });
    if (!name.ok()) return name.status();
    *answer = kept[*name];
    return absl::OkStatus();
  });
}

grpc::Status FakeOrganisations::GetOrganisation(grpc::ServerContext* context,
                                                const registry::v1::GetOrganisationRequest* request,
                                                Organisation* answer) {
  return board_.Serve(context, "GetOrganisation", [&] {
    const auto found = kept.find(request->name());
    if (found == kept.end()) return base::NotFound(request->name());
    *answer = found->second;
    return absl::OkStatus();
  });
}

grpc::Status FakeOrganisations::ListOrganisations(grpc::ServerContext* context,
                                                  const registry::v1::ListOrganisationsRequest* request,
                                                  registry::v1::ListOrganisationsResponse* answer) {
  return board_.Serve(context, "ListOrganisations", [&] {
    base::Violations violations;
    const rpc::Filter<Organisation> filter(request->filter(), FilterFields(), violations);
    for (const auto& [name, organisation] : kept) {
      if (filter.Matches(organisation)) *answer->add_organisations() = organisation;
    }
    return violations.ToStatus();
  });
}

grpc::Status FakeOrganisations::RecordVerification(grpc::ServerContext* context,
                                                   const registry::v1::RecordVerificationRequest* request,
                                                   Organisation* answer) {
  return board_.Serve(context, "RecordVerification", [&] {
    Organisation& organisation = kept[request->name()];
    organisation.mutable_verification()->set_stage(request->stage());
    organisation.mutable_verification()->set_evidence(request->evidence());
    *answer = organisation;
    return absl::OkStatus();
  });
}

std::string FakeOrganisations::Add(const std::string& display_name, const std::string& identifier,
                                   Organisation::State state) {
  Organisation organisation;
  organisation.set_name(absl::StrCat("organisations/n", kept.size() + 1));
  organisation.set_display_name(display_name);
  if (!identifier.empty()) organisation.add_identifiers(identifier);
  organisation.set_kind(Organisation::KIND_CHARITY);
  organisation.set_state(state);
  kept[organisation.name()] = organisation;
  return organisation.name();
}

grpc::Status FakeCentres::GetCentre(grpc::ServerContext* context,
                                    const registry::v1::GetCentreRequest* request,
                                    registry::v1::Centre* answer) {
  return board_.Serve(context, "GetCentre", [&] {
    if (request->name() != "centres/ashford") return base::NotFound(request->name());
    answer->set_name(request->name());
    answer->set_display_name("Ashford Volunteer Centre");
    return absl::OkStatus();
  });
}

grpc::Status FakeCentres::ListCentres(grpc::ServerContext* context, const registry::v1::ListCentresRequest*,
                                      registry::v1::ListCentresResponse* answer) {
  return board_.Serve(context, "ListCentres", [&] {
    auto* centre = answer->add_centres();
    centre->set_name("centres/ashford");
    centre->set_display_name("Ashford Volunteer Centre");
    centre->set_lead(true);
    centre->add_districts("districts/E07000105");
    centre->add_districts("districts/E07000113");
    return absl::OkStatus();
  });
}

grpc::Status FakeCentres::CreateCredential(grpc::ServerContext* context,
                                           const registry::v1::CreateCredentialRequest* request,
                                           Credential* answer) {
  return board_.Serve(context, "CreateCredential", [&]() -> absl::Status {
    if (request->credential().role() == common::v1::ROLE_LEAD_ADMIN) {
      return base::PermissionDenied("Only the lead administrator makes lead administrators.");
    }
    *answer = request->credential();
    answer->set_name(absl::StrCat(request->parent(), "/credentials/k", credentials.size() + 2));
    answer->set_state(Credential::STATE_ACTIVE);
    credentials.push_back(*answer);
    answer->set_secret("vb_ashford_k2_newly-made");
    return absl::OkStatus();
  });
}

grpc::Status FakeCentres::ListCredentials(grpc::ServerContext* context,
                                          const registry::v1::ListCredentialsRequest*,
                                          registry::v1::ListCredentialsResponse* answer) {
  return board_.Serve(context, "ListCredentials", [&] {
    for (const Credential& credential : credentials) *answer->add_credentials() = credential;
    return absl::OkStatus();
  });
}

grpc::Status FakeCentres::RevokeCredential(grpc::ServerContext* context,
                                           const registry::v1::RevokeCredentialRequest* request,
                                           Credential* answer) {
  return board_.Serve(context, "RevokeCredential", [&]() -> absl::Status {
    for (Credential& credential : credentials) {
      if (credential.name() != request->name()) continue;
      credential.set_state(Credential::STATE_REVOKED);
      *answer = credential;
      return absl::OkStatus();
    }
    return base::NotFound(request->name());
  });
}

grpc::Status FakeReference::ListDistricts(grpc::ServerContext* context,
                                          const registry::v1::ListDistrictsRequest*,
                                          registry::v1::ListDistrictsResponse* answer) {
  return board_.Serve(context, "ListDistricts", [&] {
    for (const auto& [code, name] :
         {std::pair{"E07000105", "Ashford"}, {"E07000112", "Folkestone and Hythe"}}) {
      auto* district = answer->add_districts();
      district->set_name(absl::StrCat("districts/", code));
      district->set_display_name(name);
    }
    return absl::OkStatus();
  });
}

grpc::Status FakeReference::ResolvePlace(grpc::ServerContext* context,
                                         const registry::v1::ResolvePlaceRequest* request,
                                         common::v1::Place* answer) {
  return board_.Serve(context, "ResolvePlace", [&]() -> absl::Status {
    if (!absl::StartsWith(request->postcode(), "TN")) return base::NotFound(request->postcode());
    answer->set_postcode(request->postcode());
    answer->set_latitude(51.1465);
    answer->set_longitude(0.8757);
    answer->set_district("districts/E07000105");
    answer->set_precision(common::v1::PLACE_PRECISION_SECTOR);
    return absl::OkStatus();
  });
}

grpc::Status FakeRegistryAdmin::CreateBackup(grpc::ServerContext* context,
                                             const registry::v1::CreateBackupRequest* request,
                                             registry::v1::Backup* answer) {
  return board_.Serve(context, "CreateRegistryBackup", [&] {
    answer->set_name(absl::StrCat("backups/", request->backup_id().empty() ? "now" : request->backup_id()));
    answer->set_path("/srv/backups/registry");
    return absl::OkStatus();
  });
}

grpc::Status FakeRegistryAdmin::GetStatus(grpc::ServerContext* context, const registry::v1::GetStatusRequest*,
                                          registry::v1::ServiceStatus* answer) {
  return board_.Serve(context, "GetRegistryStatus", [&] {
    *answer = status;
    return absl::OkStatus();
  });
}

}  // namespace brokerage::cli

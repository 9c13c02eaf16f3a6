// Stands in for the registry service: keeps what it is given, and refuses what tests ask it to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "brokerage/registry/v1/admin_service.grpc.pb.h"
#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "tests/apps/cli/support/switchboard.h"

namespace brokerage::cli {

// Refuses a group without an accountable body that it knows, and any other name that holds "REFUSED". Lists
// with the real filter.
class FakeOrganisations final : public registry::v1::OrganisationService::Service {
 public:
  explicit FakeOrganisations(Switchboard& board) : board_(board) {}

  grpc::Status CreateOrganisation(grpc::ServerContext*, const registry::v1::CreateOrganisationRequest*,
                                  registry::v1::Organisation*) override;
  grpc::Status GetOrganisation(grpc::ServerContext*, const registry::v1::GetOrganisationRequest*,
                               registry::v1::Organisation*) override;
  grpc::Status ListOrganisations(grpc::ServerContext*, const registry::v1::ListOrganisationsRequest*,
                                 registry::v1::ListOrganisationsResponse*) override;
  grpc::Status RecordVerification(grpc::ServerContext*, const registry::v1::RecordVerificationRequest*,
                                  registry::v1::Organisation*) override;

  // Puts one there and answers its name.
  std::string Add(const std::string& display_name, const std::string& identifier = "",
                  registry::v1::Organisation::State state = registry::v1::Organisation::STATE_ACTIVE);

  std::map<std::string, registry::v1::Organisation> kept;  // by name

 private:
  Switchboard& board_;
};

class FakeCentres final : public registry::v1::CentreService::Service {
 public:
  explicit FakeCentres(Switchboard& board) : board_(board) {}

  grpc::Status GetCentre(grpc::ServerContext*, const registry::v1::GetCentreRequest*,
                         registry::v1::Centre*) override;
  grpc::Status ListCentres(grpc::ServerContext*, const registry::v1::ListCentresRequest*,
                           registry::v1::ListCentresResponse*) override;
  grpc::Status CreateCredential(grpc::ServerContext*, const registry::v1::CreateCredentialRequest*,
                                registry::v1::Credential*) override;
  grpc::Status ListCredentials(grpc::ServerContext*, const registry::v1::ListCredentialsRequest*,
                               registry::v1::ListCredentialsResponse*) override;
  grpc::Status RevokeCredential(grpc::ServerContext*, const registry::v1::RevokeCredentialRequest*,
                                registry::v1::Credential*) override;

  std::vector<registry::v1::Credential> credentials;

 private:
  Switchboard& board_;
};

// Serves two districts; knows every postcode that begins with TN.
class FakeReference final : public registry::v1::ReferenceService::Service {
 public:
  explicit FakeReference(Switchboard& board) : board_(board) {}

  grpc::Status ListDistricts(grpc::ServerContext*, const registry::v1::ListDistrictsRequest*,
                             registry::v1::ListDistrictsResponse*) override;
  grpc::Status ResolvePlace(grpc::ServerContext*, const registry::v1::ResolvePlaceRequest*,
                            common::v1::Place*) override;

 private:
  Switchboard& board_;
};

class FakeRegistryAdmin final : public registry::v1::AdminService::Service {
 public:
  explicit FakeRegistryAdmin(Switchboard& board) : board_(board) {}

  grpc::Status CreateBackup(grpc::ServerContext*, const registry::v1::CreateBackupRequest*,
                            registry::v1::Backup*) override;
  grpc::Status GetStatus(grpc::ServerContext*, const registry::v1::GetStatusRequest*,
                         registry::v1::ServiceStatus*) override;

  registry::v1::ServiceStatus status;

 private:
  Switchboard& board_;
};

}  // namespace brokerage::cli

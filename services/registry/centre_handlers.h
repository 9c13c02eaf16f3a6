// CentreService: centres (centre_handlers.cc) and their credentials (credential_handlers.cc).
#pragma once

#include <string>

#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "services/registry/watch.h"
#include "services/rpc/credentials.h"
#include "services/rpc/records.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"

namespace brokerage::registry {

// Thread-safe. The collaborators outlive it. `directory` is what this process lets callers in by: it is told
// of every change before the change is answered.
class CentreHandlers final : public v1::CentreService::Service {
 public:
  CentreHandlers(const rpc::Runner& runner, storage::Store& store, const rpc::Mutations& mutations,
                 const rpc::PageTokens& tokens, const reference::Districts& districts,
                 rpc::CredentialDirectory& directory, const Watch& centre_watch,
                 const Watch& credential_watch);

  grpc::Status CreateCentre(grpc::ServerContext* context, const v1::CreateCentreRequest* request,
                            v1::Centre* answer) override;
  grpc::Status GetCentre(grpc::ServerContext* context, const v1::GetCentreRequest* request,
                         v1::Centre* answer) override;
  grpc::Status UpdateCentre(grpc::ServerContext* context, const v1::UpdateCentreRequest* request,
                            v1::Centre* answer) override;
  grpc::Status ListCentres(grpc::ServerContext* context, const v1::ListCentresRequest* request,
                           v1::ListCentresResponse* answer) override;
  grpc::Status WatchCentres(grpc::ServerContext* context, const v1::WatchCentresRequest* request,
                            grpc::ServerWriter<v1::WatchCentresResponse>* writer) override;
  grpc::Status CreateCredential(grpc::ServerContext* context, const v1::CreateCredentialRequest* request,
                                v1::Credential* answer) override;
  grpc::Status ListCredentials(grpc::ServerContext* context, const v1::ListCredentialsRequest* request,
                               v1::ListCredentialsResponse* answer) override;
  grpc::Status RevokeCredential(grpc::ServerContext* context, const v1::RevokeCredentialRequest* request,
                                v1::Credential* answer) override;
  grpc::Status GetCaller(grpc::ServerContext* context, const v1::GetCallerRequest* request,
                         v1::Caller* answer) override;
  grpc::Status WatchCredentials(grpc::ServerContext* context, const v1::WatchCredentialsRequest* request,
                                grpc::ServerWriter<v1::WatchCredentialsResponse>* writer) override;

 private:
  using CentreRecord = storage::v1::CentreRecord;
  using CredentialRecord = storage::v1::CredentialRecord;

  void CheckCentre(const v1::Centre& centre, base::Violations& violations) const;

  // A guard that holds for as long as a lead administrator besides `revoked` can still get in. Errors:
  // LastLeadAdmin; the store's.
  absl::StatusOr<storage::Guard> GuardOfAnotherLeadAdmin(const std::string& revoked, absl::Time now) const;

  const rpc::Runner& runner_;
  const rpc::PageTokens& tokens_;
  const reference::Districts& districts_;
  rpc::CredentialDirectory& directory_;
  const Watch& centre_watch_;
  const Watch& credential_watch_;
  const rpc::Records<CentreRecord> centres_;
  const rpc::Records<CredentialRecord> credentials_;
};

}  // namespace brokerage::registry

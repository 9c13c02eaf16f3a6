// OrganisationService.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/registry/watch.h"
#include "services/rpc/current.h"
#include "services/rpc/records.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"

namespace brokerage::registry {

// Thread-safe. The collaborators outlive it.
class OrganisationHandlers final : public v1::OrganisationService::Service {
 public:
  OrganisationHandlers(const rpc::Runner& runner, storage::Store& store, const rpc::Mutations& mutations,
                       const rpc::PageTokens& tokens, const reference::Districts& districts,
                       const rpc::Current<reference::PlaceIndex>& places, const Watch& watch);

  grpc::Status CreateOrganisation(grpc::ServerContext* context, const v1::CreateOrganisationRequest* request,
                                  v1::Organisation* answer) override;
  grpc::Status GetOrganisation(grpc::ServerContext* context, const v1::GetOrganisationRequest* request,
                               v1::Organisation* answer) override;
  grpc::Status UpdateOrganisation(grpc::ServerContext* context, const v1::UpdateOrganisationRequest* request,
                                  v1::Organisation* answer) override;
  grpc::Status ListOrganisations(grpc::ServerContext* context, const v1::ListOrganisationsRequest* request,
                                 v1::ListOrganisationsResponse* answer) override;
  grpc::Status DeleteOrganisation(grpc::ServerContext* context, const v1::DeleteOrganisationRequest* request,
                                  v1::Organisation* answer) override;
  grpc::Status UndeleteOrganisation(grpc::ServerContext* context,
                                    const v1::UndeleteOrganisationRequest* request,
                                    v1::Organisation* answer) override;
  grpc::Status RecordVerification(grpc::ServerContext* context, const v1::RecordVerificationRequest* request,
                                  v1::Organisation* answer) override;
  grpc::Status SuspendOrganisation(grpc::ServerContext* context,
                                   const v1::SuspendOrganisationRequest* request,
                                   v1::Organisation* answer) override;
  grpc::Status ReinstateOrganisation(grpc::ServerContext* context,
                                     const v1::ReinstateOrganisationRequest* request,
                                     v1::Organisation* answer) override;
  grpc::Status WatchOrganisations(grpc::ServerContext* context, const v1::WatchOrganisationsRequest* request,
                                  grpc::ServerWriter<v1::WatchOrganisationsResponse>* writer) override;

 private:
  using Record = storage::v1::OrganisationRecord;
  using Stored = storage::Stored<Record>;
  using Edit = std::function<absl::Status(const rpc::Call& call, const Record& before, Record& record)>;

  // A method that takes an organisation's name, etag and request_id, and moves it along the table of states.
  template <typename Request>
  grpc::Status Step(const grpc::ServerContext& context, const Request& request, const Edit& edit,
                    v1::Organisation& answer);

  // What else must hold of an organisation that is to be stored: faults for what does not, guards so that it
  // goes on to hold until it is stored. Errors: the store's.
  absl::StatusOr<std::vector<storage::Guard>> CheckReferences(const v1::Organisation& organisation,
                                                              base::Violations& violations) const;

  void Fill(const rpc::Call& call, const rpc::Outcome<Record>& outcome, v1::Organisation& answer) const;

  const rpc::Runner& runner_;
  const rpc::PageTokens& tokens_;
  const reference::Districts& districts_;
  const rpc::Current<reference::PlaceIndex>& places_;
  const Watch& watch_;
  const rpc::Records<Record> records_;
  const storage::Table<storage::v1::CentreRecord> centres_;
};

}  // namespace brokerage::registry

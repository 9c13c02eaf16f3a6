// ReferenceService: what the world says, the same for every caller.
#pragma once

#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/terms.h"
#include "services/rpc/current.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"

namespace brokerage::registry {

// Thread-safe. The collaborators outlive it.
class ReferenceHandlers final : public v1::ReferenceService::Service {
 public:
  ReferenceHandlers(const rpc::Runner& runner, const rpc::PageTokens& tokens,
                    const reference::Districts& districts, const rpc::Current<reference::PlaceIndex>& places);

  grpc::Status ListDistricts(grpc::ServerContext* context, const v1::ListDistrictsRequest* request,
                             v1::ListDistrictsResponse* answer) override;
  grpc::Status ListSkills(grpc::ServerContext* context, const v1::ListSkillsRequest* request,
                          v1::ListSkillsResponse* answer) override;
  grpc::Status ListCauses(grpc::ServerContext* context, const v1::ListCausesRequest* request,
                          v1::ListCausesResponse* answer) override;
  grpc::Status ResolveTerm(grpc::ServerContext* context, const v1::ResolveTermRequest* request,
                           v1::ResolveTermResponse* answer) override;
  grpc::Status ResolvePlace(grpc::ServerContext* context, const v1::ResolvePlaceRequest* request,
                            common::v1::Place* answer) override;

 private:
  const rpc::Runner& runner_;
  const rpc::PageTokens& tokens_;
  const reference::Districts& districts_;
  const rpc::Current<reference::PlaceIndex>& places_;
  const reference::TermIndex terms_;
};

}  // namespace brokerage::registry

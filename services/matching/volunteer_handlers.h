// VolunteerService.
#pragma once

#include <functional>
#include <string>

#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/context.h"
#include "services/matching/records.h"
#include "services/rpc/records.h"

namespace brokerage::matching {

// Thread-safe. The context outlives it.
class VolunteerHandlers final : public v1::VolunteerService::Service {
 public:
  explicit VolunteerHandlers(const Context& context);

  grpc::Status CreateVolunteer(grpc::ServerContext* context, const v1::CreateVolunteerRequest* request,
                               v1::Volunteer* answer) override;
  grpc::Status GetVolunteer(grpc::ServerContext* context, const v1::GetVolunteerRequest* request,
                            v1::Volunteer* answer) override;
  grpc::Status UpdateVolunteer(grpc::ServerContext* context, const v1::UpdateVolunteerRequest* request,
                               v1::Volunteer* answer) override;
  grpc::Status ListVolunteers(grpc::ServerContext* context, const v1::ListVolunteersRequest* request,
                              v1::ListVolunteersResponse* answer) override;
  grpc::Status RegisterVolunteer(grpc::ServerContext* context, const v1::RegisterVolunteerRequest* request,
                                 v1::Volunteer* answer) override;
  grpc::Status ActivateVolunteer(grpc::ServerContext* context, const v1::ActivateVolunteerRequest* request,
                                 v1::Volunteer* answer) override;
  grpc::Status PauseVolunteer(grpc::ServerContext* context, const v1::PauseVolunteerRequest* request,
                              v1::Volunteer* answer) override;
  grpc::Status ResumeVolunteer(grpc::ServerContext* context, const v1::ResumeVolunteerRequest* request,
                               v1::Volunteer* answer) override;
  grpc::Status MarkVolunteerLeft(grpc::ServerContext* context, const v1::MarkVolunteerLeftRequest* request,
                                 v1::Volunteer* answer) override;

 private:
  using Record = storage::v1::VolunteerRecord;

  // A step of the table of states, and what else it does. `check` adds faults that depend on the moment: a
  // retry of what was done is not refused for them.
  template <typename Request>
  grpc::Status Step(const grpc::ServerContext& context, const Request& request, v1::Volunteer& answer,
                    const rpc::Check& check = nullptr,
                    const std::function<void(v1::Volunteer&)>& also = nullptr);
  // The answer to a write: whole, for only those write who see all of a record.
  static v1::Volunteer Written(rpc::Outcome<Record> outcome);

  const Context& context_;
  const rpc::Records<Record> records_;
};

}  // namespace brokerage::matching

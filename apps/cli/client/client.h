// Calls to the two services: with the bearer token, a deadline, and as many retries as the caller allows.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "apps/cli/client/environment.h"
#include "apps/cli/client/status.h"
#include "brokerage/matching/v1/admin_service.grpc.pb.h"
#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "brokerage/matching/v1/opportunity_service.grpc.pb.h"
#include "brokerage/matching/v1/referral_service.grpc.pb.h"
#include "brokerage/matching/v1/report_service.grpc.pb.h"
#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "brokerage/registry/v1/admin_service.grpc.pb.h"
#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "brokerage/registry/v1/reference_service.grpc.pb.h"

namespace brokerage::cli {

// A service's stub interface, by the service's generated class.
template <typename Service>
using StubOf = typename Service::StubInterface;

struct Stubs {
  std::unique_ptr<StubOf<matching::v1::VolunteerService>> volunteers;
  std::unique_ptr<StubOf<matching::v1::OpportunityService>> opportunities;
  std::unique_ptr<StubOf<matching::v1::ReferralService>> referrals;
  std::unique_ptr<StubOf<matching::v1::MatchingService>> matching;
  std::unique_ptr<StubOf<matching::v1::ReportService>> reports;
  std::unique_ptr<StubOf<matching::v1::AdminService>> matching_admin;
  std::unique_ptr<StubOf<registry::v1::OrganisationService>> organisations;
  std::unique_ptr<StubOf<registry::v1::CentreService>> centres;
  std::unique_ptr<StubOf<registry::v1::ReferenceService>> reference;
  std::unique_ptr<StubOf<registry::v1::AdminService>> registry_admin;
};

// Thread-safe.
class Client {
 public:
  // Calls end after `timeout` each; between attempts `sleep` is called.
  Client(std::shared_ptr<grpc::Channel> matching, std::shared_ptr<grpc::Channel> registry, std::string token,
         absl::Duration timeout, std::function<void(absl::Duration)> sleep);

  const Stubs& stubs() const { return stubs_; }

  // Calls `method` of `stub` once, or as often as `policy` allows. Errors are the service's own, with their
  // details.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const std::type_identity_t<Request>& request,
                                const RetryPolicy& policy = {}) const {
    for (int attempt = 1;; ++attempt) {
      grpc::ClientContext context;
      Prepare(context);
      Response response;
      const absl::Status status = FromGrpc((stub.*method)(&context, request, &response));
      if (status.ok()) return response;
      if (!ShallRetry(attempt, status, policy)) return status;
      sleep_(PauseAfter(attempt, status, policy));
    }
  }

  // Reads the stream of `method` to its end, and gives each response to `take`. It may last for ever. A
  // stream that breaks once it has told something is opened again, as often in a row as `policy` allows, with
  // `request` as it is then: `take` may have put in where to resume.
  template <typename Stub, typename Request, typename Response>
  absl::Status Follow(Stub& stub,
                      std::unique_ptr<grpc::ClientReaderInterface<Response>> (Stub::*method)(
                          grpc::ClientContext*, const Request&),
                      const std::type_identity_t<Request>& request,
                      const std::function<void(const std::type_identity_t<Response>&)>& take,
                      const RetryPolicy& policy = {}) const {
    bool begun = false;
    for (int attempt = 1;; ++attempt) {
      grpc::ClientContext context;
      Authorise(context);
      const auto reader = (stub.*method)(&context, request);
      Response response;
      while (reader->Read(&response)) {
        take(response);
        begun = true;
        attempt = 1;
      }
      const absl::Status status = FromGrpc(reader->Finish());
      if (!begun || !ShallRetry(attempt, status, policy)) return status;
      sleep_(PauseAfter(attempt, status, policy));
    }
  }

 private:
  void Authorise(grpc::ClientContext& context) const;
  // With the deadline too.
  void Prepare(grpc::ClientContext& context) const;

  Stubs stubs_;
  std::string authorization_;
  absl::Duration timeout_;
  std::function<void(absl::Duration)> sleep_;
};

}  // namespace brokerage::cli

// Stands in for the matching service's reports: answers what tests give it.
#pragma once

#include "brokerage/matching/v1/report_service.grpc.pb.h"
#include "tests/apps/cli/support/switchboard.h"

namespace brokerage::cli {

class FakeReports final : public matching::v1::ReportService::Service {
 public:
  explicit FakeReports(Switchboard& board) : board_(board) {}

  grpc::Status GetDistrictCoverage(grpc::ServerContext* context,
                                   const matching::v1::GetDistrictCoverageRequest* request,
                                   matching::v1::GetDistrictCoverageResponse* answer) override {
    return board_.Serve(context, "GetDistrictCoverage", [&] {
      last_request = *request;
      *answer = coverage;
      return absl::OkStatus();
    });
  }

  matching::v1::GetDistrictCoverageResponse coverage;
  matching::v1::GetDistrictCoverageRequest last_request;

 private:
  Switchboard& board_;
};

}  // namespace brokerage::cli

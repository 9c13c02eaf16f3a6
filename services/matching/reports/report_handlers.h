// ReportService: what is there, counted.
#pragma once

#include "brokerage/matching/v1/report_service.grpc.pb.h"
#include "services/matching/context.h"
#include "services/matching/reports/district_counts.h"

namespace brokerage::matching {

class ReportHandlers final : public v1::ReportService::Service {
 public:
  // Both outlive it.
  ReportHandlers(const Context& context, const DistrictCounts& districts)
      : context_(context), districts_(districts) {}

  grpc::Status GetDistrictCoverage(grpc::ServerContext* context,
                                   const v1::GetDistrictCoverageRequest* request,
                                   v1::GetDistrictCoverageResponse* response) override;

 private:
  const Context& context_;
  const DistrictCounts& districts_;
};

}  // namespace brokerage::matching

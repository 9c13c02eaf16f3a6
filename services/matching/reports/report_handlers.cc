#include "services/matching/reports/report_handlers.h"

#include "absl/status/status.h"

#include "services/matching/reports/coverage.h"
#include "services/matching/reports/term_numbers.h"
#include "services/matching/term_checks.h"
#include "services/rpc/moments.h"
#include "services/rpc/mutations.h"
#include "services/rpc/policy.h"
#include "services/rpc/requests.h"

namespace brokerage::matching {

grpc::Status ReportHandlers::GetDistrictCoverage(grpc::ServerContext* context,
                                                 const v1::GetDistrictCoverageRequest* request,
                                                 v1::GetDistrictCoverageResponse* response) {
  const auto check = [&](const rpc::Call&, base::Violations& violations) {
    rpc::CheckParent(request->parent(), true, violations);
    const std::string cause_fault = FaultOfCause(request->cause(), context_.tables);
    if (!cause_fault.empty()) violations.Add("cause", cause_fault);
    const std::string skill_fault = FaultOfSkill(request->skill(), context_.tables);
    if (!skill_fault.empty()) violations.Add("skill", skill_fault);
  };
  return context_.runner.Run(*context, *request, check, [&](const rpc::Call& call) -> absl::Status {
    auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    const TermNumbers numbers(context_.tables);
    DistrictQuestion question{*std::move(acting), {}, call.now()};
    if (const auto cause = CauseIdOf(context_.tables, request->cause())) {
      question.terms.push_back(numbers.OfCause(*cause));
    }
    if (const auto skill = SkillIdOf(context_.tables, request->skill())) {
      question.terms.push_back(numbers.OfSkill(*skill));
    }
    const auto tally = districts_.Count(question);
    if (!tally.ok()) return rpc::FromStore(tally.status());
    FillCoverage(*tally, context_.tables, *response);
    *response->mutable_as_of() = rpc::ToTimestamp(call.now());
    return absl::OkStatus();
  });
}

}  // namespace brokerage::matching

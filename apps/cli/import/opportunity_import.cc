#include "apps/cli/import/opportunity_import.h"

#include "absl/strings/str_cat.h"

#include "apps/cli/output/describe.h"
#include "apps/cli/rows/cells.h"
#include "base/errors.h"

namespace brokerage::cli {
namespace {

using matching::v1::Opportunity;
using registry::v1::Organisation;
using Service = StubOf<matching::v1::OpportunityService>;

// The registry has said that the organisation is active; the matching service hears it a moment later.
RetryPolicy StepPolicy() {
  RetryPolicy policy = ImportRetryPolicy();
  policy.also = [](const absl::Status& status) {
    return base::ReasonOf(status) == base::reason::kOrganisationNotActive;
  };
  policy.also_attempts = 4;
  return policy;
}

}  // namespace

absl::Status OpportunityImport::Begin(std::size_t row_count) {
  rows_.resize(row_count);
  return absl::OkStatus();
}

void OpportunityImport::Read(std::size_t index, RowReader& reader) {
  rows_[index] = ReadOpportunityRow(reader, words_);
}

absl::Status OpportunityImport::Resolve(std::vector<ImportRow>& rows, int in_flight) {
  std::vector<std::string> texts;
  for (const OpportunityRow& row : rows_) {
    if (!row.organisation.empty()) texts.push_back(row.organisation);
  }
  const absl::Status fetched = lookup_.Fetch(texts, in_flight);
  if (!fetched.ok()) return fetched;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    OpportunityRow& row = rows_[i];
    if (row.organisation.empty()) continue;
    const absl::StatusOr<FoundOrganisation>& found = lookup_.Get(row.organisation);
    if (!found.ok()) {
      rows[i].faults.push_back({"organisation", std::string(found.status().message())});
      continue;
    }
    row.opportunity.set_organisation(found->name);
    if (row.state != Opportunity::STATE_DRAFT && found->state != Organisation::STATE_ACTIVE) {
      const std::string state = FormatEnum(*Organisation::State_descriptor(), found->state);
      rows[i].faults.push_back(
          {"organisation", std::string(CellFault(row.organisation,
                                                 absl::StrCat("is ", state, ": its roles can only be drafts"))
                                           .message())});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Remark>> OpportunityImport::Check(std::size_t index) {
  const OpportunityRow& row = rows_[index];
  matching::v1::CreateOpportunityRequest request;
  request.set_parent(parent_);
  *request.mutable_opportunity() = row.opportunity;
  request.set_validate_only(true);
  const auto answer =
      client_.Call(*client_.stubs().opportunities, &Service::CreateOpportunity, request, ImportRetryPolicy());
  return CheckAnswer(answer.status(),
                     [&](absl::string_view field) { return OpportunityColumnOf(row, field); });
}

absl::StatusOr<Written> OpportunityImport::Write(std::size_t index, int64_t line, const RequestIds& ids,
                                                 const std::string& /*awaited*/) {
  const OpportunityRow& row = rows_[index];
  Service& service = *client_.stubs().opportunities;
  matching::v1::CreateOpportunityRequest create;
  create.set_parent(parent_);
  *create.mutable_opportunity() = row.opportunity;
  create.set_request_id(ids.For(line, "create"));
  absl::StatusOr<Opportunity> opportunity =
      client_.Call(service, &Service::CreateOpportunity, create, ImportRetryPolicy());
  if (!opportunity.ok()) return opportunity.status();

  Written written;
  written.name = opportunity->name();
  Opportunity::State state = opportunity->state();
  // An interrupted import, run again, finds the row where it was left, or where staff have taken it since.
  if (state == Opportunity::STATE_DRAFT && row.state >= Opportunity::STATE_SUBMITTED) {
    matching::v1::SubmitOpportunityRequest request;
    request.set_name(written.name);
    request.set_request_id(ids.For(line, "submit"));
    const auto answer = client_.Call(service, &Service::SubmitOpportunity, request, StepPolicy());
    written.remaining = answer.status();
    if (answer.ok()) state = answer->state();
  }
  if (state == Opportunity::STATE_SUBMITTED && row.state >= Opportunity::STATE_OPEN) {
    matching::v1::ApproveOpportunityRequest request;
    request.set_name(written.name);
    request.set_request_id(ids.For(line, "approve"));
    const auto answer = client_.Call(service, &Service::ApproveOpportunity, request, StepPolicy());
    written.remaining = answer.status();
    if (answer.ok()) state = answer->state();
  }
  written.state = EnumWord(*Opportunity::State_descriptor(), state);
  return written;
}

}  // namespace brokerage::cli

#include "apps/cli/import/volunteer_import.h"

#include "apps/cli/rows/cells.h"

namespace brokerage::cli {
namespace {

using matching::v1::Volunteer;
using Service = StubOf<matching::v1::VolunteerService>;

}  // namespace

absl::Status VolunteerImport::Begin(std::size_t row_count) {
  rows_.resize(row_count);
  return absl::OkStatus();
}

void VolunteerImport::Read(std::size_t index, RowReader& reader) {
  rows_[index] = ReadVolunteerRow(reader, words_);
}

absl::StatusOr<std::vector<Remark>> VolunteerImport::Check(std::size_t index) {
  const VolunteerRow& row = rows_[index];
  matching::v1::CreateVolunteerRequest request;
  request.set_parent(parent_);
  *request.mutable_volunteer() = row.volunteer;
  request.set_validate_only(true);
  const auto answer =
      client_.Call(*client_.stubs().volunteers, &Service::CreateVolunteer, request, ImportRetryPolicy());
  return CheckAnswer(answer.status(), [&](absl::string_view field) { return VolunteerColumnOf(row, field); });
}

absl::StatusOr<Written> VolunteerImport::Write(std::size_t index, int64_t line, const RequestIds& ids,
                                               const std::string& /*awaited*/) {
  const VolunteerRow& row = rows_[index];
  Service& service = *client_.stubs().volunteers;
  matching::v1::CreateVolunteerRequest create;
  create.set_parent(parent_);
  *create.mutable_volunteer() = row.volunteer;
  create.set_request_id(ids.For(line, "create"));
  absl::StatusOr<Volunteer> volunteer =
      client_.Call(service, &Service::CreateVolunteer, create, ImportRetryPolicy());
  if (!volunteer.ok()) return volunteer.status();

  Written written;
  written.name = volunteer->name();
  written.possible_duplicates.assign(volunteer->possible_duplicates().begin(),
                                     volunteer->possible_duplicates().end());
  Volunteer::State state = volunteer->state();
  // An interrupted import, run again, finds the row where it was left, or where staff have taken it since.
  if (state == Volunteer::STATE_ENQUIRY && row.state >= Volunteer::STATE_REGISTERED) {
    matching::v1::RegisterVolunteerRequest request;
    request.set_name(written.name);
    request.set_request_id(ids.For(line, "register"));
    const auto answer = client_.Call(service, &Service::RegisterVolunteer, request, ImportRetryPolicy());
    written.remaining = answer.status();
    if (answer.ok()) state = answer->state();
  }
  if (state == Volunteer::STATE_REGISTERED && row.state >= Volunteer::STATE_SEARCHING) {
    matching::v1::ActivateVolunteerRequest request;
    request.set_name(written.name);
    request.set_request_id(ids.For(line, "activate"));
    const auto answer = client_.Call(service, &Service::ActivateVolunteer, request, ImportRetryPolicy());
    written.remaining = answer.status();
    if (answer.ok()) state = answer->state();
  }
  written.state = EnumWord(*Volunteer::State_descriptor(), state);
  return written;
}

}  // namespace brokerage::cli

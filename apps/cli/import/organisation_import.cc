#include "apps/cli/import/organisation_import.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "apps/cli/rows/cells.h"
#include "base/resource_names.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

using registry::v1::Organisation;
using registry::v1::Verification;
using Service = StubOf<registry::v1::OrganisationService>;

constexpr int kPageSize = 1000;
constexpr absl::string_view kBodyColumn = "accountable_body";

absl::StatusOr<DistrictNames> FetchDistricts(const Client& client) {
  DistrictNames names;
  registry::v1::ListDistrictsRequest request;
  request.set_page_size(kPageSize);
  do {
    const auto page =
        client.Call(*client.stubs().reference, &StubOf<registry::v1::ReferenceService>::ListDistricts,
                    request, ImportRetryPolicy());
    if (!page.ok()) return page.status();
    for (const auto& district : page->districts()) {
      const std::string folded = base::FoldCase(district.display_name());
      names.emplace(folded, district.name());
      names.emplace(absl::StrReplaceAll(folded, {{" ", "-"}}), district.name());
      names.emplace(base::FoldCase(base::LastSegment(district.name())), district.name());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return names;
}

}  // namespace

absl::Status OrganisationImport::Begin(std::size_t row_count) {
  rows_.resize(row_count);
  waits_for_.resize(row_count);
  absl::StatusOr<DistrictNames> districts = FetchDistricts(client_);
  if (!districts.ok()) return districts.status();
  districts_ = *std::move(districts);
  return absl::OkStatus();
}

void OrganisationImport::Read(std::size_t index, RowReader& reader) {
  OrganisationRow row = ReadOrganisationRow(reader, words_, districts_);
  if (row.organisation.centre().empty()) row.organisation.set_centre(centre_);
  rows_[index] = std::move(row);
}

void OrganisationImport::FindRepeatedIdentifiers(std::vector<ImportRow>& rows) const {
  absl::flat_hash_map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    for (const std::string& identifier : rows_[i].organisation.identifiers()) {
      const auto [place, fresh] = first.emplace(base::FoldCase(identifier), i);
      if (fresh || place->second == i) continue;
      rows[i].faults.push_back(
          {"identifiers",
           std::string(CellFault(identifier, absl::StrCat("stands on line ", rows[place->second].line,
                                                          " too: one organisation is one row"))
                           .message())});
    }
  }
}

void OrganisationImport::FindBodiesInFile(std::vector<ImportRow>& rows) {
  absl::flat_hash_map<std::string, std::vector<std::size_t>> by_key;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows[i].readable) continue;
    by_key[base::FoldCase(rows_[i].organisation.display_name())].push_back(i);
    for (const std::string& identifier : rows_[i].organisation.identifiers()) {
      by_key[base::FoldCase(identifier)].push_back(i);
    }
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::string& body = rows_[i].accountable_body;
    const auto found = by_key.find(base::FoldCase(body));
    if (body.empty() || found == by_key.end()) continue;
    const auto fault = [&](const std::string& problem) {
      rows[i].faults.push_back({std::string(kBodyColumn), std::string(CellFault(body, problem).message())});
    };
    const std::size_t other = found->second.front();
    waits_for_[i] = other;
    if (found->second.size() > 1) {
      fault(absl::StrCat("stands in this file more than once: on lines ", rows[other].line, " and ",
                         rows[found->second[1]].line));
    } else if (other == i) {
      fault("is this row itself");
    } else if (!rows_[other].accountable_body.empty()) {
      fault(absl::StrCat("on line ", rows[other].line,
                         " has an accountable body itself: name one that answers for both"));
    }
  }
}

absl::Status OrganisationImport::Resolve(std::vector<ImportRow>& rows, int in_flight) {
  FindRepeatedIdentifiers(rows);
  FindBodiesInFile(rows);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].accountable_body.empty() && !waits_for_[i]) texts.push_back(rows_[i].accountable_body);
  }
  const absl::Status fetched = lookup_.Fetch(texts, in_flight);
  if (!fetched.ok()) return fetched;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].accountable_body.empty() || waits_for_[i]) continue;
    const absl::StatusOr<FoundOrganisation>& found = lookup_.Get(rows_[i].accountable_body);
    if (found.ok()) {
      rows_[i].organisation.set_accountable_body(found->name);
    } else {
      rows[i].faults.push_back({std::string(kBodyColumn), std::string(found.status().message())});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Remark>> OrganisationImport::Check(std::size_t index) {
  registry::v1::CreateOrganisationRequest request;
  *request.mutable_organisation() = rows_[index].organisation;
  request.set_validate_only(true);
  const auto answer = client_.Call(*client_.stubs().organisations, &Service::CreateOrganisation, request,
                                   ImportRetryPolicy());
  auto remarks = CheckAnswer(answer.status(), OrganisationColumnOf);
  // Its accountable body has no name yet; that it is missing is no fault.
  if (remarks.ok() && waits_for_[index]) {
    remarks->erase(std::remove_if(remarks->begin(), remarks->end(),
                                  [](const Remark& remark) { return remark.column == kBodyColumn; }),
                   remarks->end());
  }
  return remarks;
}

absl::StatusOr<Written> OrganisationImport::Write(std::size_t index, int64_t line, const RequestIds& ids,
                                                  const std::string& awaited) {
  const OrganisationRow& row = rows_[index];
  Service& service = *client_.stubs().organisations;
  registry::v1::CreateOrganisationRequest create;
  *create.mutable_organisation() = row.organisation;
  if (!awaited.empty()) create.mutable_organisation()->set_accountable_body(awaited);
  create.set_request_id(ids.For(line, "create"));
  absl::StatusOr<Organisation> organisation =
      client_.Call(service, &Service::CreateOrganisation, create, ImportRetryPolicy());
  if (!organisation.ok()) return organisation.status();

  Written written;
  written.name = organisation->name();
  Verification::Stage stage = organisation->verification().stage();
  // An interrupted import, run again, finds the row verified, perhaps further by now.
  if (row.stage > stage) {
    registry::v1::RecordVerificationRequest request;
    request.set_name(written.name);
    request.set_stage(row.stage);
    request.set_evidence(row.evidence);
    request.set_request_id(ids.For(line, "verify"));
    const auto answer = client_.Call(service, &Service::RecordVerification, request, ImportRetryPolicy());
    written.remaining = answer.status();
    if (answer.ok()) stage = answer->verification().stage();
  }
  if (stage != Verification::STAGE_UNSPECIFIED)
    written.state = EnumWord(*Verification::Stage_descriptor(), stage);
  return written;
}

}  // namespace brokerage::cli

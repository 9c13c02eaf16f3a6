#include "apps/cli/import/importer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "apps/cli/client/parallel.h"
#include "apps/cli/import/progress.h"
#include "apps/cli/rows/row_reader.h"

namespace brokerage::cli {
namespace {

constexpr absl::string_view kExternalId = "external_id";

std::size_t CountFaulty(const std::vector<ImportRow>& rows) {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const ImportRow& row) { return !row.faults.empty(); }));
}

}  // namespace

ImportOutcome Importer::Run(const RequestIds& ids) {
  ImportOutcome outcome;
  if (!file_.header_fault.empty()) {
    header_faults_.push_back({"", file_.header_fault});
    return outcome;
  }
  const RowHeader header(kind_.columns(), file_.header);
  header_faults_ = header.faults();
  if (!header_faults_.empty()) return outcome;

  outcome.stopped = kind_.Begin(file_.rows.size());
  if (outcome.stopped.ok()) {
    ReadRows(header);
    outcome.stopped = kind_.Resolve(file_.rows, options_.in_flight);
  }
  if (outcome.stopped.ok()) outcome.stopped = CheckRows();
  outcome.faulty = CountFaulty(file_.rows);
  const bool may_write = !options_.dry_run && (outcome.faulty == 0 || options_.keep_good);
  if (!outcome.stopped.ok() || !may_write) return outcome;

  outcome.writing_began = true;
  outcome.stopped = WriteRows(ids);
  outcome.faulty = CountFaulty(file_.rows);
  outcome.written =
      static_cast<std::size_t>(std::count_if(file_.rows.begin(), file_.rows.end(), [](const ImportRow& row) {
        return row.faults.empty() && !row.name.empty();
      }));
  return outcome;
}

void Importer::ReadRows(const RowHeader& header) {
  absl::flat_hash_map<std::string, int64_t> lines;
  for (std::size_t i = 0; i < file_.rows.size(); ++i) {
    ImportRow& row = file_.rows[i];
    if (!row.readable) continue;
    RowReader reader(header, row.fields);
    row.external_id = std::string(reader.Cell(kExternalId));
    if (!row.external_id.empty()) {
      const auto [place, fresh] = lines.emplace(row.external_id, row.line);
      if (!fresh) reader.Fault(kExternalId, absl::StrCat("stands on line ", place->second, " too"));
    }
    kind_.Read(i, reader);
    row.faults = reader.TakeFaults();
    row.notes = reader.TakeNotes();
  }
}

std::string Importer::GroupOf(const std::string& column) const {
  for (const Column& known : kind_.columns()) {
    if (known.name == column && !known.group.empty()) return known.group;
  }
  return column;
}

void Importer::AddServiceFaults(const std::vector<Remark>& remarks, ImportRow& row) const {
  absl::flat_hash_set<std::string> faulty_groups;
  for (const Remark& fault : row.faults) {
    if (!fault.column.empty()) faulty_groups.insert(GroupOf(fault.column));
  }
  for (const Remark& remark : remarks) {
    const bool follows = !remark.column.empty() && faulty_groups.contains(GroupOf(remark.column));
    const bool known = std::find(row.faults.begin(), row.faults.end(), remark) != row.faults.end();
    if (!follows && !known) row.faults.push_back(remark);
  }
}

absl::Status Importer::CheckRows() {
  Progress progress(environment_, options_.quiet, "Checking", file_.rows.size(), "rows");
  return ForEachInFlight(file_.rows.size(), options_.in_flight, [&](std::size_t i) -> absl::Status {
    ImportRow& row = file_.rows[i];
    if (row.readable) {
      const absl::StatusOr<std::vector<Remark>> remarks = kind_.Check(i);
      if (!remarks.ok()) return remarks.status();
      AddServiceFaults(*remarks, row);
    }
    progress.Step();
    return absl::OkStatus();
  });
}

absl::Status Importer::WriteRows(const RequestIds& ids) {
  // Rows that others wait for are all written before the first that waits.
  std::vector<std::size_t> first;
  std::vector<std::size_t> second;
  for (std::size_t i = 0; i < file_.rows.size(); ++i) {
    if (!file_.rows[i].faults.empty()) continue;
    (kind_.WaitsFor(i) ? second : first).push_back(i);
  }
  Progress progress(environment_, options_.quiet, "Writing", first.size() + second.size(), "rows");
  for (const std::vector<std::size_t>* wave : {&first, &second}) {
    const absl::Status status = ForEachInFlight(wave->size(), options_.in_flight, [&](std::size_t i) {
      absl::Status written = WriteRow((*wave)[i], ids);
      if (written.ok()) progress.Step();
      return written;
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Importer::WriteRow(std::size_t index, const RequestIds& ids) {
  ImportRow& row = file_.rows[index];
  std::string awaited;
  if (const auto other = kind_.WaitsFor(index)) {
    awaited = file_.rows[*other].name;
    if (awaited.empty()) {
      row.faults.push_back(
          {"", absl::StrCat("line ", file_.rows[*other].line, ", which it refers to, was not written")});
      return absl::OkStatus();
    }
  }
  const absl::StatusOr<Written> written = kind_.Write(index, row.line, ids, awaited);
  const auto no_column = [](absl::string_view) { return std::string(); };
  if (!written.ok()) {
    if (!IsAboutTheRow(written.status())) return written.status();
    row.faults = RemarksOf(written.status(), no_column);
    return absl::OkStatus();
  }
  row.name = written->name;
  row.state = written->state;
  row.possible_duplicates = written->possible_duplicates;
  if (written->remaining.ok()) return absl::OkStatus();
  if (!IsAboutTheRow(written->remaining)) {
    // It is there, but not as far as it should be: not written, and taken up when the import is run again.
    row.name.clear();
    return written->remaining;
  }
  for (Remark& remark : RemarksOf(written->remaining, no_column)) {
    remark.text =
        absl::StrCat("is there as ", row.name, " (", row.state, ") and went no further: ", remark.text);
    row.faults.push_back(std::move(remark));
  }
  return absl::OkStatus();
}

}  // namespace brokerage::cli

#include "apps/cli/import/report.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "apps/cli/output/text.h"
#include "base/digest.h"

namespace brokerage::cli {
namespace {

// Nobody reads more of what needs no correcting.
constexpr std::size_t kMaxListed = 50;

std::string Place(const ImportRow& row) {
  return absl::StrCat("line ", row.line,
                      row.external_id.empty() ? "" : absl::StrCat(" (", row.external_id, ")"));
}

std::string Line(const Remark& remark) {
  return Printable(remark.column.empty() ? remark.text : absl::StrCat(remark.column, ": ", remark.text));
}

std::string Rows(std::size_t count) { return CountOf(static_cast<int64_t>(count), "row", "rows"); }

void PrintFaults(const Environment& environment, const ImportReport& report) {
  for (const ImportRow& row : report.file.rows) {
    if (row.faults.empty()) continue;
    environment.out << Printable(Place(row)) << "\n";
    for (const Remark& fault : row.faults) environment.out << "  " << Line(fault) << "\n";
  }
}

// The first lines of a list that is no fault of anyone's, and how many more there are.
void PrintSome(const Environment& environment, absl::string_view title,
               const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  environment.out << title << "\n";
  for (std::size_t i = 0; i < lines.size() && i < kMaxListed; ++i)
    environment.out << "  " << lines[i] << "\n";
  if (lines.size() > kMaxListed) {
    environment.out << "  and " << FormatCount(static_cast<int64_t>(lines.size() - kMaxListed))
                    << " more: --json lists them all\n";
  }
}

void PrintNotes(const Environment& environment, const ImportReport& report) {
  std::vector<std::string> lines;
  for (const ImportRow& row : report.file.rows) {
    for (const Remark& note : row.notes)
      lines.push_back(absl::StrCat(Printable(Place(row)), ": ", Line(note)));
  }
  PrintSome(environment, "Read differently than it stands there:", lines);
}

void PrintDuplicates(const Environment& environment, const ImportReport& report) {
  std::vector<std::string> lines;
  for (const ImportRow& row : report.file.rows) {
    if (row.possible_duplicates.empty()) continue;
    lines.push_back(absl::StrCat(Printable(Place(row)), ": ", row.name, " and ",
                                 absl::StrJoin(row.possible_duplicates, ", ")));
  }
  PrintSome(environment, "These may be people that you have already:", lines);
}

std::string Summary(const ImportReport& report) {
  const ImportOutcome& outcome = report.outcome;
  const std::size_t rows = report.file.rows.size();
  const std::string faulty = absl::StrCat(FormatCount(static_cast<int64_t>(outcome.faulty)), " of ",
                                          Rows(rows), outcome.faulty == 1 ? " is faulty" : " are faulty");
  if (outcome.writing_began) {
    std::string text =
        absl::StrCat(Rows(outcome.written), " of ", FormatCount(static_cast<int64_t>(rows)), " written");
    if (outcome.faulty > 0) absl::StrAppend(&text, "; ", faulty);
    if (!outcome.stopped.ok()) {
      absl::StrAppend(
          &text,
          ".\nThe import stopped before its end. Run the same command again within a day, with the same "
          "file and the same credential: it goes on where it stopped, and writes nothing twice");
    }
    return absl::StrCat(text, ".");
  }
  if (!outcome.stopped.ok()) return "Nothing was written: the rows could not all be checked.";
  if (outcome.faulty == 0) return absl::StrCat("All ", Rows(rows), " are good; nothing was written.");
  if (report.options.dry_run) return absl::StrCat(faulty, "; nothing was written.");
  return absl::StrCat(
      faulty,
      "; nothing was written. Correct them, or write the others with --keep-good and save the "
      "faulty ones with --errors FILE.");
}

Json RemarksJson(const std::vector<Remark>& remarks) {
  Json list = Json::array();
  for (const Remark& remark : remarks) list.push_back({{"column", remark.column}, {"text", remark.text}});
  return list;
}

}  // namespace

void PrintImportReport(const Environment& environment, const ImportReport& report) {
  if (!report.header_faults.empty()) {
    environment.out << "The header of " << Printable(report.file.path) << ", line " << report.file.header_line
                    << ":\n";
    for (const Remark& fault : report.header_faults) {
      environment.out << "  "
                      << Printable(absl::StrCat(fault.column, fault.column.empty() ? "" : " ", fault.text))
                      << "\n";
    }
    environment.out << "Nothing was read. The columns are listed by: brokerage " << report.kind
                    << " import --columns\n";
    return;
  }
  PrintFaults(environment, report);
  PrintNotes(environment, report);
  PrintDuplicates(environment, report);
  environment.out << Summary(report) << "\n";
}

Json ImportReportJson(const ImportReport& report) {
  Json refused = Json::array();
  Json notes = Json::array();
  Json written = Json::array();
  for (const ImportRow& row : report.file.rows) {
    const Json place = {{"line", row.line}, {"external_id", row.external_id}};
    const auto add = [&](Json& list, const Json& more) {
      Json entry = place;
      entry.update(more);
      list.push_back(std::move(entry));
    };
    if (!row.faults.empty()) add(refused, {{"faults", RemarksJson(row.faults)}});
    if (!row.notes.empty()) add(notes, {{"notes", RemarksJson(row.notes)}});
    if (!row.name.empty()) {
      add(written,
          {{"name", row.name}, {"state", row.state}, {"possible_duplicates", row.possible_duplicates}});
    }
  }
  const absl::Status& stopped = report.outcome.stopped;
  return {{"file", report.file.path},
          {"sha256", base::HexEncode(report.file.hash)},
          {"kind", std::string(report.kind)},
          {"dry_run", report.options.dry_run},
          {"row_count", report.file.rows.size()},
          {"faulty_count", report.outcome.faulty},
          {"written_count", report.outcome.written},
          {"header_faults", RemarksJson(report.header_faults)},
          {"refused", std::move(refused)},
          {"notes", std::move(notes)},
          {"written", std::move(written)},
          {"stopped", stopped.ok() ? Json(nullptr)
                                   : Json{{"code", absl::StatusCodeToString(stopped.code())},
                                          {"message", std::string(stopped.message())}}}};
}

ExitCode ExitCodeOf(const ImportReport& report) {
  if (!report.outcome.stopped.ok()) return ExitCodeOf(report.outcome.stopped);
  return report.header_faults.empty() && report.outcome.faulty == 0 ? ExitCode::kOk : ExitCode::kRowsRefused;
}

}  // namespace brokerage::cli

#include "apps/cli/rows/row_reader.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace brokerage::cli {
namespace {

constexpr absl::string_view kFormulaStarts = "=+-@\t\r";

bool MayBeFormula(absl::string_view cell) {
  return !cell.empty() && kFormulaStarts.find(cell.front()) != absl::string_view::npos;
}

}  // namespace

std::string GuardCell(absl::string_view cell) {
  // A cell that has the guard already gets another, so that taking one away gives back what was there.
  const absl::string_view unguarded = UnguardedCell(cell);
  return MayBeFormula(cell) || unguarded.size() != cell.size() ? absl::StrCat("'", cell) : std::string(cell);
}

absl::string_view UnguardedCell(absl::string_view cell) {
  const std::size_t guards = std::min(cell.find_first_not_of('\''), cell.size());
  return guards > 0 && MayBeFormula(cell.substr(guards)) ? cell.substr(1) : cell;
}

RowReader::RowReader(const RowHeader& header, const std::vector<std::string>& fields)
    : header_(header), fields_(fields) {
  if (fields.size() > header.size()) {
    Fault("", absl::StrCat("has ", fields.size(), " cells where the header names ", header.size(),
                           "; a cell with a comma in it is written in quotation marks"));
  }
}

absl::string_view RowReader::Cell(absl::string_view column) const {
  const int place = header_.Find(column);
  // A row may leave out its last cells.
  if (place < 0 || static_cast<std::size_t>(place) >= fields_.size()) return "";
  return absl::StripAsciiWhitespace(UnguardedCell(fields_[static_cast<std::size_t>(place)]));
}

void RowReader::Fault(absl::string_view column, absl::string_view text) {
  Remark fault{std::string(column), std::string(text)};
  // The same slip twice in a list is said once.
  if (std::find(faults_.begin(), faults_.end(), fault) == faults_.end()) faults_.push_back(std::move(fault));
}

void RowReader::Note(absl::string_view column, absl::string_view text) {
  notes_.push_back({std::string(column), std::string(text)});
}

std::vector<absl::string_view> RowReader::SplitList(absl::string_view text) {
  std::vector<absl::string_view> entries;
  for (absl::string_view entry : absl::StrSplit(text, absl::ByAnyChar(";\n\r"))) {
    entry = absl::StripAsciiWhitespace(entry);
    if (!entry.empty()) entries.push_back(entry);
  }
  return entries;
}

}  // namespace brokerage::cli

#include "apps/cli/output/table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "apps/cli/output/text.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr int kGap = 2;

void AppendCell(const std::string& cell, int width, Align align, std::string* line) {
  const std::string padding(static_cast<std::size_t>(std::max(0, width - base::DisplayWidth(cell))), ' ');
  if (!line->empty()) line->append(kGap, ' ');
  absl::StrAppend(line, align == Align::kRight ? padding : "", cell, align == Align::kLeft ? padding : "");
}

}  // namespace

void Table::Add(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const int limit = std::max(columns_[i].max_width, base::DisplayWidth(columns_[i].title));
    cells[i] = Shortened(Printable(cells[i]), limit);
  }
  rows_.push_back({std::move(cells), {}});
}

void Table::AddNote(const std::string& text) {
  if (!rows_.empty()) rows_.back().notes.push_back(Printable(text));
}

void Table::Print(std::ostream& out) const {
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int width = base::DisplayWidth(columns_[i].title);
    for (const Row& row : rows_) width = std::max(width, base::DisplayWidth(row.cells[i]));
    widths.push_back(width);
  }
  const auto print = [&](const auto& cell_of) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      AppendCell(cell_of(i), widths[i], columns_[i].align, &line);
    absl::StripTrailingAsciiWhitespace(&line);
    out << line << "\n";
  };
  print([&](std::size_t i) { return columns_[i].title; });
  for (const Row& row : rows_) {
    print([&](std::size_t i) { return row.cells[i]; });
    for (const std::string& note : row.notes) out << "    " << note << "\n";
  }
}

}  // namespace brokerage::cli

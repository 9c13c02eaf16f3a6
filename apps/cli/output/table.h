// Rows in aligned columns, for people.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace brokerage::cli {

enum class Align { kLeft, kRight };

struct TableColumn {
  std::string title;
  Align align = Align::kLeft;
  int max_width = 60;  // longer cells are shortened; at least the title's width is kept
};

class Table {
 public:
  explicit Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns. What a terminal would not print is made visible.
  void Add(std::vector<std::string> cells);
  // A line of its own below the row added last, indented.
  void AddNote(const std::string& text);
  bool empty() const { return rows_.empty(); }

  // Titles and rows, two spaces between columns, no trailing spaces.
  void Print(std::ostream& out) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> notes;
  };

  std::vector<TableColumn> columns_;
  std::vector<Row> rows_;
};

}  // namespace brokerage::cli

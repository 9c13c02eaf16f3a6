#include "apps/cli/rows/columns.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

#include "base/text.h"
#include "reference/terms.h"

namespace brokerage::cli {
namespace {

// "skills" without the "[2]" and what follows, "home" of "home.postcode".
bool IsAtOrAbove(absl::string_view above, absl::string_view path) {
  if (!absl::StartsWith(path, above)) return false;
  return path.size() == above.size() || path[above.size()] == '.' || path[above.size()] == '[';
}

}  // namespace

std::string ColumnOfField(const std::vector<FieldColumn>& fields, absl::string_view resource,
                          absl::string_view path) {
  absl::ConsumePrefix(&path, absl::StrCat(resource, "."));
  const FieldColumn* best = nullptr;
  for (const FieldColumn& entry : fields) {
    if (!IsAtOrAbove(entry.field, path)) continue;
    if (best == nullptr || entry.field.size() > best->field.size()) best = &entry;
  }
  return best == nullptr ? "" : best->column;
}

std::string NormalColumnName(absl::string_view name) {
  return absl::StrReplaceAll(base::FoldCase(absl::StripAsciiWhitespace(name)), {{" ", "_"}, {"-", "_"}});
}

RowHeader::RowHeader(const std::vector<Column>& columns, const std::vector<std::string>& names)
    : size_(names.size()) {
  absl::flat_hash_map<std::string, bool> known;
  for (const Column& column : columns) known.emplace(column.name, column.required);

  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = NormalColumnName(names[i]);
    if (name.empty() || name == kErrorLineColumn || name == kErrorReasonsColumn) continue;
    if (!known.contains(name)) {
      std::string text = "is no column of this kind of file";
      for (const Column& column : columns) {
        if (reference::WithinOneTypo(name, column.name))
          absl::StrAppend(&text, "; is ", column.name, " meant?");
      }
      faults_.push_back({names[i], text});
    } else if (!places_.emplace(name, static_cast<int>(i)).second) {
      faults_.push_back({name, "stands in the header twice"});
    }
  }
  for (const Column& column : columns) {
    if (column.required && !places_.contains(column.name)) {
      faults_.push_back({column.name, "is needed and is not in the header"});
    }
  }
}

int RowHeader::Find(absl::string_view column) const {
  const auto found = places_.find(column);
  return found == places_.end() ? -1 : found->second;
}

}  // namespace brokerage::cli

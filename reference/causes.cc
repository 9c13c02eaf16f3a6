#include "reference/causes.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

std::optional<int32_t> Lookup(const absl::flat_hash_map<std::string, int32_t>& map, absl::string_view key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

}  // namespace

Causes::Causes(std::vector<Cause> causes) : causes_(std::move(causes)) {
  parents_.reserve(causes_.size());
  for (const Cause& cause : causes_) {
    const auto index = static_cast<int32_t>(parents_.size());
    index_of_.emplace(cause.id, index);
    index_of_standard_id_.emplace(cause.standard_id, index);
    parents_.push_back(cause.parent);
  }
}

std::optional<int32_t> Causes::IndexOf(absl::string_view id) const { return Lookup(index_of_, id); }

std::optional<int32_t> Causes::IndexOfStandardId(absl::string_view standard_id) const {
  return Lookup(index_of_standard_id_, standard_id);
}

const Causes& ShippedCauses() {
  static const Causes* const causes = [] {
    std::vector<Cause> all;
    absl::flat_hash_map<std::string, int32_t> index_of;
    for (auto& row : ShippedRows(CausesCsv(), {"id", "standard_id", "label", "parent", "synonyms"})) {
      Cause cause{.id = row[0], .standard_id = row[1], .label = row[2], .synonyms = SplitList(row[4])};
      if (!row[3].empty()) {
        const auto parent = Lookup(index_of, row[3]);
        if (!parent) ShippedTableIsFaulty(absl::StrCat("no earlier cause is ", row[3]));
        cause.parent = *parent;
      }
      index_of.emplace(cause.id, static_cast<int32_t>(all.size()));
      all.push_back(std::move(cause));
    }
    return new Causes(std::move(all));
  }();
  return *causes;
}

}  // namespace brokerage::reference

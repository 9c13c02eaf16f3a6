// What a role is for: the causes of the UK volunteering data standard (Open Government Licence v3.0).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace brokerage::reference {

struct Cause {
  std::string id;           // "animal-welfare"; its resource name is causes/animal-welfare
  std::string standard_id;  // "AnimalWelfare", as volunteeringdata.io writes it
  std::string label;        // "Animal Welfare"
  // The index of the wider cause, always lower than this one's; -1 for none. The standard's root is not a
  // cause.
  int32_t parent = -1;
  std::vector<std::string> synonyms;
};

// Immutable. A cause's index is its row in the table; rows are only ever appended.
class Causes {
 public:
  explicit Causes(std::vector<Cause> causes);

  const std::vector<Cause>& all() const { return causes_; }
  const Cause& at(int32_t index) const { return causes_[static_cast<std::size_t>(index)]; }
  std::optional<int32_t> IndexOf(absl::string_view id) const;
  std::optional<int32_t> IndexOfStandardId(absl::string_view standard_id) const;
  // parents()[i] is the parent of cause i, or -1.
  const std::vector<int32_t>& parents() const { return parents_; }

 private:
  std::vector<Cause> causes_;
  std::vector<int32_t> parents_;
  absl::flat_hash_map<std::string, int32_t> index_of_;
  absl::flat_hash_map<std::string, int32_t> index_of_standard_id_;
};

// The table built into the program.
const Causes& ShippedCauses();

}  // namespace brokerage::reference

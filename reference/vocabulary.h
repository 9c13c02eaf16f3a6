// Plain lists of words that records use: access needs and the support for them, and languages.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace brokerage::reference {

struct Term {
  std::string id;
  std::string label;
};

// Immutable.
class Vocabulary {
 public:
  explicit Vocabulary(std::vector<Term> terms);

  // In the order of the table.
  const std::vector<Term>& all() const { return terms_; }
  // Null when there is none.
  const Term* Find(absl::string_view id) const;

 private:
  std::vector<Term> terms_;
  absl::flat_hash_map<std::string, std::size_t> index_of_;
};

// What a volunteer may need of a role and a role may support: "step-free-access".
const Vocabulary& ShippedAccessNeeds();

// ISO 639-1 codes, and "bfi" (ISO 639-3) for British Sign Language.
const Vocabulary& ShippedLanguages();

}  // namespace brokerage::reference

// Finds skills and causes by what people call them, as they type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "reference/causes.h"
#include "reference/skills.h"

namespace brokerage::reference {

enum class TermKind { kSkill, kCause };

// How a term was found, best first.
enum class TermMatch { kLabel, kSynonym, kPrefix, kOneTypo };

struct TermHit {
  TermKind kind = TermKind::kSkill;
  int32_t index = 0;  // in Skills or Causes
  TermMatch match = TermMatch::kLabel;
  std::string matched;  // the label or synonym that was met, as the table writes it
};

// Terms of fewer code points are not looked for through a typing error: too many would be met.
inline constexpr std::size_t kMinTypoTermLength = 4;

// `text` as terms are compared: case folded, "&" as "and", white space at the ends gone and inside as one
// space.
std::string FoldTerm(absl::string_view text);

// Whether one typing error, or none, lies between the two: a code point inserted, left out or replaced, or
// two neighbours exchanged (Damerau–Levenshtein distance ≤ 1). Both are UTF-8.
bool WithinOneTypo(absl::string_view a, absl::string_view b);

// Immutable; keeps no reference to the tables it was made of.
class TermIndex {
 public:
  TermIndex(const Skills& skills, const Causes& causes);
  ~TermIndex();
  TermIndex(TermIndex&&) noexcept;
  TermIndex& operator=(TermIndex&&) noexcept;

  // The skills and causes (or only those of `kind`) with a label or synonym that equals `text`, begins with
  // it, or is one typing error away, each once, by its best match: by TermMatch, labels before synonyms,
  // shorter terms first, skills before causes, then in the order of the tables. At most `limit`. Several for
  // a term that several share.
  std::vector<TermHit> Resolve(absl::string_view text, std::optional<TermKind> kind, std::size_t limit) const;

 private:
  struct Entry;
  std::vector<Entry> entries_;
};

}  // namespace brokerage::reference

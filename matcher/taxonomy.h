// Trees of terms: skills and causes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"

namespace brokerage::matcher {

// Terms are 0, 1, 2, …; each has at most one parent. Immutable and thread-safe.
class Taxonomy {
 public:
  struct Term {
    std::optional<uint16_t> parent;
    // A heading (a group of skills, the root of causes): it orders the tree but is no skill or cause itself.
    bool is_group = false;
  };

  Taxonomy() = default;
  // `terms[i]` is term i. A parent out of range or a circle is cut off where it is met.
  explicit Taxonomy(const std::vector<Term>& terms);

  std::size_t size() const { return terms_.size(); }
  // Terms out of range are groups without parents: they match nothing.
  bool IsGroup(uint16_t term) const { return term >= terms_.size() || terms_[term].is_group; }
  std::optional<uint16_t> Parent(uint16_t term) const;
  // Strictly above `term`, nearest first.
  absl::Span<const uint16_t> Ancestors(uint16_t term) const;
  bool IsAncestor(uint16_t ancestor, uint16_t term) const;

  // How `held` answers a `wanted` term: 2 when it is that or below it, 1 when it is its direct parent, else
  // 0. Groups answer nothing, and nothing answers them.
  int Answer(uint16_t held, uint16_t wanted) const {
    return held < terms_.size() && wanted < terms_.size()
               ? answers_[std::size_t{wanted} * terms_.size() + held]
               : 0;
  }

 private:
  struct Node {
    bool is_group = false;
    uint32_t ancestors_begin = 0;
    uint32_t ancestors_end = 0;
  };
  std::vector<Node> terms_;
  std::vector<uint16_t> ancestors_;
  std::vector<uint8_t> answers_;  // for each wanted term, of each held one
};

struct Taxonomies {
  Taxonomy skills;
  Taxonomy causes;
};

}  // namespace brokerage::matcher

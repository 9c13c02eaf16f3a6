#include "matcher/taxonomy.h"

#include <algorithm>

namespace brokerage::matcher {

Taxonomy::Taxonomy(const std::vector<Term>& terms) {
  terms_.reserve(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    Node node;
    node.is_group = terms[i].is_group;
    node.ancestors_begin = static_cast<uint32_t>(ancestors_.size());
    std::optional<uint16_t> above = terms[i].parent;
    const auto met = [&](uint16_t term) {
      return term == i ||
             std::find(ancestors_.begin() + node.ancestors_begin, ancestors_.end(), term) != ancestors_.end();
    };
    while (above.has_value() && *above < terms.size() && !met(*above)) {
      ancestors_.push_back(*above);
      above = terms[*above].parent;
    }
    node.ancestors_end = static_cast<uint32_t>(ancestors_.size());
    terms_.push_back(node);
  }
  // Asked for every pair of people and roles, so it is looked up and not worked out.
  answers_.assign(terms_.size() * terms_.size(), 0);
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const auto held = static_cast<uint16_t>(i);
    if (IsGroup(held)) continue;
    for (std::size_t j = 0; j < terms_.size(); ++j) {
      const auto wanted = static_cast<uint16_t>(j);
      if (IsGroup(wanted)) continue;
      uint8_t& answer = answers_[j * terms_.size() + i];
      if (held == wanted || IsAncestor(wanted, held)) {
        answer = 2;
      } else if (Parent(wanted) == held) {
        answer = 1;
      }
    }
  }
}

std::optional<uint16_t> Taxonomy::Parent(uint16_t term) const {
  const absl::Span<const uint16_t> above = Ancestors(term);
  if (above.empty()) return std::nullopt;
  return above.front();
}

absl::Span<const uint16_t> Taxonomy::Ancestors(uint16_t term) const {
  if (term >= terms_.size()) return {};
  const Node& node = terms_[term];
  return absl::MakeConstSpan(ancestors_)
      .subspan(node.ancestors_begin, node.ancestors_end - node.ancestors_begin);
}

bool Taxonomy::IsAncestor(uint16_t ancestor, uint16_t term) const {
  for (const uint16_t above : Ancestors(term)) {
    if (above == ancestor) return true;
  }
  return false;
}

}  // namespace brokerage::matcher

#include "reference/vocabulary.h"

#include <utility>

#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

const Vocabulary* FromTable(absl::string_view csv) {
  std::vector<Term> terms;
  for (auto& row : ShippedRows(csv, {"id", "label"})) terms.push_back({std::move(row[0]), std::move(row[1])});
  return new Vocabulary(std::move(terms));
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Term> terms) : terms_(std::move(terms)) {
  for (std::size_t i = 0; i < terms_.size(); ++i) index_of_.emplace(terms_[i].id, i);
}

const Term* Vocabulary::Find(absl::string_view id) const {
  const auto found = index_of_.find(id);
  return found == index_of_.end() ? nullptr : &terms_[found->second];
}

const Vocabulary& ShippedAccessNeeds() {
  static const Vocabulary* const needs = FromTable(AccessNeedsCsv());
  return *needs;
}

const Vocabulary& ShippedLanguages() {
  static const Vocabulary* const languages = FromTable(LanguagesCsv());
  return *languages;
}

}  // namespace brokerage::reference

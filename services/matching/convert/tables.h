// The reference tables that records are read with, and the small numbers that the matcher knows their words
// by.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

#include "matcher/explain_text.h"
#include "matcher/types.h"
#include "matcher/world.h"
#include "reference/causes.h"
#include "reference/districts.h"
#include "reference/point.h"
#include "reference/skills.h"
#include "reference/vocabulary.h"
#include "reference/waters.h"

namespace brokerage::matching {

// They outlive whoever is given them.
struct ReferenceTables {
  const reference::Skills& skills;
  const reference::Causes& causes;
  const reference::Vocabulary& languages;
  const reference::Vocabulary& access_needs;
  const reference::Districts& districts;
};

// What is built into the program.
ReferenceTables ShippedTables(const reference::Districts& districts);

inline matcher::GeoPoint ToGeoPoint(reference::Point point) {
  return {point.latitude_e7, point.longitude_e7};
}

// What the matcher goes by besides the records.
std::shared_ptr<const matcher::World> MakeWorld(const ReferenceTables& tables,
                                                const reference::Waters& waters);

// Numbers for words; nullopt for a word that the tables lack. Skills and causes are given by resource name,
// languages and access needs by code.
std::optional<matcher::SkillId> SkillIdOf(const ReferenceTables& tables, absl::string_view skill_name);
std::optional<matcher::CauseId> CauseIdOf(const ReferenceTables& tables, absl::string_view cause_name);
std::optional<matcher::LanguageId> LanguageIdOf(const ReferenceTables& tables, absl::string_view code);
std::optional<matcher::AccessNeed> AccessNeedOf(const ReferenceTables& tables, absl::string_view id);

// Words for numbers, in explanations.
class TableVocabulary final : public matcher::Vocabulary {
 public:
  explicit TableVocabulary(const ReferenceTables& tables) : tables_(tables) {}

  std::string SkillName(matcher::SkillId skill) const override;
  std::string CauseName(matcher::CauseId cause) const override;
  std::string LanguageName(matcher::LanguageId language) const override;
  std::string LicenceName(matcher::LicenceKind kind) const override;
  std::string AccessNeedName(matcher::AccessNeed need) const override;

 private:
  ReferenceTables tables_;
};

}  // namespace brokerage::matching

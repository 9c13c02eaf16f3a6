#include "services/matching/convert/tables.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "base/resource_names.h"
#include "brokerage/common/v1/licence.pb.h"

namespace brokerage::matching {
namespace {

template <typename Rows>
matcher::Taxonomy MakeTaxonomy(const Rows& rows) {
  std::vector<matcher::Taxonomy::Term> terms;
  terms.reserve(rows.size());
  for (const auto& row : rows) {
    matcher::Taxonomy::Term term;
    if (row.parent >= 0) term.parent = static_cast<uint16_t>(row.parent);
    terms.push_back(term);
  }
  return matcher::Taxonomy(terms);
}

matcher::Waters MakeWaters(const reference::Waters& waters) {
  std::vector<matcher::Barrier> barriers;
  for (const reference::WaterBarrier& barrier : waters.barriers()) {
    matcher::Barrier& points = barriers.emplace_back();
    for (const reference::Point point : barrier.points) points.push_back(ToGeoPoint(point));
  }
  std::vector<matcher::Crossing> crossings;
  for (const reference::WaterCrossing& crossing : waters.crossings()) {
    crossings.push_back({ToGeoPoint(crossing.point), crossing.corner ? "" : crossing.name});
  }
  return matcher::Waters(barriers, std::move(crossings));
}

// The row of `id`, which is its number.
std::optional<std::size_t> RowOf(const reference::Vocabulary& vocabulary, absl::string_view id) {
  const reference::Term* term = vocabulary.Find(id);
  if (term == nullptr) return std::nullopt;
  return static_cast<std::size_t>(term - vocabulary.all().data());
}

std::string LabelAt(const reference::Vocabulary& vocabulary, std::size_t row) {
  return row < vocabulary.all().size() ? vocabulary.all()[row].label : std::string("an unknown term");
}

}  // namespace

ReferenceTables ShippedTables(const reference::Districts& districts) {
  return {reference::ShippedSkills(), reference::ShippedCauses(), reference::ShippedLanguages(),
          reference::ShippedAccessNeeds(), districts};
}

std::shared_ptr<const matcher::World> MakeWorld(const ReferenceTables& tables,
                                                const reference::Waters& waters) {
  return std::make_shared<const matcher::World>(matcher::World{
      {MakeTaxonomy(tables.skills.all()), MakeTaxonomy(tables.causes.all())}, MakeWaters(waters)});
}

std::optional<matcher::SkillId> SkillIdOf(const ReferenceTables& tables, absl::string_view skill_name) {
  const auto id = base::ParseSkillName(skill_name);
  const auto index = id ? tables.skills.IndexOf(*id) : std::nullopt;
  if (!index) return std::nullopt;
  return static_cast<matcher::SkillId>(*index);
}

std::optional<matcher::CauseId> CauseIdOf(const ReferenceTables& tables, absl::string_view cause_name) {
  const auto id = base::ParseCauseName(cause_name);
  const auto index = id ? tables.causes.IndexOf(*id) : std::nullopt;
  if (!index) return std::nullopt;
  return static_cast<matcher::CauseId>(*index);
}

std::optional<matcher::LanguageId> LanguageIdOf(const ReferenceTables& tables, absl::string_view code) {
  const auto row = RowOf(tables.languages, code);
  if (!row) return std::nullopt;
  return static_cast<matcher::LanguageId>(*row);
}

std::optional<matcher::AccessNeed> AccessNeedOf(const ReferenceTables& tables, absl::string_view id) {
  const auto row = RowOf(tables.access_needs, id);
  if (!row) return std::nullopt;
  return static_cast<matcher::AccessNeed>(*row);
}

std::string TableVocabulary::SkillName(matcher::SkillId skill) const {
  return skill < tables_.skills.all().size() ? tables_.skills.at(skill).label
                                             : std::string("an unknown skill");
}

std::string TableVocabulary::CauseName(matcher::CauseId cause) const {
  return cause < tables_.causes.all().size() ? tables_.causes.at(cause).label
                                             : std::string("an unknown cause");
}

std::string TableVocabulary::LanguageName(matcher::LanguageId language) const {
  return LabelAt(tables_.languages, language);
}

std::string TableVocabulary::LicenceName(matcher::LicenceKind kind) const {
  // LICENCE_KIND_FIRST_AID reads "first aid".
  constexpr absl::string_view kPrefix = "LICENCE_KIND_";
  const std::string name = common::v1::LicenceKind_Name(static_cast<common::v1::LicenceKind>(kind));
  if (name.size() <= kPrefix.size()) return "an unknown licence";
  return absl::AsciiStrToLower(absl::StrReplaceAll(name.substr(kPrefix.size()), {{"_", " "}}));
}

std::string TableVocabulary::AccessNeedName(matcher::AccessNeed need) const {
  return LabelAt(tables_.access_needs, need);
}

}  // namespace brokerage::matching

#include "apps/cli/rows/words.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

#include "apps/cli/rows/cells.h"
#include "base/resource_names.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

using reference::TermHit;
using reference::TermKind;
using reference::TermMatch;

// More would not be read.
constexpr std::size_t kMaxSuggestions = 4;

absl::StatusOr<std::string> InVocabulary(const reference::Vocabulary& vocabulary, absl::string_view text,
                                         absl::string_view what) {
  const std::string folded = reference::FoldTerm(text);
  std::vector<std::string> near;
  for (const reference::Term& term : vocabulary.all()) {
    if (folded == term.id || folded == reference::FoldTerm(term.label)) return term.id;
    const bool similar = reference::WithinOneTypo(folded, reference::FoldTerm(term.label)) ||
                         (folded.size() >= reference::kMinTypoTermLength &&
                          absl::StrContains(reference::FoldTerm(term.label), folded));
    if (similar && near.size() < kMaxSuggestions)
      near.push_back(absl::StrCat(term.id, " (", term.label, ")"));
  }
  return CellFault(
      text, absl::StrCat("is no ", what,
                         near.empty() ? "" : absl::StrCat("; is ", absl::StrJoin(near, " or "), " meant?")));
}

}  // namespace

Words::Words(const reference::Skills& skills, const reference::Causes& causes,
             const reference::Vocabulary& languages, const reference::Vocabulary& access_needs)
    : skills_(skills),
      causes_(causes),
      languages_(languages),
      access_needs_(access_needs),
      terms_(skills, causes) {}

absl::StatusOr<std::string> Words::Skill(absl::string_view text) const {
  if (const auto index = skills_.IndexOf(base::FoldCase(absl::StripPrefix(text, "skills/")))) {
    return base::FormatSkillName(skills_.at(*index).id);
  }
  const std::string folded = reference::FoldTerm(text);
  for (const reference::SkillGroup& group : skills_.groups()) {
    if (folded == group.id || folded == reference::FoldTerm(group.label)) {
      return CellFault(text, "is a group of skills: name one of its skills");
    }
  }
  return Term(text, TermKind::kSkill);
}

absl::StatusOr<std::string> Words::Cause(absl::string_view text) const {
  const absl::string_view id = absl::StripPrefix(text, "causes/");
  auto index = causes_.IndexOf(base::FoldCase(id));
  if (!index) index = causes_.IndexOfStandardId(id);
  if (index) return base::FormatCauseName(causes_.at(*index).id);
  return Term(text, TermKind::kCause);
}

absl::StatusOr<std::string> Words::Language(absl::string_view text) const {
  return InVocabulary(languages_, text, "language");
}

absl::StatusOr<std::string> Words::AccessNeed(absl::string_view text) const {
  return InVocabulary(access_needs_, text, "access need");
}

absl::StatusOr<std::string> Words::Term(absl::string_view text, TermKind kind) const {
  const bool skill = kind == TermKind::kSkill;
  const auto id_of = [&](const TermHit& hit) {
    return skill ? skills_.at(hit.index).id : causes_.at(hit.index).id;
  };
  // Ordered by how well they match, each skill or cause once.
  const std::vector<TermHit> hits = terms_.Resolve(text, kind, kMaxSuggestions + 1);
  for (const TermMatch exact : {TermMatch::kLabel, TermMatch::kSynonym}) {
    const auto count =
        std::count_if(hits.begin(), hits.end(), [&](const TermHit& hit) { return hit.match == exact; });
    if (count == 0) continue;
    if (count == 1) {
      const auto hit =
          std::find_if(hits.begin(), hits.end(), [&](const TermHit& h) { return h.match == exact; });
      return skill ? base::FormatSkillName(id_of(*hit)) : base::FormatCauseName(id_of(*hit));
    }
    break;
  }
  std::vector<std::string> meanings;
  for (const TermHit& hit : hits) {
    if (meanings.size() < kMaxSuggestions)
      meanings.push_back(absl::StrCat(id_of(hit), " (", hit.matched, ")"));
  }
  const bool ambiguous =
      !hits.empty() && (hits[0].match == TermMatch::kLabel || hits[0].match == TermMatch::kSynonym);
  if (ambiguous)
    return CellFault(text, absl::StrCat("may be ", absl::StrJoin(meanings, " or "), ": write which"));
  return CellFault(
      text, absl::StrCat(
                "is no ", skill ? "skill" : "cause",
                meanings.empty() ? "" : absl::StrCat("; is ", absl::StrJoin(meanings, " or "), " meant?")));
}

const Words& ShippedWords() {
  static const Words& words = *new Words(reference::ShippedSkills(), reference::ShippedCauses(),
                                         reference::ShippedLanguages(), reference::ShippedAccessNeeds());
  return words;
}

}  // namespace brokerage::cli

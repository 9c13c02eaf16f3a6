// The words that records refer to, as people write them: skills, causes, languages, access needs.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "reference/causes.h"
#include "reference/skills.h"
#include "reference/terms.h"
#include "reference/vocabulary.h"

namespace brokerage::cli {

// Answers INVALID_ARGUMENT with a reason for people, which names what may have been meant. A word with a
// typing error is refused with its likely meaning and never guessed: a file is corrected once, a wrong record
// misleads for years.
class Words {
 public:
  // Keeps references to the tables.
  Words(const reference::Skills& skills, const reference::Causes& causes,
        const reference::Vocabulary& languages, const reference::Vocabulary& access_needs);

  // "skills/first-aid" for an id, a label or a synonym, in any case. A group is no skill.
  absl::StatusOr<std::string> Skill(absl::string_view text) const;
  // "causes/animal-welfare", also for the identifier in the volunteering data standard.
  absl::StatusOr<std::string> Cause(absl::string_view text) const;
  // "en" for "en" or "English".
  absl::StatusOr<std::string> Language(absl::string_view text) const;
  // "step-free-access" for itself or its label.
  absl::StatusOr<std::string> AccessNeed(absl::string_view text) const;

 private:
  absl::StatusOr<std::string> Term(absl::string_view text, reference::TermKind kind) const;

  const reference::Skills& skills_;
  const reference::Causes& causes_;
  const reference::Vocabulary& languages_;
  const reference::Vocabulary& access_needs_;
  reference::TermIndex terms_;
};

// Over the tables built into the program.
const Words& ShippedWords();

}  // namespace brokerage::cli

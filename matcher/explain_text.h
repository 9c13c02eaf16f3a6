// Explanations in words. British English, short and concrete; no name, date of birth, home or issue date
// ever.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

#include "matcher/explain.h"

namespace brokerage::matcher {

// The words for ids.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;
  virtual std::string SkillName(SkillId skill) const = 0;
  virtual std::string CauseName(CauseId cause) const = 0;
  virtual std::string LanguageName(LanguageId language) const = 0;
  virtual std::string LicenceName(LicenceKind kind) const = 0;
  virtual std::string AccessNeedName(AccessNeed need) const = 0;
};

// Who reads. One outside the volunteer's centre is not told ages, dates of checks or what consent was
// recorded.
enum class Reader { kOwnCentre, kOtherCentre };

struct ConditionText {
  std::string fact;  // what was seen: "1.3 km beyond their 8 km"
  std::string fix;   // the nearest change that would make it hold; empty when it holds or nothing can
};

ConditionText DescribeCondition(const Explanation& explanation, Condition condition,
                                const Vocabulary& vocabulary, Reader reader);

enum class Part { kSkills, kLocation, kAvailability, kCauses };

// The part's working: "driving 120/120 × 3, cooking 60/120 × 5"; for an absent one, why.
std::string DescribePart(const Explanation& explanation, Part part, const Vocabulary& vocabulary);

std::string DescribeNote(const Note& note, const Vocabulary& vocabulary, Reader reader);

}  // namespace brokerage::matcher

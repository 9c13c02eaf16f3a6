// Skills and causes in one row of numbers, so that both are counted alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/resource_names.h"
#include "matcher/types.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

using TermNumber = uint16_t;

// First all skills, then all causes, as the matcher numbers them.
class TermNumbers {
 public:
  // `tables` outlive it.
  explicit TermNumbers(const ReferenceTables& tables)
      : tables_(tables), skills_(static_cast<TermNumber>(tables.skills.all().size())) {}

  std::size_t size() const { return skills_ + tables_.causes.all().size(); }
  TermNumber OfSkill(matcher::SkillId skill) const { return skill; }
  TermNumber OfCause(matcher::CauseId cause) const { return static_cast<TermNumber>(skills_ + cause); }
  bool IsSkill(TermNumber term) const { return term < skills_; }

  // `skills/{skill}` or `causes/{cause}`.
  std::string NameOf(TermNumber term) const {
    return IsSkill(term) ? base::FormatSkillName(tables_.skills.at(term).id)
                         : base::FormatCauseName(tables_.causes.at(term - skills_).id);
  }

 private:
  const ReferenceTables tables_;
  const TermNumber skills_;
};

}  // namespace brokerage::matching

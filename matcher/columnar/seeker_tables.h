// What the taxonomies say to everyone who looks for roles, looked up once for all questions.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// The causes of a list as bits: lists that share one share a bit. Where there are more causes than bits,
// others may share one too.
uint64_t CauseBits(absl::Span<const CauseId> causes);

// Immutable and thread-safe.
class SeekerTables {
 public:
  explicit SeekerTables(const Taxonomies& taxonomies);

  // A wanted skill that a held one answers, with its SkillFactor.
  struct Answered {
    SkillId wanted = 0;
    uint8_t factor = 0;
  };
  absl::Span<const Answered> AnsweredBy(SkillId held) const;

  // Of all causes that share one with a list of this one (FindSharedCause).
  uint64_t BitsSharedWith(CauseId cause) const { return cause < shared_.size() ? shared_[cause] : 0; }

 private:
  std::vector<Answered> answered_;   // by the held skill
  std::vector<std::size_t> begins_;  // of each, and their end
  std::vector<uint64_t> shared_;     // CauseBits, by cause
};

}  // namespace brokerage::matcher

#include "matcher/columnar/seeker_tables.h"

#include "matcher/skills.h"

namespace brokerage::matcher {

uint64_t CauseBits(absl::Span<const CauseId> causes) {
  uint64_t bits = 0;
  for (const CauseId cause : causes) bits |= uint64_t{1} << (cause % 64);
  return bits;
}

SeekerTables::SeekerTables(const Taxonomies& taxonomies) : begins_{0}, shared_(taxonomies.causes.size()) {
  const std::size_t skills = taxonomies.skills.size();
  for (std::size_t held = 0; held < skills; ++held) {
    for (std::size_t i = 0; i < skills; ++i) {
      const auto wanted = static_cast<SkillId>(i);
      const int factor = SkillFactor(static_cast<SkillId>(held), wanted, taxonomies.skills);
      if (factor > 0) answered_.push_back({wanted, static_cast<uint8_t>(factor)});
    }
    begins_.push_back(answered_.size());
  }
  for (std::size_t i = 0; i < shared_.size(); ++i) {
    const auto mine = static_cast<CauseId>(i);
    for (std::size_t j = 0; j < shared_.size(); ++j) {
      const auto theirs = static_cast<CauseId>(j);
      if (FindSharedCause({&mine, 1}, {&theirs, 1}, taxonomies.causes)) shared_[i] |= CauseBits({&theirs, 1});
    }
  }
}

absl::Span<const SeekerTables::Answered> SeekerTables::AnsweredBy(SkillId held) const {
  if (held + std::size_t{1} >= begins_.size()) return {};
  return absl::MakeConstSpan(answered_).subspan(begins_[held],
                                                begins_[held + std::size_t{1}] - begins_[held]);
}

}  // namespace brokerage::matcher

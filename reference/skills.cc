#include "reference/skills.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "reference/shipped.h"

namespace brokerage::reference {

Skills::Skills(std::vector<SkillGroup> groups, std::vector<Skill> skills)
    : groups_(std::move(groups)), skills_(std::move(skills)) {
  parents_.reserve(skills_.size());
  for (const Skill& skill : skills_) {
    index_of_.emplace(skill.id, static_cast<int32_t>(parents_.size()));
    parents_.push_back(skill.parent);
  }
}

std::optional<int32_t> Skills::IndexOf(absl::string_view id) const {
  const auto found = index_of_.find(id);
  if (found == index_of_.end()) return std::nullopt;
  return found->second;
}

const Skills& ShippedSkills() {
  static const Skills* const skills = [] {
    std::vector<SkillGroup> groups;
    for (auto& row : ShippedRows(SkillGroupsCsv(), {"id", "label"})) {
      groups.push_back({std::move(row[0]), std::move(row[1])});
    }
    std::vector<Skill> all;
    absl::flat_hash_map<std::string, int32_t> index_of;
    for (auto& row : ShippedRows(SkillsCsv(), {"id", "label", "group", "parent", "synonyms"})) {
      Skill skill{.id = row[0], .label = row[1], .group = row[2], .synonyms = SplitList(row[4])};
      if (!row[3].empty()) {
        const auto parent = index_of.find(row[3]);
        if (parent == index_of.end()) ShippedTableIsFaulty(absl::StrCat("no earlier skill is ", row[3]));
        skill.parent = parent->second;
      }
      index_of.emplace(skill.id, static_cast<int32_t>(all.size()));
      all.push_back(std::move(skill));
    }
    return new Skills(std::move(groups), std::move(all));
  }();
  return *skills;
}

}  // namespace brokerage::reference

// The skills that volunteers have and roles want: a table of our own, in groups, with parents and synonyms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace brokerage::reference {

// A heading under which skills are listed. A group is not a skill: nobody has or wants one.
struct SkillGroup {
  std::string id;
  std::string label;
};

struct Skill {
  std::string id;     // "first-aid"; its resource name is skills/first-aid
  std::string label;  // "First aid"
  std::string group;  // id of a SkillGroup
  // The index of the more general skill, always lower than this one's and in the same group; -1 for none.
  int32_t parent = -1;
  std::vector<std::string> synonyms;
};

// Immutable. A skill's index is its row in the table, the small number that the matcher knows it by; rows are
// only ever appended.
class Skills {
 public:
  Skills(std::vector<SkillGroup> groups, std::vector<Skill> skills);

  const std::vector<SkillGroup>& groups() const { return groups_; }
  const std::vector<Skill>& all() const { return skills_; }
  const Skill& at(int32_t index) const { return skills_[static_cast<std::size_t>(index)]; }
  // Nothing when no skill has this id (a group's id is none).
  std::optional<int32_t> IndexOf(absl::string_view id) const;
  // parents()[i] is the parent of skill i, or -1.
  const std::vector<int32_t>& parents() const { return parents_; }

 private:
  std::vector<SkillGroup> groups_;
  std::vector<Skill> skills_;
  std::vector<int32_t> parents_;
  absl::flat_hash_map<std::string, int32_t> index_of_;
};

// The table built into the program.
const Skills& ShippedSkills();

}  // namespace brokerage::reference

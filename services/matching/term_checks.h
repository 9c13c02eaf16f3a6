// Checks that volunteers and opportunities share: words of the reference tables, weekly windows.
#pragma once

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"

#include "base/errors.h"
#include "brokerage/common/v1/availability.pb.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

using Words = google::protobuf::RepeatedPtrField<std::string>;

// Why `name` names no skill of the table; empty when it does, and when it is empty, which the limits refuse.
std::string FaultOfSkill(absl::string_view name, const ReferenceTables& tables);

// The same of a cause; the root of the causes is none.
std::string FaultOfCause(absl::string_view name, const ReferenceTables& tables);

// `skills` holds messages with a field `skill`. The same skill twice is a fault too.
template <typename Skills>
void CheckSkills(const Skills& skills, absl::string_view path, const ReferenceTables& tables,
                 base::Violations& violations) {
  std::set<std::string> seen;
  int index = 0;
  for (const auto& skill : skills) {
    const std::string item = absl::StrCat(path, "[", index++, "].skill");
    if (const std::string fault = FaultOfSkill(skill.skill(), tables); !fault.empty()) {
      violations.Add(item, fault);
    } else if (!skill.skill().empty() && !seen.insert(skill.skill()).second) {
      violations.Add(item, "is there twice");
    }
  }
}

// `causes/{cause}`; the root of the causes is none.
void CheckCauses(const Words& causes, absl::string_view path, const ReferenceTables& tables,
                 base::Violations& violations);
// Codes as in the table, in lower case.
void CheckLanguages(const Words& codes, absl::string_view path, const ReferenceTables& tables,
                    base::Violations& violations);
// Ids of access needs: needed, or supported.
void CheckAccessNeeds(const Words& ids, absl::string_view path, const ReferenceTables& tables,
                      base::Violations& violations);

// The half-hour grid; 24:00 as an end only.
void CheckWindows(const google::protobuf::RepeatedPtrField<common::v1::WeeklyWindow>& windows,
                  absl::string_view path, base::Violations& violations);

}  // namespace brokerage::matching

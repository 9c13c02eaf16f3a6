// What volunteers bring: the skills of their work and of what they like, and the causes that go with them.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"

#include "brokerage/common/v1/licence.pb.h"

namespace brokerage::demo {

struct SkillLevel {
  absl::string_view skill = {};  // id
  int level = 3;                 // 1 to 5, of those who have it
};

// Rates are in thousandths of those with this background or interest.
struct LicenceRate {
  common::v1::LicenceKind kind = common::v1::LICENCE_KIND_UNSPECIFIED;
  int rate = 0;
};

// A working life, or an interest beside it.
struct Background {
  absl::string_view key = {};
  int share = 0;  // weight beside the others
  std::vector<SkillLevel> skills = {};
  std::vector<absl::string_view> causes = {};
  // How many had a DBS check for work with children and with adults.
  int checked_children = 0;
  int checked_adults = 0;
  std::vector<LicenceRate> licences = {};
};

// Trades and, with a share of 0, what is named by a life stage only.
const std::vector<Background>& Backgrounds();
const std::vector<Background>& Interests();

}  // namespace brokerage::demo

// The districts that a deployment serves: configuration, with Kent's twelve as the default.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace brokerage::reference {

// What a record's district says of a place in none of the served districts.
inline constexpr absl::string_view kOutside = "outside";

struct District {
  std::string code;        // ONS code, "E07000105"
  std::string id;          // lower case with hyphens, "folkestone-and-hythe"
  std::string name;        // "Folkestone and Hythe"
  int32_t population = 0;  // people; the weight of the district in the demonstration and in reports
};

// Whether `text` has the shape of an ONS code: a capital letter and eight digits.
bool IsOnsCode(absl::string_view text);

// Immutable.
class Districts {
 public:
  // From CSV with the header code,id,name,population. INVALID_ARGUMENT naming each line at fault: a code that
  // is not a letter and eight digits, an id that is not one of base::IsClientId or is "outside", a missing
  // name, a population that is no whole number ≥ 0, a code or id given twice, no district at all.
  static absl::StatusOr<Districts> Parse(absl::string_view csv);
  // The same from a file, or Kent's where `path` is empty; NOT_FOUND or UNAVAILABLE when it cannot be read.
  static absl::StatusOr<Districts> Load(const std::string& path);

  // In the order of the table.
  const std::vector<District>& all() const { return districts_; }
  // Null when there is none. Codes and ids are compared exactly.
  const District* FindByCode(absl::string_view code) const;
  const District* FindById(absl::string_view id) const;
  // What a record says whose place lies in the district with the ONS code `code`: the code itself when it is
  // served, kOutside when it is another, empty when `code` is empty (unknown).
  std::string ForRecord(absl::string_view code) const;
  // Whether `district` may stand in a record: a served code, or kOutside.
  bool IsValidForRecord(absl::string_view district) const;

 private:
  std::vector<District> districts_;
};

// Kent's twelve.
const Districts& KentDistricts();

}  // namespace brokerage::reference

#include "reference/districts.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

#include "base/ids.h"
#include "reference/configured_table.h"
#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

// What is wrong with a row of four fields, all of it.
std::vector<std::string> ReasonsAgainst(const std::vector<std::string>& fields, const Districts& earlier) {
  std::vector<std::string> reasons;
  int32_t population = 0;
  if (!IsOnsCode(fields[0])) reasons.push_back("the code is not a capital letter and eight digits");
  if (!base::IsClientId(fields[1]) || fields[1] == kOutside) {
    reasons.push_back("the id is not of lower-case letters, digits and hyphens, or is \"outside\"");
  }
  if (fields[2].empty()) reasons.push_back("the name is missing");
  if (!absl::SimpleAtoi(fields[3], &population) || population < 0) {
    reasons.push_back("the population is not a whole number");
  }
  if (earlier.FindByCode(fields[0]) != nullptr) reasons.push_back("the code was given before");
  if (earlier.FindById(fields[1]) != nullptr) reasons.push_back("the id was given before");
  return reasons;
}

}  // namespace

bool IsOnsCode(absl::string_view text) {
  return text.size() == 9 && absl::ascii_isupper(static_cast<unsigned char>(text.front())) &&
         std::all_of(text.begin() + 1, text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

absl::StatusOr<Districts> Districts::Parse(absl::string_view csv) {
  Districts districts;
  const auto judge = [&](const std::vector<std::string>& fields) {
    std::vector<std::string> reasons = ReasonsAgainst(fields, districts);
    if (!reasons.empty()) return reasons;
    District district{.code = fields[0], .id = fields[1], .name = fields[2]};
    (void)absl::SimpleAtoi(fields[3], &district.population);  // judged above
    districts.districts_.push_back(std::move(district));
    return reasons;
  };
  if (auto status = ReadConfiguredTable(csv, {"code", "id", "name", "population"}, judge); !status.ok()) {
    return status;
  }
  if (districts.districts_.empty()) return absl::InvalidArgumentError("there is no district");
  return districts;
}

absl::StatusOr<Districts> Districts::Load(const std::string& path) {
  if (path.empty()) return KentDistricts();
  return LoadConfiguredTable<Districts>(path);
}

const District* Districts::FindByCode(absl::string_view code) const {
  const auto found =
      std::find_if(districts_.begin(), districts_.end(), [&](const District& d) { return d.code == code; });
  return found == districts_.end() ? nullptr : &*found;
}

const District* Districts::FindById(absl::string_view id) const {
  const auto found =
      std::find_if(districts_.begin(), districts_.end(), [&](const District& d) { return d.id == id; });
  return found == districts_.end() ? nullptr : &*found;
}

std::string Districts::ForRecord(absl::string_view code) const {
  if (code.empty()) return "";
  return std::string(FindByCode(code) != nullptr ? code : kOutside);
}

bool Districts::IsValidForRecord(absl::string_view district) const {
  return district == kOutside || FindByCode(district) != nullptr;
}

const Districts& KentDistricts() {
  static const Districts* const districts = [] {
    absl::StatusOr<Districts> parsed = Districts::Parse(DistrictsCsv());
    if (!parsed.ok()) ShippedTableIsFaulty(parsed.status().message());
    return new Districts(*std::move(parsed));
  }();
  return *districts;
}

}  // namespace brokerage::reference

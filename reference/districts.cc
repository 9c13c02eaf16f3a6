#include "reference/districts.h"

#include <algorithm>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "base/csv.h"
#include "base/files.h"
#include "base/ids.h"
#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

const std::vector<std::string>& Header() {
  static const auto* const header = new std::vector<std::string>{"code", "id", "name", "population"};
  return *header;
}

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
  std::vector<std::string> faults;
  bool at_header = true;
  base::ReadCsv(csv, [&](const base::CsvRow& row) {
    std::vector<std::string> reasons;
    if (!row.fault.empty()) {
      reasons.push_back(row.fault);
    } else if (at_header) {
      at_header = false;
      if (row.fields == Header()) return true;
      faults.push_back(
          absl::StrCat("line ", row.line, ": the header must be ", absl::StrJoin(Header(), ",")));
      return false;
    } else if (row.fields.size() != Header().size()) {
      reasons.push_back(
          absl::StrCat("there are ", row.fields.size(), " fields instead of ", Header().size()));
    } else {
      reasons = ReasonsAgainst(row.fields, districts);
    }
    if (!reasons.empty()) {
      faults.push_back(absl::StrCat("line ", row.line, ": ", absl::StrJoin(reasons, ", ")));
      return true;
    }
    District district{.code = row.fields[0], .id = row.fields[1], .name = row.fields[2]};
    (void)absl::SimpleAtoi(row.fields[3], &district.population);  // judged above
    districts.districts_.push_back(std::move(district));
    return true;
  });
  if (faults.empty() && districts.districts_.empty()) faults.push_back("there is no district");
  if (!faults.empty()) return absl::InvalidArgumentError(absl::StrJoin(faults, "; "));
  return districts;
}

absl::StatusOr<Districts> Districts::Load(const std::string& path) {
  if (path.empty()) return KentDistricts();
  absl::StatusOr<std::string> text = base::ReadFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<Districts> districts = Parse(*text);
  if (!districts.ok()) {
    return absl::Status(districts.status().code(), absl::StrCat(path, ": ", districts.status().message()));
  }
  return districts;
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

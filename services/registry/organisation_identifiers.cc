#include "services/registry/organisation_identifiers.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace brokerage::registry {
namespace {

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
bool IsUpperOrDigit(char c) { return IsUpper(c) || IsDigit(c); }
bool IsNumberCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::string_view("-_./").find(c) != absl::string_view::npos;
}

// The numbers of a register: `prefix`, then min to max characters of a kind.
struct Register {
  absl::string_view code;
  absl::string_view prefix;
  std::size_t min;
  std::size_t max;
  bool (*kind)(char);
  absl::string_view shape;
};

// Shapes as the registers' own pages on org-id.guide give them.
constexpr Register kRegisters[] = {
    {"GB-CHC", "", 6, 7, IsDigit, "6 or 7 digits (Charity Commission for England and Wales)"},
    {"GB-COH", "", 8, 8, IsUpperOrDigit, "8 digits or capitals (Companies House)"},
    {"GB-SC", "SC", 6, 6, IsDigit, "SC and 6 digits (Scottish Charity Register)"},
    {"GB-NIC", "", 6, 6, IsDigit, "6 digits (Charity Commission for Northern Ireland)"},
    {"GB-MPR", "", 1, 10, IsUpperOrDigit, "up to 10 digits or capitals (Mutuals Public Register)"},
    {"GB-EDU", "", 5, 6, IsDigit, "5 or 6 digits (schools' unique reference number)"},
    {"GB-UKPRN", "", 8, 8, IsDigit, "8 digits (UK Provider Reference Number)"},
    {"GB-NHS", "", 3, 10, IsUpperOrDigit, "3 to 10 digits or capitals (NHS organisation data)"},
    {"GB-LAE", "", 2, 4, IsUpper, "2 to 4 capitals (local authorities in England)"},
};

constexpr std::size_t kMaxCodeBytes = 20;

// "GB-CHC", "XI-GRID", "US-EIN": two capitals, then groups of capitals and digits.
bool IsRegisterCode(absl::string_view code) {
  return code.size() >= 4 && code.size() <= kMaxCodeBytes && IsUpper(code[0]) && IsUpper(code[1]) &&
         code[2] == '-' && std::all_of(code.begin() + 3, code.end(), IsUpperOrDigit);
}

}  // namespace

std::string FaultOfIdentifier(absl::string_view identifier) {
  const auto first = identifier.find('-');
  const auto second = first == absl::string_view::npos ? first : identifier.find('-', first + 1);
  const absl::string_view code = identifier.substr(0, second);
  if (second == absl::string_view::npos || !IsRegisterCode(code)) {
    return "must be an org-id identifier such as GB-CHC-1001778";
  }
  absl::string_view number = identifier.substr(second + 1);
  for (const Register& known : kRegisters) {
    if (known.code != code) continue;
    const bool fits = absl::ConsumePrefix(&number, known.prefix) && number.size() >= known.min &&
                      number.size() <= known.max && std::all_of(number.begin(), number.end(), known.kind);
    return fits ? std::string() : absl::StrCat("needs after ", code, "-: ", known.shape);
  }
  if (number.empty() || !std::all_of(number.begin(), number.end(), IsNumberCharacter)) {
    return absl::StrCat("needs after ", code, "- the number in that register");
  }
  return "";
}

}  // namespace brokerage::registry

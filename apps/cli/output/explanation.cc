#include "apps/cli/output/explanation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "apps/cli/output/text.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

constexpr int kShareWidth = 7;    // "100.0 %"
constexpr int kWeightWidth = 11;  // "weight 1000"

constexpr std::pair<absl::string_view, absl::string_view> kLabels[] = {
    {"VOLUNTEER_NOT_AVAILABLE", "Volunteer available"},
    {"OPPORTUNITY_NOT_OPEN", "Opportunity open"},
    {"ORGANISATION_NOT_ACTIVE", "Organisation active"},
    {"NOT_SHARED", "Shared"},
    {"TOO_FAR", "Near enough"},
    {"REMOTE_NOT_WANTED", "Remote work wanted"},
    {"REQUIRED_SKILL", "Required skills"},
    {"CHECK_LEVEL", "DBS check"},
    {"AGE", "Age"},
    {"LICENCE", "Licences"},
    {"LANGUAGE", "Languages"},
    {"COVERAGE", "Enough of the time"},
    {"DOUBLE_BOOKED", "Not booked twice"},
    {"ALREADY_REFERRED", "Not referred already"},
};

std::string PadRight(absl::string_view text, int width) {
  return absl::StrCat(
      text, std::string(static_cast<std::size_t>(std::max(0, width - base::DisplayWidth(text))), ' '));
}

std::string PadLeft(absl::string_view text, int width) {
  return absl::StrCat(
      std::string(static_cast<std::size_t>(std::max(0, width - base::DisplayWidth(text))), ' '), text);
}

}  // namespace

std::string ConditionLabel(absl::string_view code) {
  for (const auto& [known, label] : kLabels) {
    if (known == code) return std::string(label);
  }
  return Printable(code);
}

void PrintConditions(const google::protobuf::RepeatedPtrField<matching::v1::ConditionResult>& conditions,
                     absl::string_view indent, std::ostream& out) {
  int width = 0;
  for (const auto& condition : conditions) {
    width = std::max(width, base::DisplayWidth(ConditionLabel(condition.code())));
  }
  for (const auto& condition : conditions) {
    out << indent << (condition.holds() ? "✓ " : "✗ ") << PadRight(ConditionLabel(condition.code()), width)
        << "  " << Printable(condition.fact()) << "\n";
    if (condition.holds()) continue;
    out << indent << "    " << Printable(condition.code());
    if (!condition.fix().empty()) out << " – to fix: " << Printable(condition.fix());
    out << "\n";
  }
}

void PrintParts(const google::protobuf::RepeatedPtrField<matching::v1::PartResult>& parts,
                absl::string_view indent, std::ostream& out) {
  int width = 0;
  for (const auto& part : parts) width = std::max(width, base::DisplayWidth(part.part()));
  for (const auto& part : parts) {
    const std::string share = part.has_millionths() ? FormatShare(part.millionths()) : "–";
    const std::string bar = part.has_millionths() ? FormatBar(part.millionths()) : std::string(10, ' ');
    out << indent << PadRight(Printable(part.part()), width) << "  " << PadLeft(share, kShareWidth) << "  "
        << bar << "  " << PadRight(absl::StrCat("weight ", part.weight()), kWeightWidth) << "  "
        << Printable(part.working()) << "\n";
  }
}

}  // namespace brokerage::cli

#include "services/rpc/contact_shapes.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace brokerage::rpc {
namespace {

constexpr std::size_t kMaxLabelBytes = 63;      // RFC 1035
constexpr std::size_t kMaxDomainBytes = 253;    // RFC 1035, as text
constexpr std::size_t kMaxLocalPartBytes = 64;  // RFC 5321
constexpr int kMinPhoneDigits = 3;              // 101, 111, 999
constexpr int kMaxPhoneDigits = 20;             // E.164 has 15; prefixes and extensions are written too

bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
// Letters beyond ASCII are welcome: internationalised names are written so.
bool IsNameCharacter(char c) { return IsAlnum(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80; }
bool IsSpaceOrControl(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }

bool IsLabel(absl::string_view label) {
  return !label.empty() && label.size() <= kMaxLabelBytes && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), IsNameCharacter);
}

bool IsDomain(absl::string_view domain) {
  if (domain.empty() || domain.size() > kMaxDomainBytes) return false;
  const std::vector<absl::string_view> labels = absl::StrSplit(domain, '.');
  return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), IsLabel);
}

}  // namespace

bool IsEmailAddress(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '@');
  if (parts.size() != 2 || !IsDomain(parts[1])) return false;
  const absl::string_view local = parts[0];
  if (local.empty() || local.size() > kMaxLocalPartBytes) return false;
  if (local.front() == '.' || local.back() == '.' || absl::StrContains(local, "..")) return false;
  return std::all_of(local.begin(), local.end(), [](char c) {
    return !IsSpaceOrControl(c) && absl::string_view("\"(),:;<>[\\]").find(c) == absl::string_view::npos;
  });
}

bool IsPhoneNumber(absl::string_view text) {
  int digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsDigit(text[i])) {
      ++digits;
    } else if (text[i] == '+') {
      if (digits > 0 || absl::StrContains(text.substr(0, i), "+")) return false;
    } else if (absl::string_view(" ()-.").find(text[i]) == absl::string_view::npos) {
      return false;
    }
  }
  return digits >= kMinPhoneDigits && digits <= kMaxPhoneDigits;
}

bool IsWebAddress(absl::string_view text) {
  if (std::any_of(text.begin(), text.end(), IsSpaceOrControl)) return false;
  absl::string_view rest = text;
  for (const absl::string_view scheme : {"https://", "http://"}) {
    if (!absl::StartsWithIgnoreCase(rest, scheme)) continue;
    rest.remove_prefix(scheme.size());
    const absl::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto colon = authority.find(':');
    if (colon != absl::string_view::npos) {
      const absl::string_view port = authority.substr(colon + 1);
      int number = 0;
      if (!std::all_of(port.begin(), port.end(), IsDigit) || !absl::SimpleAtoi(port, &number)) return false;
      if (number < 1 || number > 65'535) return false;
    }
    return IsDomain(authority.substr(0, colon));
  }
  return false;
}

void CheckEmailAddress(absl::string_view text, absl::string_view path, base::Violations& violations) {
  if (text.empty() || IsEmailAddress(text)) return;
  violations.Add(path, "must be an address like someone@example.org");
}

void CheckPhoneNumber(absl::string_view text, absl::string_view path, base::Violations& violations) {
  if (text.empty() || IsPhoneNumber(text)) return;
  violations.Add(path, "must be 3 to 20 digits, with spaces and + ( ) - . at most");
}

void CheckWebAddress(absl::string_view text, absl::string_view path, base::Violations& violations) {
  if (text.empty() || IsWebAddress(text)) return;
  violations.Add(path, "must be an address like https://www.example.org/");
}

}  // namespace brokerage::rpc

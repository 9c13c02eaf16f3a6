#include "base/ids.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

#include "base/digest.h"

namespace brokerage::base {
namespace {

constexpr absl::string_view kBase32Hex = "0123456789abcdefghijklmnopqrstuv";
constexpr std::size_t kIdLength = 26;
constexpr std::size_t kUuidBytes = 16;

bool IsLowerHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::string MintId() {
  // 5 bits of each random byte are used: simpler than packing, and these bytes cost nothing.
  const std::string random = RandomBytes(kIdLength);
  std::string id;
  id.reserve(kIdLength);
  for (const char byte : random) id.push_back(kBase32Hex[static_cast<std::uint8_t>(byte) & 31]);
  // AIP-122 wants a letter first; 16 letters keep the choice even.
  id[0] = kBase32Hex[10 + (static_cast<std::uint8_t>(random[0]) & 15)];
  return id;
}

std::string MintUuid4() { return Uuid4Of(RandomBytes(kUuidBytes)); }

std::string Uuid4Of(absl::string_view from) {
  std::string bytes(from.substr(0, kUuidBytes));
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

bool IsUuid4(absl::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = absl::ascii_tolower(static_cast<unsigned char>(text[i]));
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? c != '-' : !IsLowerHex(c)) return false;
  }
  const char variant = absl::ascii_tolower(static_cast<unsigned char>(text[19]));
  return text[14] == '4' && (variant == '8' || variant == '9' || variant == 'a' || variant == 'b');
}

bool IsClientId(absl::string_view text) {
  if (text.empty() || text.size() > 63) return false;
  if (!absl::ascii_islower(static_cast<unsigned char>(text.front())) || text.back() == '-') return false;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (!absl::ascii_islower(u) && !absl::ascii_isdigit(u) && c != '-') return false;
  }
  return true;
}

}  // namespace brokerage::base

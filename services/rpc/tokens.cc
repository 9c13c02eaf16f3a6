#include "services/rpc/tokens.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"

#include "base/errors.h"
#include "base/limits.h"

namespace brokerage::rpc {
namespace {

using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;

constexpr std::size_t kMacBytes = 32;

std::string Text(const Message& message, const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return descriptor == nullptr ? std::string() : message.GetReflection()->GetString(message, descriptor);
}

// The bytes of `request` without the fields `left_out`, the same for the same content: fields in order, maps
// sorted.
std::string Canonical(const Message& request, std::initializer_list<absl::string_view> left_out) {
  namespace io = google::protobuf::io;
  std::string bytes(request.ByteSizeLong(), '\0');
  {
    io::ArrayOutputStream stream(bytes.data(), static_cast<int>(bytes.size()));
    io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeWithCachedSizes(&coded);
  }
  io::CodedInputStream fields(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  std::size_t kept = 0;  // of the bytes, moved together at the front
  std::size_t start = 0;
  while (const uint32_t tag = fields.ReadTag()) {
    WireFormatLite::SkipField(&fields, tag);
    const auto end = static_cast<std::size_t>(fields.CurrentPosition());
    const auto* field = request.GetDescriptor()->FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
    if (field == nullptr || std::count(left_out.begin(), left_out.end(), field->name()) == 0) {
      if (kept != start) std::copy(bytes.begin() + start, bytes.begin() + end, bytes.begin() + kept);
      kept += end - start;
    }
    start = end;
  }
  bytes.resize(kept);
  return bytes;
}

std::string WebSafe(absl::string_view bytes) { return absl::WebSafeBase64Escape(bytes); }

}  // namespace

std::string FormatConsistencyToken(const ConsistencyToken& token) {
  return WebSafe(absl::StrCat(std::string(1, static_cast<char>(token.origin)), ".", absl::Hex(token.epoch),
                              ".", absl::Hex(token.sequence)));
}

std::optional<ConsistencyToken> ParseConsistencyToken(absl::string_view text) {
  std::string plain;
  if (!absl::WebSafeBase64Unescape(text, &plain)) return std::nullopt;
  const std::vector<absl::string_view> parts = absl::StrSplit(plain, '.');
  if (parts.size() != 3 || (parts[0] != "m" && parts[0] != "r")) return std::nullopt;
  ConsistencyToken token;
  token.origin = static_cast<Origin>(parts[0][0]);
  if (!absl::SimpleHexAtoi(parts[1], &token.epoch) || !absl::SimpleHexAtoi(parts[2], &token.sequence)) {
    return std::nullopt;
  }
  return token;
}

std::string FormatEtag(uint64_t epoch, uint64_t sequence) {
  return absl::StrCat(absl::Hex(epoch), "-", absl::Hex(sequence));
}

// Of a length, a body of that length, a line and the rest: no two make the same data.
std::string PageTokens::Mac(const Message& request, absl::string_view credential,
                            absl::string_view body) const {
  return hmac_.Of({absl::StrCat(absl::Hex(body.size(), absl::kZeroPad16)), body, credential, "\n",
                   request.GetDescriptor()->full_name(), "\n",
                   Canonical(request, {"page_token", "page_size"})});
}

std::string PageTokens::Seal(const Message& request, absl::string_view credential, absl::string_view cursor,
                             absl::Time now) const {
  const std::string body = absl::StrCat(absl::Hex(absl::ToUnixMillis(now), absl::kZeroPad16), cursor);
  return WebSafe(absl::StrCat(Mac(request, credential, body), body));
}

absl::StatusOr<std::string> PageTokens::Open(const Message& request, absl::string_view credential,
                                             absl::Time now) const {
  const std::string token = Text(request, "page_token");
  if (token.empty()) return std::string();
  constexpr std::size_t kTimeChars = 16;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() < kMacBytes + kTimeChars) {
    return base::PageTokenInvalid();
  }
  const absl::string_view mac = absl::string_view(bytes).substr(0, kMacBytes);
  const absl::string_view body = absl::string_view(bytes).substr(kMacBytes);
  if (!base::EqualInConstantTime(mac, Mac(request, credential, body))) return base::PageTokenInvalid();
  uint64_t issued_ms = 0;
  if (!absl::SimpleHexAtoi(body.substr(0, kTimeChars), &issued_ms)) return base::PageTokenInvalid();
  if (now - absl::FromUnixMillis(static_cast<int64_t>(issued_ms)) > base::kMaxPageTokenAge) {
    return base::PageTokenExpired();
  }
  return std::string(body.substr(kTimeChars));
}

std::string PageTokens::RequestHmac(const Message& request, absl::string_view credential) const {
  return hmac_.Of(
      {credential, "\n", request.GetDescriptor()->full_name(), "\n", Canonical(request, {"request_id"})});
}

int64_t PageSize(int32_t asked) {
  return asked <= 0 ? base::kDefaultPageSize : std::min<int64_t>(asked, base::kMaxPageSize);
}

}  // namespace brokerage::rpc

#include "services/rpc/tokens.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

#include "base/digest.h"
#include "base/errors.h"
#include "base/limits.h"

namespace brokerage::rpc {
namespace {

using google::protobuf::Message;

constexpr std::size_t kMacBytes = 32;

std::string Text(const Message& message, const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return descriptor == nullptr ? std::string() : message.GetReflection()->GetString(message, descriptor);
}

// The bytes of `request` without `cleared` fields, the same for the same content: fields in order, maps
// sorted.
std::string Canonical(const Message& request, std::initializer_list<const char*> cleared) {
  std::unique_ptr<Message> copy(request.New());
  copy->CopyFrom(request);
  for (const char* name : cleared) {
    if (const auto* field = copy->GetDescriptor()->FindFieldByName(name)) {
      copy->GetReflection()->ClearField(copy.get(), field);
    }
  }
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    copy->SerializeToCodedStream(&coded);
  }
  return absl::StrCat(request.GetDescriptor()->full_name(), "\n", bytes);
}

std::string Bound(const Message& request, absl::string_view credential) {
  return base::Sha256(absl::StrCat(credential, "\n", Canonical(request, {"page_token", "page_size"})));
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

std::string PageTokens::Seal(const Message& request, absl::string_view credential, absl::string_view cursor,
                             absl::Time now) const {
  const std::string body =
      absl::StrCat(Bound(request, credential), absl::Hex(absl::ToUnixMillis(now), absl::kZeroPad16), cursor);
  return WebSafe(absl::StrCat(base::HmacSha256(hmac_key_, body), body));
}

absl::StatusOr<std::string> PageTokens::Open(const Message& request, absl::string_view credential,
                                             absl::Time now) const {
  const std::string token = Text(request, "page_token");
  if (token.empty()) return std::string();
  constexpr std::size_t kTimeChars = 16;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() < 2 * kMacBytes + kTimeChars) {
    return base::PageTokenInvalid();
  }
  const absl::string_view mac = absl::string_view(bytes).substr(0, kMacBytes);
  const absl::string_view body = absl::string_view(bytes).substr(kMacBytes);
  if (!base::EqualInConstantTime(mac, base::HmacSha256(hmac_key_, body))) return base::PageTokenInvalid();
  if (body.substr(0, kMacBytes) != Bound(request, credential)) return base::PageTokenInvalid();
  uint64_t issued_ms = 0;
  if (!absl::SimpleHexAtoi(body.substr(kMacBytes, kTimeChars), &issued_ms)) return base::PageTokenInvalid();
  if (now - absl::FromUnixMillis(static_cast<int64_t>(issued_ms)) > base::kMaxPageTokenAge) {
    return base::PageTokenExpired();
  }
  return std::string(body.substr(kMacBytes + kTimeChars));
}

std::string PageTokens::RequestHmac(const Message& request, absl::string_view credential) const {
  return base::HmacSha256(hmac_key_, absl::StrCat(credential, "\n", Canonical(request, {"request_id"})));
}

int64_t PageSize(int32_t asked) {
  return asked <= 0 ? base::kDefaultPageSize : std::min<int64_t>(asked, base::kMaxPageSize);
}

}  // namespace brokerage::rpc

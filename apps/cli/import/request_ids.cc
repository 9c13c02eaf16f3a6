#include "apps/cli/import/request_ids.h"

#include "absl/strings/str_cat.h"

#include "base/digest.h"

namespace brokerage::cli {
namespace {

// Of everything that goes into an id. Changing it makes every interrupted import start afresh.
constexpr absl::string_view kScheme = "brokerage import 1";

}  // namespace

RequestIds::RequestIds(absl::string_view file_hash, absl::string_view parent, absl::string_view kind)
    : prefix_(absl::StrCat(kScheme, "\n", base::HexEncode(file_hash), "\n", parent, "\n", kind, "\n")) {}

std::string RequestIds::For(int64_t line, absl::string_view step) const {
  std::string bytes = base::Sha256(absl::StrCat(prefix_, line, "\n", step)).substr(0, 16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  const std::string hex = base::HexEncode(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-", hex.substr(16, 4),
                      "-", hex.substr(20));
}

}  // namespace brokerage::cli

#include "apps/cli/import/request_ids.h"

#include "absl/strings/str_cat.h"

#include "base/digest.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

// Of everything that goes into an id. Changing it makes every interrupted import start afresh.
constexpr absl::string_view kScheme = "brokerage import 1";

}  // namespace

RequestIds::RequestIds(absl::string_view file_hash, absl::string_view parent, absl::string_view kind)
    : prefix_(absl::StrCat(kScheme, "\n", base::HexEncode(file_hash), "\n", parent, "\n", kind, "\n")) {}

std::string RequestIds::For(int64_t line, absl::string_view step) const {
  return base::Uuid4Of(base::Sha256(absl::StrCat(prefix_, line, "\n", step)));
}

}  // namespace brokerage::cli

#include "storage/store.h"

#include "absl/strings/cord.h"

namespace brokerage::storage {

std::string FailedGuardKey(const absl::Status& status) {
  const auto payload = status.GetPayload(kGuardKeyPayload);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace brokerage::storage

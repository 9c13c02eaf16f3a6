// What an update changes.
#pragma once

#include "absl/strings/string_view.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

#include "base/errors.h"

namespace brokerage::rpc {

// Copies from `incoming` into `stored` what `mask` names (AIP-134): without a mask, the fields that are set
// in `incoming`; with `*`, every field that a client may write. A named field that `incoming` lacks is
// cleared. Output-only fields, `name` and `etag` are never touched. Unknown paths are faults of
// `update_mask`, and then nothing is copied.
void ApplyUpdate(const google::protobuf::FieldMask& mask, const google::protobuf::Message& incoming,
                 google::protobuf::Message& stored, base::Violations& violations);

}  // namespace brokerage::rpc

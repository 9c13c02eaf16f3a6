// What an update changes.
#pragma once

#include "absl/strings/string_view.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

#include "base/errors.h"

namespace brokerage::rpc {

// Adds a fault of `update_mask` for every path of `mask` that names no field of `resource`.
void CheckMask(const google::protobuf::FieldMask& mask, const google::protobuf::Message& resource,
               base::Violations& violations);

// Copies from `incoming` into `stored` what `mask` names (AIP-134): without a mask, the fields that are set
// in `incoming`; with `*`, every field that a client may write. A named field that `incoming` lacks is
// cleared. Output-only fields, `name` and `etag` are never touched. Paths that CheckMask refuses copy
// nothing; the others do beside them, so that what they bring can be checked too.
void ApplyUpdate(const google::protobuf::FieldMask& mask, const google::protobuf::Message& incoming,
                 google::protobuf::Message& stored);

}  // namespace brokerage::rpc

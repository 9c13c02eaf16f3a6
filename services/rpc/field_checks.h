// The table of limits by type of message, so that checking one looks nothing up by name.
#pragma once

#include <vector>

#include "google/protobuf/descriptor.h"

#include "services/rpc/validate.h"

namespace brokerage::rpc {

struct FieldCheck {
  const google::protobuf::FieldDescriptor* field = nullptr;
  const FieldLimit* limit = nullptr;       // null: none
  const FieldLimit* item_limit = nullptr;  // of a list's items; null: none
};

struct TypeChecks {
  std::vector<FieldCheck> fields;                                  // all, as declared
  std::vector<const google::protobuf::FieldDescriptor*> messages;  // those that hold messages
  const google::protobuf::FieldDescriptor* request_id = nullptr;   // null: none
};

// Of a type that is linked in. Thread-safe; what it answers stays.
const TypeChecks& ChecksOf(const google::protobuf::Descriptor* type);

}  // namespace brokerage::rpc

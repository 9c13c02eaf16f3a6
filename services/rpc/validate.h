// Checks that every message shares: sizes and ranges from the table of limits, known enum values, real dates
// and moments. What fields mean together is for each resource's own validation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "base/errors.h"

namespace brokerage::rpc {

// What a field must keep to.
struct FieldLimit {
  enum class Kind {
    kBytes,        // a string's size in bytes; no control characters
    kLines,        // the same, and line feeds and tabs are welcome
    kItems,        // how many a list may have
    kUniqueItems,  // the same, and no item twice (lists of scalars)
    kRange,        // a number's value
    kOutputOnly,   // ignored in requests
    kRequired,     // a message that must be there, or an enum that must be stated
    kResource,     // a message that must be there; the handler checks the resource that would result
    kFree,         // nothing to keep to: every value is good, or the handler says
  };
  const char* field;  // full name: "brokerage.matching.v1.Volunteer.display_name"
  Kind kind;
  int64_t min = 0;
  int64_t max = 0;
};

// The whole table. A test holds it against the contract: every field of every request has its rows.
const std::vector<FieldLimit>& FieldLimits();

// Adds every fault of `message` and of what it holds. `path` goes before each field's name ("volunteer.").
void CheckMessage(const google::protobuf::Message& message, absl::string_view path,
                  base::Violations& violations);

// The same for one field of `message`, for a resource of which not all is to be stored. `path` is the
// field's.
void CheckField(const google::protobuf::Message& message, const std::string& field, absl::string_view path,
                base::Violations& violations);

// The same for a request, its request_id included, which must be empty or a UUID, version 4.
void CheckRequest(const google::protobuf::Message& request, base::Violations& violations);

// Empties every output-only field of a resource that came in, at any depth. `name` and `etag` stay.
void ClearOutputOnly(google::protobuf::Message& message);

}  // namespace brokerage::rpc

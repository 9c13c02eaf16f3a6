// Answers for programs: the protobuf JSON of a message, with the contract's own field names.
#pragma once

#include <string>

#include "google/protobuf/message.h"

#include "nlohmann/json.hpp"

namespace brokerage::cli {

// Keeps the order in which fields were put in.
using Json = nlohmann::ordered_json;

// Fields with an explicit presence that are unset are left out; all others are there, zeros and empty lists
// too.
Json ToJson(const google::protobuf::Message& message);

// Two spaces of indentation and a line end; malformed UTF-8 is replaced.
std::string Print(const Json& json);

}  // namespace brokerage::cli

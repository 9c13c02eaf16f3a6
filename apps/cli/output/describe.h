// One record as a list of fields, for people.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace brokerage::cli {

// "searching" for STATE_SEARCHING of an enum named State; the number when the value is not known.
std::string FormatEnum(const google::protobuf::EnumDescriptor& type, int value);

// The fields of `message` that are set, in the order of the contract: (label, value). Nested records become
// labels with a dot, lists one entry for each element; only the first has the label.
std::vector<std::pair<std::string, std::string>> Describe(const google::protobuf::Message& message);

// The same as aligned lines.
void PrintDescription(const google::protobuf::Message& message, std::ostream& out);

}  // namespace brokerage::cli

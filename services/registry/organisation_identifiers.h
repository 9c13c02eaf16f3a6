// What public registers know organisations by: identifiers as org-id.guide writes them, "GB-CHC-1001778".
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::registry {

// What is wrong with `identifier`, for people; empty when nothing is. Of the registers that Kent's
// organisations are in, the number's shape is checked; of any other, that it has the form of an org-id
// identifier: the register's code in capitals, a hyphen, the number. Whether the register has it is not
// asked.
std::string FaultOfIdentifier(absl::string_view identifier);

}  // namespace brokerage::registry

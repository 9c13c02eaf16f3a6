// Requests at the edge of every limit and one beyond it, made from the table of limits
// (services/rpc/validate.h): a service's tests send them, and see that the limit holds and that what is
// beyond is refused by its name.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace brokerage::support {

struct FieldCase {
  std::string path;    // as a refusal names it: "organisation.places[0].postcode"
  std::string what;    // "201 bytes"
  bool good = false;   // keeps the limit; what the field means is another matter
  bool plain = false;  // any value that keeps the limit is good: a free text, or a number
  // Makes a good request of the type into this case. Messages on the way are made where they are missing.
  std::function<void(google::protobuf::Message& request)> apply;
};

// Of every field of `request`, at any depth: lists of messages by their first item. What is checked whole
// (moments, dates) is not gone into.
std::vector<FieldCase> FieldCases(const google::protobuf::Descriptor* request);

}  // namespace brokerage::support

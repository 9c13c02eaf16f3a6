// Changes of a resource, generated from the table of limits: each field at its limit, and one beyond it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "services/rpc/validate.h"

namespace brokerage::matching {

// A field of a message inside a resource.
struct Site {
  std::string path;
  google::protobuf::Message* parent;
  const google::protobuf::FieldDescriptor* field;
  const google::protobuf::Reflection& reflection() const { return *parent->GetReflection(); }
};

// Every field below `message`; of lists of messages, those of the first item.
std::vector<Site> SitesOf(google::protobuf::Message& message, const std::string& prefix);

// Null when there is none.
const rpc::FieldLimit* RowFor(const std::string& field);

// What is done to a field, and what is to be said of it then. No fault: it is within its limit.
struct Change {
  std::string what;
  std::function<void(const Site&)> apply;
  std::string path;
  std::string fault;
};

std::vector<Change> ChangesFor(const Site& site, const rpc::FieldLimit& row);

// Where even what is within the limit means nothing: words longer than any of the tables, times off the grid,
// more different things than there are. There the limit must not be what is complained of.
bool MeansNothingAtItsLimit(const google::protobuf::FieldDescriptor& field);

}  // namespace brokerage::matching

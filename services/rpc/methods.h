// What a server's descriptors say of its methods: names, and who may call them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

#include "brokerage/common/v1/access.pb.h"

namespace brokerage::rpc {

struct MethodInfo {
  std::string full_name;  // "brokerage.matching.v1.VolunteerService/GetVolunteer"
  std::string service;    // "brokerage.matching.v1.VolunteerService"
  std::string name;       // "GetVolunteer"
  common::v1::Access access;
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
};

// The methods of a server's services, found by the type of their request, which is each method's own.
class MethodTable {
 public:
  // FAILED_PRECONDITION, naming each method that declares no access policy, or whose request is not its own.
  static absl::StatusOr<MethodTable> Build(
      const std::vector<const google::protobuf::ServiceDescriptor*>& services);

  // The same by the services' full names ("brokerage.matching.v1.VolunteerService"), which are linked in.
  static absl::StatusOr<MethodTable> Build(const std::vector<std::string>& service_names);

  // Null when the table has no method that takes `request`.
  const MethodInfo* FindByRequest(const google::protobuf::Descriptor* request) const;
  const std::vector<std::shared_ptr<const MethodInfo>>& methods() const { return methods_; }

 private:
  std::vector<std::shared_ptr<const MethodInfo>> methods_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, const MethodInfo*> by_request_;
};

}  // namespace brokerage::rpc

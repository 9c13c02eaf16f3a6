#include "services/rpc/methods.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace brokerage::rpc {

absl::StatusOr<MethodTable> MethodTable::Build(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services) {
  MethodTable table;
  std::vector<std::string> faults;
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* method = service->method(i);
      auto info = std::make_shared<MethodInfo>();
      info->service = service->full_name();
      info->name = method->name();
      info->full_name = absl::StrCat(service->full_name(), "/", method->name());
      info->access = method->options().GetExtension(common::v1::access);
      info->descriptor = method;
      if (info->access.minimum_role() == common::v1::ROLE_UNSPECIFIED) {
        faults.push_back(absl::StrCat(info->full_name, " declares no access policy"));
      }
      if (!table.by_request_.emplace(method->input_type(), info.get()).second) {
        faults.push_back(absl::StrCat(info->full_name, " shares its request type"));
      }
      table.methods_.push_back(std::move(info));
    }
  }
  if (!faults.empty()) return absl::FailedPreconditionError(absl::StrJoin(faults, "; "));
  return table;
}

absl::StatusOr<MethodTable> MethodTable::Build(const std::vector<std::string>& service_names) {
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const std::string& name : service_names) {
    const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    if (service == nullptr) return absl::FailedPreconditionError(absl::StrCat("there is no service ", name));
    services.push_back(service);
  }
  return Build(services);
}

const MethodInfo* MethodTable::FindByRequest(const google::protobuf::Descriptor* request) const {
  const auto found = by_request_.find(request);
  return found == by_request_.end() ? nullptr : found->second;
}

}  // namespace brokerage::rpc

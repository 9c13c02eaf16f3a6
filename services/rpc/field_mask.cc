#include "services/rpc/field_mask.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/field_mask_util.h"

#include "services/rpc/validate.h"

namespace brokerage::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

// The top-level fields that clients write.
std::set<std::string> WritableFields(const Message& message) {
  static const auto* output_only = [] {
    auto* names = new std::set<std::string>();
    for (const FieldLimit& row : FieldLimits()) {
      if (row.kind == FieldLimit::Kind::kOutputOnly) names->insert(row.field);
    }
    return names;
  }();
  std::set<std::string> writable;
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    if (field.name() == "name" || field.name() == "etag" || output_only->count(field.full_name()) > 0)
      continue;
    writable.insert(field.name());
  }
  return writable;
}

// The library reads over empty steps.
bool IsPath(absl::string_view path) {
  for (const absl::string_view step : absl::StrSplit(path, '.')) {
    if (step.empty()) return false;
  }
  return true;
}

bool NamesField(const std::string& path, const Message& resource) {
  return IsPath(path) && FieldMaskUtil::GetFieldDescriptors(resource.GetDescriptor(), path, nullptr);
}

bool IsWhole(const FieldMask& mask) { return mask.paths_size() == 1 && mask.paths(0) == "*"; }

}  // namespace

void CheckMask(const FieldMask& mask, const Message& resource, base::Violations& violations) {
  if (IsWhole(mask)) return;
  for (const std::string& path : mask.paths()) {
    if (!NamesField(path, resource)) {
      violations.Add("update_mask", absl::StrCat("has no field \"", path, "\""));
    }
  }
}

void ApplyUpdate(const FieldMask& mask, const Message& incoming, Message& stored) {
  std::unique_ptr<Message> source(incoming.New());
  source->CopyFrom(incoming);
  ClearOutputOnly(*source);
  const std::set<std::string> writable = WritableFields(stored);

  FieldMask effective;
  if (mask.paths_size() == 0) {
    std::vector<const FieldDescriptor*> set;
    source->GetReflection()->ListFields(*source, &set);
    for (const FieldDescriptor* field : set) {
      if (writable.count(field->name()) > 0) effective.add_paths(field->name());
    }
  } else if (IsWhole(mask)) {
    for (const std::string& field : writable) effective.add_paths(field);
  } else {
    for (const std::string& path : mask.paths()) {
      if (NamesField(path, stored) && writable.count(path.substr(0, path.find('.'))) > 0) {
        effective.add_paths(path);
      }
    }
  }

  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(*source, effective, options, &stored);
}

}  // namespace brokerage::rpc

#include "services/rpc/field_checks.h"

#include <mutex>
#include <shared_mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace brokerage::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const FieldLimit* Find(absl::string_view key) {
  static const auto* index = [] {
    auto* map = new absl::flat_hash_map<std::string, const FieldLimit*>();
    for (const FieldLimit& row : FieldLimits()) map->emplace(row.field, &row);
    return map;
  }();
  const auto found = index->find(key);
  return found == index->end() ? nullptr : found->second;
}

const FieldLimit* LimitOf(const FieldDescriptor& field) {
  if (const auto* row = Find(field.full_name())) return row;
  return Find(absl::StrCat("*.", field.name()));
}

TypeChecks Make(const Descriptor& type) {
  TypeChecks checks;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    checks.fields.push_back({&field, LimitOf(field), Find(absl::StrCat(field.full_name(), "[]"))});
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) checks.messages.push_back(&field);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && field.name() == "request_id")
      checks.request_id = &field;
  }
  return checks;
}

}  // namespace

const TypeChecks& ChecksOf(const Descriptor* type) {
  static auto* const known = new absl::node_hash_map<const Descriptor*, TypeChecks>();
  static auto* const mutex = new std::shared_mutex();
  {
    const std::shared_lock lock(*mutex);
    if (const auto found = known->find(type); found != known->end()) return found->second;
  }
  const std::unique_lock lock(*mutex);
  return known->try_emplace(type, Make(*type)).first->second;
}

}  // namespace brokerage::rpc

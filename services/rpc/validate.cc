#include "services/rpc/validate.h"

#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/unknown_field_set.h"

#include "base/ids.h"
#include "base/text.h"
#include "brokerage/common/v1/date_time.pb.h"
#include "services/rpc/moments.h"

namespace brokerage::rpc {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Kind = FieldLimit::Kind;

// What google/protobuf/timestamp.proto and duration.proto allow.
constexpr int64_t kMinTimestampSeconds = -62'135'596'800;
constexpr int64_t kMaxTimestampSeconds = 253'402'300'799;
constexpr int64_t kMaxDurationSeconds = 315'576'000'000;
constexpr int32_t kMaxNanos = 999'999'999;

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

std::string Between(int64_t min, int64_t max) { return absl::StrCat(min, " to ", max); }

void CheckText(const std::string& text, const FieldLimit& limit, const std::string& path,
               base::Violations& violations) {
  const auto size = static_cast<int64_t>(text.size());
  if (size < limit.min) {
    violations.Add(path, "is required");
  } else if (size > limit.max) {
    violations.Add(path, absl::StrCat("must have at most ", limit.max, " bytes; it has ", size));
  }
  if (base::HasControlCharacters(text, limit.kind == Kind::kLines)) {
    violations.Add(path, "must not have control characters");
  }
}

void CheckEnum(const EnumValueDescriptor* known, int number, bool required, const std::string& path,
               base::Violations& violations) {
  if (known == nullptr) {
    violations.Add(path, absl::StrCat("has no value ", number));
  } else if (required && number == 0) {
    violations.Add(path, "is required");
  }
}

template <typename Number>
void CheckRange(Number value, const FieldLimit& limit, const std::string& path,
                base::Violations& violations) {
  // Written so that NaN, which compares false with everything, is refused.
  if (value >= static_cast<Number>(limit.min) && value <= static_cast<Number>(limit.max)) return;
  violations.Add(path, absl::StrCat("must be ", Between(limit.min, limit.max)));
}

// Messages whose fields only mean something together. True when `message` is one of them.
bool CheckWhole(const Message& message, const std::string& path, base::Violations& violations) {
  const auto* type = message.GetDescriptor();
  if (type == google::protobuf::Timestamp::descriptor()) {
    const auto& moment = static_cast<const google::protobuf::Timestamp&>(message);
    if (moment.seconds() < kMinTimestampSeconds || moment.seconds() > kMaxTimestampSeconds ||
        moment.nanos() < 0 || moment.nanos() > kMaxNanos) {
      violations.Add(path, "must be a moment from year 1 to 9999");
    }
    return true;
  }
  if (type == google::protobuf::Duration::descriptor()) {
    const auto& length = static_cast<const google::protobuf::Duration&>(message);
    const bool mixed =
        (length.seconds() > 0 && length.nanos() < 0) || (length.seconds() < 0 && length.nanos() > 0);
    // Not by their absolute values: the least number has none.
    if (length.seconds() < -kMaxDurationSeconds || length.seconds() > kMaxDurationSeconds ||
        length.nanos() < -kMaxNanos || length.nanos() > kMaxNanos || mixed) {
      violations.Add(path, "must be a duration of at most 10,000 years");
    }
    return true;
  }
  if (type == common::v1::Date::descriptor()) {
    const auto& date = static_cast<const common::v1::Date&>(message);
    if (!DateExists(date)) violations.Add(path, "must be a date that exists");
    return true;
  }
  return false;
}

class Checker {
 public:
  explicit Checker(base::Violations& violations) : violations_(violations) {}

  void Check(const Message& message, const std::string& prefix) {
    const auto* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      CheckOne(message, *type->field(i), absl::StrCat(prefix, type->field(i)->name()));
    }
  }

  void CheckOne(const Message& message, const FieldDescriptor& field, const std::string& path) {
    const FieldLimit* limit = LimitOf(field);
    if (limit == nullptr || limit->kind == Kind::kOutputOnly) return;
    if (field.is_repeated()) {
      CheckList(message, field, *limit, path);
    } else {
      CheckSingle(message, field, *limit, path);
    }
  }

 private:
  void CheckSingle(const Message& message, const FieldDescriptor& field, const FieldLimit& limit,
                   const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const bool present = !field.has_presence() || reflection.HasField(message, &field);
    const bool required = limit.kind == Kind::kRequired;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (present) {
          if (limit.kind != Kind::kResource) CheckInner(reflection.GetMessage(message, &field), path);
        } else if (required || (limit.kind == Kind::kResource && field.containing_oneof() == nullptr)) {
          violations_.Add(path, "is required");
        }
        return;
      case FieldDescriptor::CPPTYPE_STRING:
        if (present) CheckText(reflection.GetString(message, &field), limit, path, violations_);
        return;
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = reflection.GetEnumValue(message, &field);
        CheckEnum(field.enum_type()->FindValueByNumber(number), number, required, path, violations_);
        return;
      }
      case FieldDescriptor::CPPTYPE_INT32:
        if (present && limit.kind == Kind::kRange) {
          CheckRange<int64_t>(reflection.GetInt32(message, &field), limit, path, violations_);
        }
        return;
      case FieldDescriptor::CPPTYPE_INT64:
        if (present && limit.kind == Kind::kRange) {
          CheckRange<int64_t>(reflection.GetInt64(message, &field), limit, path, violations_);
        }
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        if (present && limit.kind == Kind::kRange) {
          CheckRange<double>(reflection.GetDouble(message, &field), limit, path, violations_);
        }
        return;
      default:
        return;  // booleans
    }
  }

  void CheckList(const Message& message, const FieldDescriptor& field, const FieldLimit& limit,
                 const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, &field);
    if (size < limit.min) violations_.Add(path, "is required");
    if (size > limit.max) {
      violations_.Add(path, absl::StrCat("must have at most ", limit.max, " items; it has ", size));
      return;  // naming the faults of more than is allowed helps no one
    }
    const FieldLimit* item_limit = Find(absl::StrCat(field.full_name(), "[]"));
    std::set<std::string> seen;
    for (int i = 0; i < size; ++i) {
      const std::string item_path = absl::StrCat(path, "[", i, "]");
      std::string item;
      switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_MESSAGE:
          CheckInner(reflection.GetRepeatedMessage(message, &field, i), item_path);
          continue;
        case FieldDescriptor::CPPTYPE_STRING:
          item = reflection.GetRepeatedString(message, &field, i);
          if (item_limit != nullptr) CheckText(item, *item_limit, item_path, violations_);
          break;
        case FieldDescriptor::CPPTYPE_ENUM: {
          const int number = reflection.GetRepeatedEnumValue(message, &field, i);
          item = absl::StrCat(number);
          CheckEnum(field.enum_type()->FindValueByNumber(number), number, true, item_path, violations_);
          break;
        }
        default:
          continue;
      }
      if (limit.kind == Kind::kUniqueItems && !seen.insert(item).second) {
        violations_.Add(item_path, "is there twice");
      }
    }
  }

  void CheckInner(const Message& message, const std::string& path) {
    if (!CheckWhole(message, path, violations_)) Check(message, absl::StrCat(path, "."));
  }

  base::Violations& violations_;
};

// Adds a fault for every message with fields that this program does not know: they would be stored unchecked,
// and shown to whom the known ones are not.
void CheckKnown(const Message& message, const std::string& path, base::Violations& violations) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) {
    violations.Add(path.empty() ? "request" : path, "has fields that this version does not know");
  }
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const std::string inner = path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
    if (!field->is_repeated()) {
      CheckKnown(reflection.GetMessage(message, field), inner, violations);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      CheckKnown(reflection.GetRepeatedMessage(message, field, i), absl::StrCat(inner, "[", i, "]"),
                 violations);
    }
  }
}

}  // namespace

void CheckMessage(const Message& message, absl::string_view path, base::Violations& violations) {
  Checker(violations).Check(message, std::string(path));
}

void CheckField(const Message& message, const std::string& field, absl::string_view path,
                base::Violations& violations) {
  const FieldDescriptor* descriptor = message.GetDescriptor()->FindFieldByName(field);
  if (descriptor != nullptr) Checker(violations).CheckOne(message, *descriptor, std::string(path));
}

void CheckRequest(const Message& request, base::Violations& violations) {
  CheckKnown(request, "", violations);
  CheckMessage(request, "", violations);
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) return;
  const std::string request_id = request.GetReflection()->GetString(request, field);
  if (!request_id.empty() && !base::IsUuid4(request_id)) {
    violations.Add("request_id", "must be a UUID, version 4, or empty");
  }
}

void ClearOutputOnly(Message& message) {
  const auto* type = message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    const FieldLimit* limit = LimitOf(field);
    if (limit != nullptr && limit->kind == Kind::kOutputOnly) {
      reflection.ClearField(&message, &field);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (field.is_repeated()) {
        for (int j = 0; j < reflection.FieldSize(message, &field); ++j) {
          ClearOutputOnly(*reflection.MutableRepeatedMessage(&message, &field, j));
        }
      } else if (reflection.HasField(message, &field)) {
        ClearOutputOnly(*reflection.MutableMessage(&message, &field));
      }
    }
  }
}

}  // namespace brokerage::rpc

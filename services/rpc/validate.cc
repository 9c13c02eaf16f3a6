#include "services/rpc/validate.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/unknown_field_set.h"

#include "base/ids.h"
#include "base/text.h"
#include "brokerage/common/v1/date_time.pb.h"
#include "services/rpc/field_checks.h"
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

// Where in a request something stands, written out only for a fault.
class Path {
 public:
  explicit Path(absl::string_view whole) : name_(whole) {}
  // Of a field of the message at `message`; of an item of the list at `list`.
  Path(const Path& message, const FieldDescriptor& field) : above_(&message), name_(field.name()) {}
  Path(const Path& list, int index) : above_(&list), index_(index) {}

  // "draft.skills[2].level"
  std::string Text() const {
    const std::string above = above_ == nullptr ? "" : above_->Text();
    if (index_ >= 0) return absl::StrCat(above, "[", index_, "]");
    return absl::StrCat(above, above.empty() ? "" : ".", name_);
  }

 private:
  const Path* above_ = nullptr;
  absl::string_view name_;
  int index_ = -1;
};

std::string Between(int64_t min, int64_t max) { return absl::StrCat(min, " to ", max); }

void CheckText(const std::string& text, const FieldLimit& limit, const Path& path,
               base::Violations& violations) {
  const auto size = static_cast<int64_t>(text.size());
  if (size < limit.min) {
    violations.Add(path.Text(), "is required");
  } else if (size > limit.max) {
    violations.Add(path.Text(), absl::StrCat("must have at most ", limit.max, " bytes; it has ", size));
  }
  if (base::HasControlCharacters(text, limit.kind == Kind::kLines)) {
    violations.Add(path.Text(), "must not have control characters");
  }
}

void CheckEnum(const EnumValueDescriptor* known, int number, bool required, const Path& path,
               base::Violations& violations) {
  if (known == nullptr) {
    violations.Add(path.Text(), absl::StrCat("has no value ", number));
  } else if (required && number == 0) {
    violations.Add(path.Text(), "is required");
  }
}

template <typename Number>
void CheckRange(Number value, const FieldLimit& limit, const Path& path, base::Violations& violations) {
  // Written so that NaN, which compares false with everything, is refused.
  if (value >= static_cast<Number>(limit.min) && value <= static_cast<Number>(limit.max)) return;
  violations.Add(path.Text(), absl::StrCat("must be ", Between(limit.min, limit.max)));
}

// Messages whose fields only mean something together. True when `message` is one of them.
bool CheckWhole(const Message& message, const Path& path, base::Violations& violations) {
  const auto* type = message.GetDescriptor();
  if (type == google::protobuf::Timestamp::descriptor()) {
    const auto& moment = static_cast<const google::protobuf::Timestamp&>(message);
    if (moment.seconds() < kMinTimestampSeconds || moment.seconds() > kMaxTimestampSeconds ||
        moment.nanos() < 0 || moment.nanos() > kMaxNanos) {
      violations.Add(path.Text(), "must be a moment from year 1 to 9999");
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
      violations.Add(path.Text(), "must be a duration of at most 10,000 years");
    }
    return true;
  }
  if (type == common::v1::Date::descriptor()) {
    const auto& date = static_cast<const common::v1::Date&>(message);
    if (!DateExists(date)) violations.Add(path.Text(), "must be a date that exists");
    return true;
  }
  return false;
}

class Checker {
 public:
  explicit Checker(base::Violations& violations) : violations_(violations) {}

  void Check(const Message& message, const Path& path) {
    for (const FieldCheck& check : ChecksOf(message.GetDescriptor()).fields) {
      CheckOne(message, check, Path(path, *check.field));
    }
  }

  void CheckOne(const Message& message, const FieldCheck& check, const Path& path) {
    if (check.limit == nullptr || check.limit->kind == Kind::kOutputOnly) return;
    if (check.field->is_repeated()) {
      CheckList(message, check, path);
    } else {
      CheckSingle(message, *check.field, *check.limit, path);
    }
  }

 private:
  void CheckSingle(const Message& message, const FieldDescriptor& field, const FieldLimit& limit,
                   const Path& path) {
    const Reflection& reflection = *message.GetReflection();
    const bool present = !field.has_presence() || reflection.HasField(message, &field);
    const bool required = limit.kind == Kind::kRequired;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (present) {
          if (limit.kind != Kind::kResource) CheckInner(reflection.GetMessage(message, &field), path);
        } else if (required || (limit.kind == Kind::kResource && field.containing_oneof() == nullptr)) {
          violations_.Add(path.Text(), "is required");
        }
        return;
      case FieldDescriptor::CPPTYPE_STRING:
        if (present)
          CheckText(reflection.GetStringReference(message, &field, &scratch_), limit, path, violations_);
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

  void CheckList(const Message& message, const FieldCheck& check, const Path& path) {
    const FieldDescriptor& field = *check.field;
    const FieldLimit& limit = *check.limit;
    const Reflection& reflection = *message.GetReflection();
    const int size = reflection.FieldSize(message, &field);
    if (size < limit.min) violations_.Add(path.Text(), "is required");
    if (size > limit.max) {
      violations_.Add(path.Text(), absl::StrCat("must have at most ", limit.max, " items; it has ", size));
      return;  // naming the faults of more than is allowed helps no one
    }
    std::set<std::string> seen;
    for (int i = 0; i < size; ++i) {
      const Path item_path(path, i);
      std::string item;
      switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_MESSAGE:
          CheckInner(reflection.GetRepeatedMessage(message, &field, i), item_path);
          continue;
        case FieldDescriptor::CPPTYPE_STRING:
          item = reflection.GetRepeatedString(message, &field, i);
          if (check.item_limit != nullptr) CheckText(item, *check.item_limit, item_path, violations_);
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
        violations_.Add(item_path.Text(), "is there twice");
      }
    }
  }

  void CheckInner(const Message& message, const Path& path) {
    if (!CheckWhole(message, path, violations_)) Check(message, path);
  }

  base::Violations& violations_;
  std::string scratch_;
};

// Adds a fault for every message with fields that this program does not know: they would be stored unchecked,
// and shown to whom the known ones are not.
void CheckKnown(const Message& message, const Path& path, base::Violations& violations) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) {
    const std::string text = path.Text();
    violations.Add(text.empty() ? "request" : text, "has fields that this version does not know");
  }
  for (const FieldDescriptor* field : ChecksOf(message.GetDescriptor()).messages) {
    const Path inner(path, *field);
    if (!field->is_repeated()) {
      if (reflection.HasField(message, field))
        CheckKnown(reflection.GetMessage(message, field), inner, violations);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      CheckKnown(reflection.GetRepeatedMessage(message, field, i), Path(inner, i), violations);
    }
  }
}

}  // namespace

void CheckMessage(const Message& message, absl::string_view path, base::Violations& violations) {
  absl::ConsumeSuffix(&path, ".");
  Checker(violations).Check(message, Path(path));
}

void CheckField(const Message& message, const std::string& field, absl::string_view path,
                base::Violations& violations) {
  for (const FieldCheck& check : ChecksOf(message.GetDescriptor()).fields) {
    if (check.field->name() == field) Checker(violations).CheckOne(message, check, Path(path));
  }
}

void CheckRequest(const Message& request, base::Violations& violations) {
  CheckKnown(request, Path(""), violations);
  CheckMessage(request, "", violations);
  const FieldDescriptor* field = ChecksOf(request.GetDescriptor()).request_id;
  if (field == nullptr) return;
  std::string scratch;
  const std::string& request_id = request.GetReflection()->GetStringReference(request, field, &scratch);
  if (!request_id.empty() && !base::IsUuid4(request_id)) {
    violations.Add("request_id", "must be a UUID, version 4, or empty");
  }
}

void ClearOutputOnly(Message& message) {
  const Reflection& reflection = *message.GetReflection();
  for (const auto& [field, limit, item_limit] : ChecksOf(message.GetDescriptor()).fields) {
    if (limit != nullptr && limit->kind == Kind::kOutputOnly) {
      reflection.ClearField(&message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (field->is_repeated()) {
        for (int j = 0; j < reflection.FieldSize(message, field); ++j) {
          ClearOutputOnly(*reflection.MutableRepeatedMessage(&message, field, j));
        }
      } else if (reflection.HasField(message, field)) {
        ClearOutputOnly(*reflection.MutableMessage(&message, field));
      }
    }
  }
}

}  // namespace brokerage::rpc

#include "apps/cli/output/describe.h"

#include <algorithm>
#include <functional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "apps/cli/output/text.h"
#include "base/text.h"
#include "brokerage/common/v1/availability.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Formatter = std::function<std::string(const Message&)>;
using Entries = std::vector<std::pair<std::string, std::string>>;

template <typename T>
std::pair<std::string, Formatter> Entry(std::function<std::string(const T&)> format) {
  return {T::descriptor()->full_name(),
          [format](const Message& message) { return format(static_cast<const T&>(message)); }};
}

// Messages that read as one value.
const absl::flat_hash_map<std::string, Formatter>& Formatters() {
  static const auto& formatters = *new absl::flat_hash_map<std::string, Formatter>{
      Entry<google::protobuf::Timestamp>(FormatTime),
      Entry<google::protobuf::Duration>(
          [](const google::protobuf::Duration& duration) { return FormatMinutes(duration.seconds() / 60); }),
      Entry<common::v1::Date>(FormatDate),
      Entry<common::v1::TimeOfDay>(FormatTimeOfDay),
      Entry<common::v1::WeeklyWindow>([](const common::v1::WeeklyWindow& window) {
        return absl::StrCat(FormatDay(window.day_of_week()), " ", FormatTimeOfDay(window.start_time()), "–",
                            FormatTimeOfDay(window.end_time()));
      }),
      Entry<matching::v1::Session>([](const matching::v1::Session& session) {
        return absl::StrCat(FormatTime(session.start_time()), ", ",
                            FormatMinutes(session.duration().seconds() / 60));
      }),
      Entry<matching::v1::Recurrence>([](const matching::v1::Recurrence& recurrence) {
        const std::string left_out = absl::StrJoin(
            recurrence.exdates(), ", ",
            [](std::string* text, const auto& start) { absl::StrAppend(text, FormatTime(start)); });
        return absl::StrCat("from ", FormatTime(recurrence.dtstart()), ", ",
                            FormatMinutes(recurrence.duration().seconds() / 60), " each, ",
                            recurrence.rrule(), left_out.empty() ? "" : ", without ", left_out);
      }),
      Entry<matching::v1::AvailabilityException>([](const matching::v1::AvailabilityException& exception) {
        return absl::StrCat(
            FormatEnum(*matching::v1::AvailabilityException::Kind_descriptor(), exception.kind()), " ",
            FormatTime(exception.start_time()), " to ", FormatTime(exception.end_time()));
      }),
  };
  return formatters;
}

// UPPER_SNAKE of a CamelCase name: the prefix of an enum's values.
std::string UpperSnake(absl::string_view camel) {
  std::string result;
  for (const char c : camel) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !result.empty()) result.push_back('_');
    result.push_back(absl::ascii_toupper(static_cast<unsigned char>(c)));
  }
  return result;
}

std::string FormatScalar(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(repeated ? reflection.GetRepeatedInt32(message, &field, index)
                                   : reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return FormatCount(repeated ? reflection.GetRepeatedInt64(message, &field, index)
                                  : reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(repeated ? reflection.GetRepeatedDouble(message, &field, index)
                                   : reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (repeated ? reflection.GetRepeatedBool(message, &field, index)
                       : reflection.GetBool(message, &field))
                 ? "yes"
                 : "no";
    case FieldDescriptor::CPPTYPE_ENUM:
      return FormatEnum(*field.enum_type(), repeated ? reflection.GetRepeatedEnumValue(message, &field, index)
                                                     : reflection.GetEnumValue(message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
      return repeated ? reflection.GetRepeatedString(message, &field, index)
                      : reflection.GetString(message, &field);
    default:
      return "";
  }
}

const Message& NestedMessage(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, index)
                             : reflection.GetMessage(message, &field);
}

bool IsRecord(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         !Formatters().contains(field.message_type()->full_name());
}

// An element of a list on one line: "skill: skills/driving, level: 4".
std::string OnOneLine(const Message& message);

std::string FormatValue(const Message& message, const FieldDescriptor& field, int index) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return FormatScalar(message, field, index);
  const Message& nested = NestedMessage(message, field, index);
  const auto formatter = Formatters().find(field.message_type()->full_name());
  return formatter == Formatters().end() ? OnOneLine(nested) : formatter->second(nested);
}

std::vector<const FieldDescriptor*> FieldsSet(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  // ListFields orders by number, which is the order of the contract.
  return fields;
}

std::string OnOneLine(const Message& message) {
  std::vector<std::string> parts;
  for (const FieldDescriptor* field : FieldsSet(message)) {
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    std::vector<std::string> values;
    for (int i = 0; i < count; ++i) values.push_back(FormatValue(message, *field, i));
    parts.push_back(absl::StrCat(field->name(), ": ", absl::StrJoin(values, " + ")));
  }
  return absl::StrJoin(parts, ", ");
}

void Append(const Message& message, const std::string& prefix, Entries* entries) {
  for (const FieldDescriptor* field : FieldsSet(message)) {
    // For programs; --json has them.
    if (field->name() == "etag" || field->name() == "consistency_token") continue;
    const std::string label = absl::StrCat(prefix, field->name());
    if (!field->is_repeated() && IsRecord(*field)) {
      Append(NestedMessage(message, *field, 0), absl::StrCat(label, "."), entries);
      continue;
    }
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i)
      entries->emplace_back(i == 0 ? label : "", FormatValue(message, *field, i));
  }
}

}  // namespace

std::string FormatEnum(const EnumDescriptor& type, int value) {
  const auto* descriptor = type.FindValueByNumber(value);
  if (descriptor == nullptr) return absl::StrCat(value);
  const std::string prefix = UpperSnake(type.name()) + "_";
  const absl::string_view full = descriptor->name();
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(full, prefix)), {{"_", " "}});
}

Entries Describe(const Message& message) {
  Entries entries;
  Append(message, "", &entries);
  return entries;
}

void PrintDescription(const Message& message, std::ostream& out) {
  const Entries entries = Describe(message);
  int width = 0;
  for (const auto& [label, value] : entries) width = std::max(width, base::DisplayWidth(label));
  for (const auto& [label, value] : entries) {
    const std::string indent(static_cast<std::size_t>(width + 2), ' ');
    const std::vector<std::string> lines = absl::StrSplit(value, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out << (i == 0 ? absl::StrCat(label, indent.substr(label.size())) : indent) << Printable(lines[i])
          << "\n";
    }
  }
}

}  // namespace brokerage::cli

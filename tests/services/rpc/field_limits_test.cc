// The table of limits against the contract: every field has its row, and every row is kept.

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/dynamic_message.h"

#include "services/rpc/validate.h"
#include "tests/support/contract.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Kind = FieldLimit::Kind;
using ::testing::IsEmpty;

const std::map<std::string, FieldLimit>& Rows() {
  static const auto& rows = *new std::map<std::string, FieldLimit>([] {
    std::map<std::string, FieldLimit> by_field;
    for (const FieldLimit& row : FieldLimits()) by_field.emplace(row.field, row);
    return by_field;
  }());
  return rows;
}

// The row of `field`: its own, or for a field of a request the one for its name.
const FieldLimit* RowOf(const FieldDescriptor& field) {
  auto found = Rows().find(field.full_name());
  if (found == Rows().end() && absl::EndsWith(field.containing_type()->name(), "Request")) {
    found = Rows().find(absl::StrCat("*.", field.name()));
  }
  return found == Rows().end() ? nullptr : &found->second;
}

// Requests, and the messages of ours that they hold at any depth.
const std::set<const Descriptor*>& Messages() {
  static const auto& messages = *new std::set<const Descriptor*>([] {
    std::set<const Descriptor*> found;
    std::vector<const Descriptor*> open;
    for (const auto* method : support::MethodsOf(support::AllServices()))
      open.push_back(method->input_type());
    while (!open.empty()) {
      const Descriptor* type = open.back();
      open.pop_back();
      // Moments, durations and dates are checked whole; what is inside output only is nobody's to send.
      if (absl::StartsWith(type->full_name(), "google.protobuf.") && type->name() != "FieldMask") continue;
      if (!found.insert(type).second) continue;
      for (int i = 0; i < type->field_count(); ++i) {
        const FieldLimit* row = RowOf(*type->field(i));
        if (row != nullptr && row->kind == Kind::kOutputOnly) continue;
        if (type->field(i)->message_type() != nullptr) open.push_back(type->field(i)->message_type());
      }
    }
    return found;
  }());
  return messages;
}

std::vector<const FieldDescriptor*> Fields() {
  std::vector<const FieldDescriptor*> fields;
  for (const Descriptor* type : Messages()) {
    for (int i = 0; i < type->field_count(); ++i) fields.push_back(type->field(i));
  }
  return fields;
}

std::unique_ptr<Message> New(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

// Whether a fault of exactly this field is found.
bool IsFaulty(const Message& message, const std::string& path) {
  base::Violations violations;
  CheckMessage(message, "", violations);
  const auto fields = support::FieldsOf(violations);
  return std::find(fields.begin(), fields.end(), path) != fields.end();
}

bool IsFaulty(const FieldDescriptor& field, const std::function<void(Message&)>& set) {
  const auto message = New(field.containing_type());
  set(*message);
  return IsFaulty(*message, field.name());
}

TEST(FieldLimits, EveryFieldOfEveryRequestHasItsRow) {
  std::vector<std::string> lacking;
  for (const FieldDescriptor* field : Fields()) {
    const FieldLimit* row = RowOf(*field);
    if (row == nullptr) lacking.push_back(field->full_name());
    if (row != nullptr && row->kind == Kind::kOutputOnly) continue;
    if (field->is_repeated() && field->type() == FieldDescriptor::TYPE_STRING &&
        Rows().count(absl::StrCat(field->full_name(), "[]")) == 0) {
      lacking.push_back(absl::StrCat(field->full_name(), "[]"));
    }
  }
  EXPECT_THAT(lacking, IsEmpty());
  EXPECT_GT(Fields().size(), 200u);  // the contract was found
}

TEST(FieldLimits, EveryRowIsOfAFieldAndFitsItsType) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::set<std::string> names;
  for (const FieldDescriptor* field : Fields()) names.insert(field->name());
  std::set<std::string> seen;
  for (const FieldLimit& row : FieldLimits()) {
    SCOPED_TRACE(row.field);
    EXPECT_TRUE(seen.insert(row.field).second) << "is there twice";
    if (absl::StartsWith(row.field, "*.")) {
      EXPECT_TRUE(names.count(row.field + 2) > 0) << "no request has such a field";
      continue;
    }
    const FieldDescriptor* field = pool->FindFieldByName(std::string(absl::StripSuffix(row.field, "[]")));
    ASSERT_NE(field, nullptr) << "there is no such field";
    const bool item = absl::EndsWith(row.field, "[]");
    const bool text = field->type() == FieldDescriptor::TYPE_STRING;
    switch (row.kind) {
      case Kind::kBytes:
      case Kind::kLines:
        EXPECT_TRUE(text && field->is_repeated() == item);
        EXPECT_GT(row.max, 0);
        break;
      case Kind::kItems:
      case Kind::kUniqueItems:
        EXPECT_TRUE(field->is_repeated());
        EXPECT_GT(row.max, 0);
        break;
      case Kind::kRange:
        EXPECT_TRUE(field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                    field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 ||
                    field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE);
        EXPECT_LT(row.min, row.max);
        break;
      case Kind::kRequired:
        EXPECT_TRUE(field->message_type() != nullptr || field->enum_type() != nullptr);
        EXPECT_FALSE(field->is_repeated());
        break;
      case Kind::kResource:
        EXPECT_NE(field->message_type(), nullptr);
        break;
      case Kind::kFree:
        EXPECT_FALSE(text) << "a text without a limit";
        EXPECT_FALSE(field->is_repeated()) << "a list without a limit";
        break;
      case Kind::kOutputOnly:
        break;
    }
  }
}

TEST(FieldLimits, TextsKeepTheirSizes) {
  int checked = 0;
  for (const FieldDescriptor* field : Fields()) {
    const FieldLimit* row = RowOf(*field);
    if (row == nullptr || (row->kind != Kind::kBytes && row->kind != Kind::kLines)) continue;
    SCOPED_TRACE(field->full_name());
    const auto with = [&](const std::string& text) {
      return IsFaulty(*field, [&](Message& m) { m.GetReflection()->SetString(&m, field, text); });
    };
    const auto max = static_cast<std::size_t>(row->max);
    EXPECT_FALSE(with(std::string(max, 'a')));
    EXPECT_TRUE(with(std::string(max + 1, 'a')));
    EXPECT_EQ(with(""), row->min > 0);
    EXPECT_TRUE(with("a\x01z"));
    EXPECT_EQ(with("a\nz"), row->kind == Kind::kBytes);
    ++checked;
  }
  EXPECT_GT(checked, 60);
}

TEST(FieldLimits, ListsKeepTheirLengths) {
  int checked = 0;
  for (const FieldDescriptor* field : Fields()) {
    const FieldLimit* row = RowOf(*field);
    if (row == nullptr || (row->kind != Kind::kItems && row->kind != Kind::kUniqueItems)) continue;
    SCOPED_TRACE(field->full_name());
    const auto with = [&](int64_t count) {
      return IsFaulty(*field, [&](Message& m) {
        for (int64_t i = 0; i < count; ++i) {
          const auto* reflection = m.GetReflection();
          if (field->message_type() != nullptr) {
            reflection->AddMessage(&m, field);
          } else if (field->enum_type() != nullptr) {
            reflection->AddEnumValue(&m, field, 1);
          } else {
            reflection->AddString(&m, field, absl::StrCat("item", i));
          }
        }
      });
    };
    EXPECT_FALSE(with(row->max));
    EXPECT_TRUE(with(row->max + 1));
    EXPECT_EQ(with(0), row->min > 0);
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

TEST(FieldLimits, ItemsKeepTheirSizesAndAreThereOnce) {
  int checked = 0;
  for (const FieldDescriptor* field : Fields()) {
    const FieldLimit* row = RowOf(*field);
    if (row == nullptr || !field->is_repeated() || row->kind == Kind::kOutputOnly) continue;
    SCOPED_TRACE(field->full_name());
    const auto message = New(field->containing_type());
    const auto* reflection = message->GetReflection();
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      const FieldLimit& item = Rows().at(absl::StrCat(field->full_name(), "[]"));
      reflection->AddString(message.get(), field, std::string(static_cast<std::size_t>(item.max), 'a'));
      reflection->AddString(message.get(), field, std::string(static_cast<std::size_t>(item.max) + 1, 'a'));
      reflection->AddString(message.get(), field, "");
      EXPECT_EQ(IsFaulty(*message, field->name() + "[2]"), item.min > 0);
    } else if (field->enum_type() != nullptr) {
      reflection->AddEnumValue(message.get(), field, 1);
      reflection->AddEnumValue(message.get(), field, 9999);
      reflection->AddEnumValue(message.get(), field, 0);
      EXPECT_TRUE(IsFaulty(*message, field->name() + "[2]"));
    } else {
      continue;
    }
    EXPECT_FALSE(IsFaulty(*message, field->name() + "[0]"));
    EXPECT_TRUE(IsFaulty(*message, field->name() + "[1]"));

    const auto twice = New(field->containing_type());
    for (int i = 0; i < 2; ++i) {
      if (field->enum_type() != nullptr) {
        twice->GetReflection()->AddEnumValue(twice.get(), field, 1);
      } else {
        twice->GetReflection()->AddString(twice.get(), field, "same");
      }
    }
    EXPECT_EQ(IsFaulty(*twice, field->name() + "[1]"), row->kind == Kind::kUniqueItems);
    ++checked;
  }
  EXPECT_GT(checked, 10);
}

TEST(FieldLimits, NumbersKeepTheirRanges) {
  int checked = 0;
  for (const FieldDescriptor* field : Fields()) {
    const FieldLimit* row = RowOf(*field);
    if (row == nullptr || row->kind != Kind::kRange) continue;
    SCOPED_TRACE(field->full_name());
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      const auto with = [&](double value) {
        return IsFaulty(*field, [&](Message& m) { m.GetReflection()->SetDouble(&m, field, value); });
      };
      const auto min = static_cast<double>(row->min);
      const auto max = static_cast<double>(row->max);
      EXPECT_FALSE(with(min));
      EXPECT_FALSE(with(max));
      EXPECT_TRUE(with(std::nextafter(min, -1e9)));
      EXPECT_TRUE(with(std::nextafter(max, 1e9)));
      EXPECT_TRUE(with(std::numeric_limits<double>::quiet_NaN()));
      EXPECT_TRUE(with(std::numeric_limits<double>::infinity()));
    } else {
      const bool wide = field->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
      const auto with = [&](int64_t value) {
        return IsFaulty(*field, [&](Message& m) {
          if (wide) {
            m.GetReflection()->SetInt64(&m, field, value);
          } else {
            m.GetReflection()->SetInt32(&m, field, static_cast<int32_t>(value));
          }
        });
      };
      EXPECT_FALSE(with(row->min));
      EXPECT_FALSE(with(row->max));
      EXPECT_TRUE(with(row->min - 1));
      if (wide || row->max < std::numeric_limits<int32_t>::max()) {
        EXPECT_TRUE(with(row->max + 1));
      }
    }
    ++checked;
  }
  EXPECT_GT(checked, 15);
}

TEST(FieldLimits, WhatIsRequiredIsAskedForAndEnumsAreKnown) {
  int checked = 0;
  for (const FieldDescriptor* field : Fields()) {
    const FieldLimit* row = RowOf(*field);
    if (row == nullptr || field->is_repeated()) continue;
    SCOPED_TRACE(field->full_name());
    if (row->kind == Kind::kRequired ||
        (row->kind == Kind::kResource && field->containing_oneof() == nullptr)) {
      EXPECT_TRUE(IsFaulty(*field, [](Message&) {}));
      if (field->message_type() != nullptr && row->kind == Kind::kResource) {
        EXPECT_FALSE(IsFaulty(*field, [&](Message& m) { m.GetReflection()->MutableMessage(&m, field); }));
      }
      ++checked;
    }
    if (field->enum_type() != nullptr && row->kind != Kind::kOutputOnly) {
      const auto with = [&](int number) {
        return IsFaulty(*field, [&](Message& m) { m.GetReflection()->SetEnumValue(&m, field, number); });
      };
      EXPECT_FALSE(with(1));
      EXPECT_TRUE(with(9999));
      EXPECT_EQ(with(0), row->kind == Kind::kRequired);
    }
  }
  EXPECT_GT(checked, 15);
}

}  // namespace
}  // namespace brokerage::rpc

#include "tests/support/field_cases.h"

#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/rpc/validate.h"

namespace brokerage::support {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using rpc::FieldLimit;
using Kind = FieldLimit::Kind;

// A number that no enum of the contract has.
constexpr int kUnknownValue = 9'999;

const FieldLimit* RowOf(const std::string& key) {
  static const auto& rows = *new std::map<std::string, const FieldLimit*>([] {
    std::map<std::string, const FieldLimit*> by_field;
    for (const FieldLimit& row : rpc::FieldLimits()) by_field.emplace(row.field, &row);
    return by_field;
  }());
  const auto found = rows.find(key);
  return found == rows.end() ? nullptr : found->second;
}

const FieldLimit* RowOf(const FieldDescriptor& field) {
  const FieldLimit* row = RowOf(field.full_name());
  return row != nullptr ? row : RowOf(absl::StrCat("*.", field.name()));
}

class Walk {
 public:
  void Into(const Descriptor* type, const std::string& prefix, std::vector<const FieldDescriptor*> way) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor& field = *type->field(i);
      const FieldLimit* row = RowOf(field);
      if (row == nullptr || row->kind == Kind::kOutputOnly) continue;
      field_ = &field;
      row_ = row;
      way_ = way;
      path_ = absl::StrCat(prefix, field.name());
      if (field.is_repeated()) {
        List();
      } else {
        Single();
      }
      const bool whole = field.message_type() == nullptr ||
                         absl::StartsWith(field.message_type()->full_name(), "google.protobuf.") ||
                         field.message_type()->name() == "Date";
      if (whole) continue;
      auto further = way;
      further.push_back(&field);
      Into(field.message_type(), absl::StrCat(prefix, field.name(), field.is_repeated() ? "[0]." : "."),
           std::move(further));
    }
  }

  std::vector<FieldCase> cases;

 private:
  using Set = std::function<void(Message& holder, const FieldDescriptor* field)>;

  void Add(const std::string& path, const std::string& what, bool good, bool plain, Set set) {
    cases.push_back(
        {path, what, good, plain, [way = way_, field = field_, set = std::move(set)](Message& request) {
           Message* holder = &request;
           for (const FieldDescriptor* step : way) {
             const auto* reflection = holder->GetReflection();
             if (!step->is_repeated()) {
               holder = reflection->MutableMessage(holder, step);
             } else if (reflection->FieldSize(*holder, step) > 0) {
               holder = reflection->MutableRepeatedMessage(holder, step, 0);
             } else {
               holder = reflection->AddMessage(holder, step);
             }
           }
           set(*holder, field);
         }});
  }

  void Text(const std::string& what, const std::string& text, bool good) {
    Add(path_, what, good, true, [text](Message& holder, const FieldDescriptor* field) {
      holder.GetReflection()->SetString(&holder, field, text);
    });
  }

  void Number(int64_t number, bool good) {
    const bool wide = field_->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
    if (!wide &&
        (number > std::numeric_limits<int32_t>::max() || number < std::numeric_limits<int32_t>::min())) {
      return;
    }
    Add(path_, absl::StrCat(number), good, true,
        [number, wide](Message& holder, const FieldDescriptor* field) {
          if (wide) {
            holder.GetReflection()->SetInt64(&holder, field, number);
          } else {
            holder.GetReflection()->SetInt32(&holder, field, static_cast<int32_t>(number));
          }
        });
  }

  void Real(double number, bool good) {
    Add(path_, absl::StrCat(number), good, true, [number](Message& holder, const FieldDescriptor* field) {
      holder.GetReflection()->SetDouble(&holder, field, number);
    });
  }

  void Single() {
    switch (row_->kind) {
      case Kind::kBytes:
      case Kind::kLines: {
        const auto max = static_cast<std::size_t>(row_->max);
        Text(absl::StrCat(max, " bytes"), std::string(max, 'a'), true);
        Text(absl::StrCat(max + 1, " bytes"), std::string(max + 1, 'a'), false);
        if (row_->min > 0) Text("empty", "", false);
        Text("a control character", "a\x02z", false);
        break;
      }
      case Kind::kRange:
        if (field_->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
          const auto min = static_cast<double>(row_->min);
          const auto max = static_cast<double>(row_->max);
          Real(min, true);
          Real(max, true);
          Real(std::nextafter(min, -std::numeric_limits<double>::infinity()), false);
          Real(std::nextafter(max, std::numeric_limits<double>::infinity()), false);
          Real(std::numeric_limits<double>::quiet_NaN(), false);
        } else {
          Number(row_->min, true);
          Number(row_->max, true);
          Number(row_->min - 1, false);
          if (row_->max < std::numeric_limits<int64_t>::max()) Number(row_->max + 1, false);
        }
        break;
      case Kind::kRequired:
      case Kind::kResource:
        if (field_->containing_oneof() != nullptr) break;
        Add(path_, "absent", false, false, [](Message& holder, const FieldDescriptor* field) {
          holder.GetReflection()->ClearField(&holder, field);
        });
        break;
      default:
        break;
    }
    if (field_->enum_type() != nullptr) {
      Add(path_, "an unknown value", false, false, [](Message& holder, const FieldDescriptor* field) {
        holder.GetReflection()->SetEnumValue(&holder, field, kUnknownValue);
      });
    }
  }

  static void AddItems(Message& holder, const FieldDescriptor* field, int64_t count) {
    const auto* reflection = holder.GetReflection();
    reflection->ClearField(&holder, field);
    for (int64_t i = 0; i < count; ++i) {
      if (field->message_type() != nullptr) {
        reflection->AddMessage(&holder, field);
      } else if (field->enum_type() != nullptr) {
        reflection->AddEnumValue(&holder, field, 1);
      } else {
        reflection->AddString(&holder, field, absl::StrCat("item", i));
      }
    }
  }

  void List() {
    for (const bool good : {true, false}) {
      const int64_t count = row_->max + (good ? 0 : 1);
      Add(path_, absl::StrCat(count, " items"), good, false,
          [count](Message& holder, const FieldDescriptor* field) { AddItems(holder, field, count); });
    }
    if (row_->min > 0) {
      Add(path_, "no items", false, false,
          [](Message& holder, const FieldDescriptor* field) { AddItems(holder, field, 0); });
    }
    const std::string first = absl::StrCat(path_, "[0]");
    if (field_->enum_type() != nullptr) {
      Add(first, "an unknown value", false, false, [](Message& holder, const FieldDescriptor* field) {
        AddItems(holder, field, 1);
        holder.GetReflection()->SetRepeatedEnumValue(&holder, field, 0, kUnknownValue);
      });
    }
    if (field_->type() == FieldDescriptor::TYPE_STRING) {
      const FieldLimit* item = RowOf(absl::StrCat(field_->full_name(), "[]"));
      const auto beyond = static_cast<std::size_t>(item->max) + 1;
      Add(first, absl::StrCat(beyond, " bytes"), false, false,
          [beyond](Message& holder, const FieldDescriptor* field) {
            AddItems(holder, field, 1);
            holder.GetReflection()->SetRepeatedString(&holder, field, 0, std::string(beyond, 'a'));
          });
    }
    if (row_->kind == Kind::kUniqueItems && field_->message_type() == nullptr) {
      Add(absl::StrCat(path_, "[1]"), "the same twice", false, false,
          [](Message& holder, const FieldDescriptor* field) {
            AddItems(holder, field, 1);
            if (field->enum_type() != nullptr) {
              holder.GetReflection()->AddEnumValue(&holder, field, 1);
            } else {
              holder.GetReflection()->AddString(&holder, field, "item0");
            }
          });
    }
  }

  const FieldDescriptor* field_ = nullptr;
  const FieldLimit* row_ = nullptr;
  std::vector<const FieldDescriptor*> way_;
  std::string path_;
};

}  // namespace

std::vector<FieldCase> FieldCases(const Descriptor* request) {
  Walk walk;
  walk.Into(request, "", {});
  return std::move(walk.cases);
}

}  // namespace brokerage::support

#include "tests/services/matching/resources/limit_changes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"

#include "brokerage/common/v1/date_time.pb.h"
#include "reference/causes.h"
#include "reference/skills.h"
#include "reference/vocabulary.h"
#include "tests/support/messages.h"

namespace brokerage::matching {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using rpc::FieldLimit;
using support::Parse;
using Kind = FieldLimit::Kind;

namespace {

constexpr int kUnknownEnum = 99;

// Every field below `message`; of lists of messages, those of the first item.
void Collect(Message& message, const std::string& prefix, std::vector<Site>& sites) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const std::string path = prefix + field->name();
    sites.push_back({path, &message, field});
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const Reflection& reflection = *message.GetReflection();
    if (field->is_repeated() && reflection.FieldSize(message, field) > 0) {
      Collect(*reflection.MutableRepeatedMessage(&message, field, 0), path + "[0].", sites);
    } else if (!field->is_repeated() && reflection.HasField(message, field)) {
      Collect(*reflection.MutableMessage(&message, field), path + ".", sites);
    }
  }
}

// A text of `size` bytes that means something in `field`, if there is one so long.
std::string TextFor(const FieldDescriptor& field, std::size_t size) {
  if (field.name() == "postcode") return std::string("TN23 1PL") + std::string(size - 8, ' ');
  std::string text(size, 'a');
  if (field.name() == "phone") {
    text.assign(size, ' ').replace(0, 3, "999");
  } else if (field.name() == "email" && size > 12) {
    text.replace(1, 1, "@").replace(size - 4, 4, ".org");
    // A label of a domain has no more than 63 bytes.
    for (std::size_t i = 52; i + 5 < size; i += 50) text[i] = '.';
  }
  return text;
}

// The n-th of as many different words as there are.
std::string WordFor(const FieldDescriptor& field, int n) {
  const auto at = [&](const auto& all) { return all[static_cast<std::size_t>(n) % all.size()].id; };
  if (field.name() == "causes") return "causes/" + at(reference::ShippedCauses().all());
  if (field.name() == "languages") return at(reference::ShippedLanguages().all());
  if (absl::StartsWith(field.name(), "access_")) return at(reference::ShippedAccessNeeds().all());
  return absl::StrCat("word ", n);
}

// Gives the list `size` items, all different where the tables have so many.
void Fill(const Site& site, int size) {
  const Reflection& reflection = site.reflection();
  switch (site.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      ASSERT_GT(reflection.FieldSize(*site.parent, site.field), 0) << site.path << " has no example";
      for (int i = reflection.FieldSize(*site.parent, site.field); i < size; ++i) {
        const Message& first = reflection.GetRepeatedMessage(*site.parent, site.field, 0);
        reflection.AddMessage(site.parent, site.field)->CopyFrom(first);
      }
      for (int i = 0; i < size; ++i) {
        Message* item = reflection.MutableRepeatedMessage(site.parent, site.field, i);
        const FieldDescriptor* skill = item->GetDescriptor()->FindFieldByName("skill");
        if (skill == nullptr) continue;
        const auto& all = reference::ShippedSkills().all();
        item->GetReflection()->SetString(item, skill, "skills/" + all[static_cast<std::size_t>(i)].id);
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.ClearField(site.parent, site.field);
      for (int i = 0; i < size; ++i) reflection.AddString(site.parent, site.field, WordFor(*site.field, i));
      return;
    default:
      reflection.ClearField(site.parent, site.field);
      for (int i = 0; i < size; ++i) {
        reflection.AddEnumValue(site.parent, site.field,
                                1 + i % (site.field->enum_type()->value_count() - 1));
      }
  }
}

void AddTextChanges(const FieldLimit& row, const std::string& path,
                    const std::function<void(const Site&, const std::string&)>& set,
                    std::vector<Change>& changes) {
  const auto max = static_cast<std::size_t>(row.max);
  const auto to = [set](std::size_t size) {
    return [set, size](const Site& site) { set(site, TextFor(*site.field, size)); };
  };
  changes.push_back({"longest", to(max), path, ""});
  changes.push_back({"too long", to(max + 1), path, absl::StrCat("must have at most ", row.max, " bytes")});
  if (row.min > 0) {
    changes.push_back({"empty", [set](const Site& site) { set(site, ""); }, path, "is required"});
  }
  changes.push_back({"control character", [set](const Site& site) { set(site, "a\x01"); }, path,
                     "must not have control characters"});
  changes.push_back({"line feed", [set](const Site& site) { set(site, "a\nb"); }, path,
                     row.kind == Kind::kLines ? "" : "must not have control characters"});
}

}  // namespace

const FieldLimit* RowFor(const std::string& field) {
  for (const FieldLimit& row : rpc::FieldLimits()) {
    if (row.field == field) return &row;
  }
  return nullptr;
}

bool MeansNothingAtItsLimit(const FieldDescriptor& field) {
  static const std::set<std::string> fields = {
      "skill",       "causes",      "languages",  "access_needs", "access_support",    "organisation",
      "hours",       "minutes",     "workforces", "barred_lists", "eligibility_basis", "licences",
      "minimum_age", "maximum_age", "rrule",      "time_zone"};
  return fields.count(field.name()) > 0;
}

std::vector<Change> ChangesFor(const Site& site, const FieldLimit& row) {
  std::vector<Change> changes;
  const FieldDescriptor& field = *site.field;
  const auto beyond_list = absl::StrCat("must have at most ", row.max, " items");
  if (field.is_repeated()) {
    changes.push_back(
        {"fullest", [&](const Site& at) { Fill(at, static_cast<int>(row.max)); }, site.path, ""});
    changes.push_back({"too full", [&](const Site& at) { Fill(at, static_cast<int>(row.max) + 1); },
                       site.path, beyond_list});
    if (row.min > 0) {
      changes.push_back({"none", [](const Site& at) { at.reflection().ClearField(at.parent, at.field); },
                         site.path, "is required"});
    }
    if (const FieldLimit* item = RowFor(field.full_name() + "[]")) {
      const auto set = [](const Site& at, const std::string& text) {
        at.reflection().ClearField(at.parent, at.field);
        at.reflection().AddString(at.parent, at.field, text);
      };
      AddTextChanges(*item, site.path + "[0]", set, changes);
    }
    if (row.kind == Kind::kUniqueItems) {
      changes.push_back({"twice",
                         [](const Site& at) {
                           Fill(at, 1);
                           if (at.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
                             at.reflection().AddString(at.parent, at.field, WordFor(*at.field, 0));
                           } else {
                             at.reflection().AddEnumValue(at.parent, at.field, 1);
                           }
                         },
                         site.path + "[1]", "is there twice"});
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      for (const auto& [value, fault] : {std::pair(0, "is required"), {kUnknownEnum, "has no value 99"}}) {
        changes.push_back({"enum",
                           [value = value](const Site& at) {
                             at.reflection().ClearField(at.parent, at.field);
                             at.reflection().AddEnumValue(at.parent, at.field, value);
                           },
                           site.path + "[0]", fault});
      }
    }
    return changes;
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      AddTextChanges(
          row, site.path,
          [](const Site& at, const std::string& text) {
            at.reflection().SetString(at.parent, at.field, text);
          },
          changes);
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      if (row.kind != Kind::kRange) break;
      for (const auto& [value, good] :
           {std::pair(row.min, true), {row.max, true}, {row.min - 1, false}, {row.max + 1, false}}) {
        changes.push_back({absl::StrCat(value),
                           [value = value](const Site& at) {
                             at.reflection().SetInt32(at.parent, at.field, static_cast<int32_t>(value));
                           },
                           site.path, good ? "" : absl::StrCat("must be ", row.min, " to ", row.max)});
      }
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      const double max = static_cast<double>(row.max);
      const double infinity = std::numeric_limits<double>::infinity();
      for (const auto& [value, good] : {std::pair(max, true),
                                        {-max, true},
                                        {std::nextafter(max, infinity), false},
                                        {-std::nextafter(max, infinity), false},
                                        {std::nan(""), false}}) {
        changes.push_back(
            {absl::StrCat(value),
             [value = value](const Site& at) { at.reflection().SetDouble(at.parent, at.field, value); },
             site.path, good ? "" : absl::StrCat("must be ", row.min, " to ", row.max)});
      }
      break;
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      for (const auto& [value, fault] : {std::pair(0, row.kind == Kind::kRequired ? "is required" : ""),
                                         {kUnknownEnum, "has no value 99"}}) {
        changes.push_back(
            {"enum",
             [value = value](const Site& at) { at.reflection().SetEnumValue(at.parent, at.field, value); },
             site.path, fault});
      }
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (row.kind == Kind::kRequired) {
        changes.push_back({"absent", [](const Site& at) { at.reflection().ClearField(at.parent, at.field); },
                           site.path, "is required"});
      }
      if (field.message_type() == common::v1::Date::descriptor()) {
        changes.push_back({"29 February 2026",
                           [](const Site& at) {
                             at.reflection()
                                 .MutableMessage(at.parent, at.field)
                                 ->CopyFrom(Parse<common::v1::Date>("year: 2026 month: 2 day: 29"));
                           },
                           site.path, "must be a date that exists"});
      }
      if (field.message_type() == google::protobuf::Timestamp::descriptor()) {
        changes.push_back({"nanoseconds below 0",
                           [](const Site& at) {
                             at.reflection()
                                 .MutableMessage(at.parent, at.field)
                                 ->CopyFrom(Parse<google::protobuf::Timestamp>("seconds: 60 nanos: -1"));
                           },
                           site.path, "must be a moment from year 1 to 9999"});
      }
      break;
    default:
      break;
  }
  return changes;
}

std::vector<Site> SitesOf(Message& message, const std::string& prefix) {
  std::vector<Site> sites;
  Collect(message, prefix, sites);
  return sites;
}

}  // namespace brokerage::matching

// The filters of lists (a small part of AIP-160): conjunctions of `field op literal`.
//
//   filter := term { "AND" term }        term := field op literal
//   op     := "=" | "!=" | "<" | "<=" | ">" | ">=" | ":"
//   literal := a word of [A-Za-z0-9_./:+-], or a text in double quotes with \" and \\ inside
//
// Which fields, and what an operator means there, is each resource's table of FilterFields:
//   kText      =  !=  exact; : a prefix, without regard to case
//   kWord      :  each word of the literal begins one of the value's (base::FoldedWords)
//   kEnum      =  !=  a value's name, with or without its prefix
//   kReference =  !=  a resource name; : the same (the list has it)
//   kFlag      =  !=  true or false
//   kMoment    =  !=  <  <=  >  >=  RFC 3339
//   kDate      =  !=  <  <=  >  >=  a day like 2026-11-23
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"

#include "base/errors.h"

namespace brokerage::rpc {

enum class FilterKind { kText, kWord, kEnum, kReference, kFlag, kMoment, kDate };
enum class FilterOp { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kHas };

// What a field may be compared with.
struct FilterFieldType {
  std::string name;
  FilterKind kind;
  const google::protobuf::EnumDescriptor* enumeration = nullptr;  // of kEnum
};

using FilterValue = std::variant<std::string, int, bool, absl::Time, absl::CivilDay>;

// A term, checked against its field's type; texts are case-folded where they are to be compared so.
struct FilterTerm {
  std::size_t field = 0;  // index into the types
  FilterOp op = FilterOp::kEqual;
  FilterValue literal;
};

// Parses `filter`; every fault is added as one of the field "filter". Empty filters have no terms.
std::vector<FilterTerm> ParseFilter(absl::string_view filter, const std::vector<FilterFieldType>& types,
                                    base::Violations& violations);

// A record's values of a field: several for lists, none when it is not set.
using FilterValues = std::vector<FilterValue>;

// The words of a text, as a field of kWord has them.
FilterValues WordsOf(const std::string& text);

// Whether `term` holds of a record with `values`. Equality and comparison hold when any value does; != when
// none is equal.
bool TermHolds(const FilterTerm& term, const FilterFieldType& type, const FilterValues& values);

// The fields of a resource by which it may be filtered, and how to read them.
template <typename Resource>
struct FilterField {
  FilterFieldType type;
  std::function<FilterValues(const Resource&)> read;
};

template <typename Resource>
class Filter {
 public:
  Filter(absl::string_view text, std::vector<FilterField<Resource>> fields, base::Violations& violations)
      : fields_(std::move(fields)) {
    std::vector<FilterFieldType> types;
    for (const auto& field : fields_) types.push_back(field.type);
    terms_ = ParseFilter(text, types, violations);
  }

  bool Matches(const Resource& resource) const {
    for (const FilterTerm& term : terms_) {
      const auto& field = fields_[term.field];
      if (!TermHolds(term, field.type, field.read(resource))) return false;
    }
    return true;
  }

  // What `field` is compared with by `op`, where a term says so: all that match hold it, so that who looks
  // for them may look among fewer. Null where no term does.
  const FilterValue* Find(absl::string_view field, FilterOp op) const {
    for (const FilterTerm& term : terms_) {
      if (term.op == op && fields_[term.field].type.name == field) return &term.literal;
    }
    return nullptr;
  }

 private:
  const std::vector<FilterField<Resource>> fields_;
  std::vector<FilterTerm> terms_;
};

// order_by of lists.
struct ListOrder {
  bool by_update_time = false;
  bool descending = false;
};

// `name` (also when empty) or `update_time`, either with ` asc` or ` desc`; anything else is a fault of
// "order_by".
ListOrder ParseOrder(absl::string_view order_by, base::Violations& violations);

}  // namespace brokerage::rpc

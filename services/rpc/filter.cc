#include "services/rpc/filter.h"

#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "base/text.h"

namespace brokerage::rpc {
namespace {

constexpr char kField[] = "filter";
constexpr std::size_t kMaxTerms = 20;
constexpr std::size_t kDayLength = 10;

bool IsWordCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::string_view("_./:+-").find(c) != absl::string_view::npos;
}

// Reads tokens off the front of a text.
class Scanner {
 public:
  explicit Scanner(absl::string_view text) : rest_(text) {}

  void SkipSpace() { rest_ = absl::StripLeadingAsciiWhitespace(rest_); }
  bool AtEnd() const { return rest_.empty(); }

  absl::string_view FieldName() {
    std::size_t length = 0;
    while (length < rest_.size() &&
           (absl::ascii_isalnum(static_cast<unsigned char>(rest_[length])) || rest_[length] == '_')) {
      ++length;
    }
    return Take(length);
  }

  std::optional<FilterOp> Operator() {
    static constexpr std::pair<absl::string_view, FilterOp> kOperators[] = {
        {"!=", FilterOp::kNotEqual}, {"<=", FilterOp::kLessOrEqual}, {">=", FilterOp::kGreaterOrEqual},
        {"=", FilterOp::kEqual},     {"<", FilterOp::kLess},         {">", FilterOp::kGreater},
        {":", FilterOp::kHas}};
    for (const auto& [text, op] : kOperators) {
      if (absl::ConsumePrefix(&rest_, text)) return op;
    }
    return std::nullopt;
  }

  std::optional<std::string> Literal() {
    if (!absl::ConsumePrefix(&rest_, "\"")) {
      std::size_t length = 0;
      while (length < rest_.size() && IsWordCharacter(rest_[length])) ++length;
      if (length == 0) return std::nullopt;
      return std::string(Take(length));
    }
    std::string text;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return text;
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      text.push_back(rest_[i]);
    }
    return std::nullopt;  // no closing quote
  }

 private:
  absl::string_view Take(std::size_t length) {
    const absl::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  absl::string_view rest_;
};

bool OperatorFits(FilterKind kind, FilterOp op) {
  if (kind == FilterKind::kWord) return op == FilterOp::kHas;
  if (op == FilterOp::kEqual || op == FilterOp::kNotEqual) return true;
  if (op == FilterOp::kHas) return kind == FilterKind::kText || kind == FilterKind::kReference;
  return kind == FilterKind::kMoment || kind == FilterKind::kDate;
}

// What every value's name begins with: "STATE_", as the zero value is named STATE_UNSPECIFIED.
absl::string_view PrefixOf(const google::protobuf::EnumDescriptor& enumeration) {
  return absl::StripSuffix(enumeration.value(0)->name(), "UNSPECIFIED");
}

// Sets the term's literal. The fault, or empty.
std::string Interpret(const std::string& text, const FilterFieldType& type, FilterTerm* term) {
  switch (type.kind) {
    case FilterKind::kText:
      term->literal = term->op == FilterOp::kHas ? base::FoldCase(text) : text;
      return "";
    case FilterKind::kWord:
    case FilterKind::kReference:
      term->literal = text;
      return "";
    case FilterKind::kFlag:
      if (text != "true" && text != "false") return absl::StrCat(type.name, " is true or false");
      term->literal = text == "true";
      return "";
    case FilterKind::kMoment: {
      absl::Time moment;
      std::string error;
      const bool is_read = absl::ParseTime(absl::RFC3339_full, text, &moment, &error);
      if (!is_read || moment == absl::InfiniteFuture() || moment == absl::InfinitePast()) {
        return absl::StrCat(type.name, " needs a moment like 2026-11-23T09:00:00Z");
      }
      term->literal = moment;
      return "";
    }
    case FilterKind::kDate: {
      absl::CivilDay day;
      // Abseil reads more than is a day here: spaces, signs, years of any length.
      if (text.size() != kDayLength || !absl::ParseCivilTime(text, &day) ||
          absl::FormatCivilTime(day) != text) {
        return absl::StrCat(type.name, " needs a day like 2026-11-23");
      }
      term->literal = day;
      return "";
    }
    case FilterKind::kEnum:
      for (int i = 0; i < type.enumeration->value_count(); ++i) {
        const auto* value = type.enumeration->value(i);
        if (value->number() == 0) continue;
        if (value->name() == text || value->name() == absl::StrCat(PrefixOf(*type.enumeration), text)) {
          term->literal = value->number();
          return "";
        }
      }
      return absl::StrCat(type.name, " has no value \"", text, "\"");
  }
  return "cannot be read";
}

}  // namespace

std::vector<FilterTerm> ParseFilter(absl::string_view filter, const std::vector<FilterFieldType>& types,
                                    base::Violations& violations) {
  std::vector<FilterTerm> terms;
  Scanner scanner(filter);
  scanner.SkipSpace();
  if (scanner.AtEnd()) return terms;
  while (true) {
    scanner.SkipSpace();
    const std::string name(scanner.FieldName());
    scanner.SkipSpace();
    const auto op = scanner.Operator();
    scanner.SkipSpace();
    const auto literal = op ? scanner.Literal() : std::nullopt;
    if (name.empty() || !op || !literal) {
      violations.Add(kField, "must be terms like state=OPEN joined by AND");
      return {};
    }
    FilterTerm term;
    term.op = *op;
    const FilterFieldType* type = nullptr;
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (types[i].name != name) continue;
      type = &types[i];
      term.field = i;
    }
    if (type == nullptr) {
      violations.Add(kField, absl::StrCat("has no field \"", name, "\"; there are ",
                                          absl::StrJoin(types, ", ", [](std::string* out, const auto& known) {
                                            out->append(known.name);
                                          })));
    } else if (!OperatorFits(type->kind, term.op)) {
      violations.Add(kField, absl::StrCat("that operator does not fit ", name));
    } else if (const std::string fault = Interpret(*literal, *type, &term); !fault.empty()) {
      violations.Add(kField, fault);
    } else if (type->kind == FilterKind::kWord) {  // as many terms as words
      for (std::string& word : base::FoldedWords(*literal)) {
        term.literal = std::move(word);
        terms.push_back(term);
      }
    } else {
      terms.push_back(std::move(term));
    }
    if (terms.size() > kMaxTerms) {
      violations.Add(kField, absl::StrCat("must have at most ", kMaxTerms, " terms"));
      return {};
    }
    scanner.SkipSpace();
    if (scanner.AtEnd()) break;
    if (scanner.FieldName() != "AND") {
      violations.Add(kField, "must be terms like state=OPEN joined by AND");
      return {};
    }
  }
  return terms;
}

bool TermHolds(const FilterTerm& term, const FilterFieldType& type, const FilterValues& values) {
  const auto any = [&](auto holds) {
    for (const auto& value : values) {
      if (holds(value)) return true;
    }
    return false;
  };
  switch (term.op) {
    case FilterOp::kEqual:
      return any([&](const auto& value) { return value == term.literal; });
    case FilterOp::kNotEqual:
      return !any([&](const auto& value) { return value == term.literal; });
    case FilterOp::kHas:
      if (type.kind == FilterKind::kReference)
        return any([&](const auto& value) { return value == term.literal; });
      return any([&](const auto& value) {
        return absl::StartsWith(base::FoldCase(std::get<std::string>(value)),
                                std::get<std::string>(term.literal));
      });
    case FilterOp::kLess:
      return any([&](const auto& value) { return value < term.literal; });
    case FilterOp::kLessOrEqual:
      return any([&](const auto& value) { return value <= term.literal; });
    case FilterOp::kGreater:
      return any([&](const auto& value) { return value > term.literal; });
    case FilterOp::kGreaterOrEqual:
      return any([&](const auto& value) { return value >= term.literal; });
  }
  return false;
}

ListOrder ParseOrder(absl::string_view order_by, base::Violations& violations) {
  ListOrder order;
  const std::vector<absl::string_view> words =
      absl::StrSplit(order_by, absl::ByAnyChar(" "), absl::SkipEmpty());
  if (words.empty()) return order;
  const bool known = words[0] == "name" || words[0] == "update_time";
  const bool direction =
      words.size() == 1 || (words.size() == 2 && (words[1] == "asc" || words[1] == "desc"));
  if (!known || !direction) {
    violations.Add("order_by", "must be name or update_time, either with \" desc\"");
    return order;
  }
  order.by_update_time = words[0] == "update_time";
  order.descending = words.size() == 2 && words[1] == "desc";
  return order;
}

FilterValues WordsOf(const std::string& text) {
  std::vector<std::string> words = base::FoldedWords(text);
  return FilterValues(std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
}

}  // namespace brokerage::rpc

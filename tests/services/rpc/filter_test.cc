#include "services/rpc/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "brokerage/registry/v1/organisation.pb.h"
#include "services/rpc/moments.h"
#include "tests/support/messages.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using registry::v1::Organisation;
using support::FieldsOf;
using support::Parse;
using ::testing::Each;
using ::testing::Not;
using ::testing::SizeIs;

const std::vector<FilterField<Organisation>>& Fields() {
  static const auto& fields = *new std::vector<FilterField<Organisation>>{
      {{"state", FilterKind::kEnum, Organisation::State_descriptor()},
       [](const Organisation& o) { return FilterValues{o.state()}; }},
      {{"display_name", FilterKind::kText},
       [](const Organisation& o) { return FilterValues{o.display_name()}; }},
      {{"word", FilterKind::kWord}, [](const Organisation& o) { return WordsOf(o.display_name()); }},
      {{"cause", FilterKind::kReference},
       [](const Organisation& o) { return FilterValues(o.causes().begin(), o.causes().end()); }},
      {{"described", FilterKind::kFlag},
       [](const Organisation& o) { return FilterValues{!o.description().empty()}; }},
      {{"update_time", FilterKind::kMoment},
       [](const Organisation& o) {
         return o.has_update_time() ? FilterValues{ToTime(o.update_time())} : FilterValues{};
       }},
      {{"update_date", FilterKind::kDate},
       [](const Organisation& o) {
         if (!o.has_update_time()) return FilterValues{};
         return FilterValues{absl::ToCivilDay(ToTime(o.update_time()), absl::UTCTimeZone())};
       }},
  };
  return fields;
}

constexpr char kAnn[] = R"(
  display_name: "Ann's Élan Café" state: STATE_ACTIVE causes: "causes/care" causes: "causes/animal-welfare"
  description: "x" update_time { seconds: 1767225600 })";  // 2026-01-01T00:00:00Z

TEST(Filter, TellsWhatMatches) {
  const struct {
    const char* filter;
    bool matches;
  } kTable[] = {
      {"", true},
      {"   ", true},
      {"state=ACTIVE", true},
      {"state = STATE_ACTIVE", true},
      {"state=SUSPENDED", false},
      {"state!=SUSPENDED", true},
      {"state!=ACTIVE", false},
      {"display_name=\"Ann's Élan Café\"", true},
      {"display_name=\"ann's élan café\"", false},  // = is exact
      {"display_name:\"ann's é\"", true},           // : is a prefix without regard to case
      {"display_name:\"ANN'S E\xCC\x81LAN\"", true},
      {"display_name:ann", true},
      {"display_name:lan", false},
      {"display_name:\"\"", true},
      {"display_name!=Bob", true},
      {"word:caf", true},
      {"word:\"ANN'S\"", true},
      {"word:anns", true},
      {"word:s", false},
      {"word:\"café, é\"", true},  // each of its words begins one, in any order
      {"word:\"café tea\"", false},
      {"word:\" - \"", true},  // no word
      {"cause=causes/care", true},
      {"cause:causes/animal-welfare", true},
      {"cause=causes/arts-and-culture", false},
      {"cause!=causes/care", false},  // none is equal
      {"cause!=causes/arts-and-culture", true},
      {"described=true", true},
      {"described=false", false},
      {"described!=false", true},
      {"update_time=2026-01-01T00:00:00Z", true},
      {"update_time=\"2026-01-01T01:00:00+01:00\"", true},
      {"update_time<2026-01-01T00:00:00Z", false},
      {"update_time<=2026-01-01T00:00:00Z", true},
      {"update_time>2025-12-31T23:59:59.999Z", true},
      {"update_time>=2026-01-01T00:00:01Z", false},
      {"update_date=2026-01-01", true},
      {"update_date!=2026-01-01", false},
      {"update_date<2026-01-01", false},
      {"update_date<=2026-01-01", true},
      {"update_date>2025-12-31", true},
      {"update_date>=2026-01-02", false},
      {"state=ACTIVE AND cause=causes/care", true},
      {"state=ACTIVE AND cause=causes/care AND described=false", false},
      {"state=ACTIVE  AND  display_name:\"ann\"", true},
  };
  const auto ann = Parse<Organisation>(kAnn);
  for (const auto& row : kTable) {
    base::Violations violations;
    const Filter<Organisation> filter(row.filter, Fields(), violations);
    EXPECT_TRUE(violations.empty()) << row.filter << ": " << violations.ToStatus();
    EXPECT_EQ(filter.Matches(ann), row.matches) << row.filter;
  }
}

TEST(Filter, AFieldWithoutAValueOnlyDiffers) {
  base::Violations violations;
  const auto holds = [&](const char* text) {
    return Filter<Organisation>(text, Fields(), violations).Matches(Organisation());
  };
  EXPECT_FALSE(holds("update_time<2030-01-01T00:00:00Z"));
  EXPECT_FALSE(holds("cause=causes/care"));
  EXPECT_TRUE(holds("cause!=causes/care"));
  EXPECT_TRUE(violations.empty());
}

TEST(Filter, SaysWhatAFieldIsComparedWith) {
  base::Violations violations;
  const Filter<Organisation> filter(
      "state=ACTIVE AND update_date<2026-01-02 AND cause:causes/care AND cause:causes/arts-and-culture",
      Fields(), violations);
  ASSERT_TRUE(violations.empty());
  EXPECT_EQ(*filter.Find("state", FilterOp::kEqual), FilterValue(Organisation::STATE_ACTIVE));
  EXPECT_EQ(*filter.Find("update_date", FilterOp::kLess), FilterValue(absl::CivilDay(2026, 1, 2)));
  EXPECT_EQ(*filter.Find("cause", FilterOp::kHas), FilterValue(std::string("causes/care")));
  EXPECT_EQ(filter.Find("state", FilterOp::kNotEqual), nullptr);
  EXPECT_EQ(filter.Find("described", FilterOp::kEqual), nullptr);
}

TEST(Filter, EscapesInQuotes) {
  base::Violations violations;
  const Filter<Organisation> filter("display_name=\"a\\\"b\\\\c AND d\"", Fields(), violations);
  Organisation organisation;
  organisation.set_display_name("a\"b\\c AND d");
  EXPECT_TRUE(violations.empty());
  EXPECT_TRUE(filter.Matches(organisation));
}

TEST(Filter, RefusesWhatItDoesNotKnow) {
  for (const char* text : {"state",
                           "state=",
                           "=ACTIVE",
                           "state==ACTIVE",
                           "state=ACTIVE OR state=SUSPENDED",
                           "state=ACTIVE,cause=x",
                           "state=ACTIVE AND",
                           "AND state=ACTIVE",
                           "state=ACTIVE cause=causes/care",
                           "(state=ACTIVE)",
                           "NOT state=ACTIVE",
                           "nonsense=1",
                           "state=NONSENSE",
                           "state=STATE_UNSPECIFIED",
                           "state=TIVE",
                           "state:ACTIVE",
                           "state<ACTIVE",
                           "display_name<x",
                           "word=ann",
                           "word!=ann",
                           "word<ann",
                           "display_name=\"open",
                           "display_name=\"open\\",
                           "described=yes",
                           "described:true",
                           "update_time=yesterday",
                           "update_time:2026-01-01T00:00:00Z",
                           "update_time<2026-13-01T00:00:00Z",
                           "update_date=2026-02-29",
                           "update_date=01/02/2026",
                           "update_date<2026-01",
                           "update_date<2026-1-3",
                           "update_date<20260-01-01",
                           "update_date<-2026-01-01",
                           "update_date<+026-01-01",
                           "update_date<=\" 2026-01-01\"",
                           "update_time<infinite-future",
                           "update_time>infinite-past",
                           "update_date<2026-01-01T00:00:00Z",
                           "update_date:2026-01-01",
                           "state=ACTIVE and state=ACTIVE",
                           "cause<causes/care",
                           "state=*"}) {
    base::Violations violations;
    const Filter<Organisation> filter(text, Fields(), violations);
    EXPECT_THAT(FieldsOf(violations), Not(::testing::IsEmpty())) << text;
    EXPECT_THAT(FieldsOf(violations), Each("filter")) << text;
  }
}

TEST(Filter, NamesEveryFault) {
  base::Violations violations;
  const Filter<Organisation> filter("nonsense=1 AND state=NONSENSE AND described=maybe", Fields(),
                                    violations);
  EXPECT_THAT(FieldsOf(violations), SizeIs(3));
}

TEST(Filter, HasAtMostTwentyTerms) {
  std::string text = "state=ACTIVE";
  for (int i = 1; i < 20; ++i) text += " AND state=ACTIVE";
  base::Violations violations;
  const Filter<Organisation> most(text, Fields(), violations);
  EXPECT_TRUE(violations.empty());
  const Filter<Organisation> more(text + " AND state=ACTIVE", Fields(), violations);
  EXPECT_THAT(FieldsOf(violations), SizeIs(1));
}

TEST(Filter, CountsTheWordsThatItLooksForAsTerms) {
  std::string words = "a";
  for (int i = 1; i < 20; ++i) words += " a";
  base::Violations violations;
  const Filter<Organisation> most("word:\"" + words + "\"", Fields(), violations);
  EXPECT_TRUE(violations.empty());
  const Filter<Organisation> more("word:\"" + words + " a\"", Fields(), violations);
  EXPECT_THAT(FieldsOf(violations), SizeIs(1));
}

TEST(Order, IsByNameOrUpdateTime) {
  const struct {
    const char* text;
    bool by_update_time;
    bool descending;
  } kGood[] = {{"", false, false},         {"name", false, false},       {"name asc", false, false},
               {"name desc", false, true}, {"update_time", true, false}, {" update_time  desc ", true, true}};
  for (const auto& row : kGood) {
    base::Violations violations;
    const ListOrder order = ParseOrder(row.text, violations);
    EXPECT_TRUE(violations.empty()) << row.text;
    EXPECT_EQ(order.by_update_time, row.by_update_time) << row.text;
    EXPECT_EQ(order.descending, row.descending) << row.text;
  }
  for (const char* text :
       {"display_name", "name,update_time", "name down", "desc", "name desc asc", "NAME"}) {
    base::Violations violations;
    ParseOrder(text, violations);
    EXPECT_THAT(FieldsOf(violations), ::testing::ElementsAre("order_by")) << text;
  }
}

}  // namespace
}  // namespace brokerage::rpc

// Who may be the same person, beyond what CreateVolunteer's own tests show.
#include "services/matching/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

using support::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using v1::Volunteer;

constexpr char kCentre[] = "centres/ashford";

std::string Name(const std::string& id) { return "centres/ashford/volunteers/" + id; }

TEST(Duplicates, WaysOfWritingANumberAreOne) {
  Duplicates duplicates;
  duplicates.Put(Name("a"), Parse<Volunteer>("contact { phone: '01233 555000' }"));
  struct Case {
    const char* phone;
    bool same;
  };
  const Case table[] = {{"01233555000", true},      {"+44 1233 555000", true},  {"+44 (0)1233 555000", true},
                        {"0044 1233 555000", true}, {" +441233-555.000", true}, {"1233 555000", false},
                        {"01233 555001", false},    {"441233555000", false},    {"+33 1233 555000", false}};
  for (const Case& test : table) {
    const auto other = Parse<Volunteer>("contact { phone: '" + std::string(test.phone) + "' }");
    EXPECT_EQ(duplicates.Find(kCentre, other, "").size(), test.same ? 1U : 0U) << test.phone;
  }
}

TEST(Duplicates, TooLittleJoinsNobody) {
  Duplicates duplicates;
  const char* const texts[] = {"contact { phone: '12345' }", "display_name: 'Ann'",
                               "contact { postcode: 'TN23 1PL' }",
                               "date_of_birth { year: 1990 month: 1 day: 1 }", ""};
  for (int i = 0; i < 5; ++i) duplicates.Put(Name(std::to_string(i)), Parse<Volunteer>(texts[i]));
  for (const char* text : texts)
    EXPECT_THAT(duplicates.Find(kCentre, Parse<Volunteer>(text), ""), IsEmpty()) << text;
}

TEST(Duplicates, WhatWasChangedOrRemovedCountsNoMore) {
  Duplicates duplicates;
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  const auto bob = Parse<Volunteer>("contact { email: 'bob@example.org' }");
  duplicates.Put(Name("a"), ann);
  duplicates.Put(Name("b"), ann);
  EXPECT_THAT(duplicates.Find(kCentre, ann, ""), ElementsAre(Name("a"), Name("b")));
  EXPECT_THAT(duplicates.Find(kCentre, ann, Name("a")), ElementsAre(Name("b")));
  duplicates.Put(Name("a"), bob);
  EXPECT_THAT(duplicates.Find(kCentre, ann, ""), ElementsAre(Name("b")));
  EXPECT_THAT(duplicates.Find(kCentre, bob, ""), ElementsAre(Name("a")));
  duplicates.Remove(Name("b"));
  duplicates.Remove(Name("b"));
  EXPECT_THAT(duplicates.Find(kCentre, ann, ""), IsEmpty());
}

TEST(Duplicates, CentresAreApart) {
  Duplicates duplicates;
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  duplicates.Put("centres/dover/volunteers/a", ann);
  EXPECT_THAT(duplicates.Find(kCentre, ann, ""), IsEmpty());
  EXPECT_THAT(duplicates.Find("centres/dover", ann, ""), SizeIs(1));
}

TEST(Duplicates, AnAddressOfManyNamesTheFirstOnly) {
  Duplicates duplicates;
  const auto office = Parse<Volunteer>("contact { email: 'office@example.org' }");
  for (int i = 0; i < 100; ++i) duplicates.Put(Name(std::to_string(1'000 + i)), office);
  const auto found = duplicates.Find(kCentre, office, "");
  EXPECT_THAT(found, SizeIs(Duplicates::kMaxFound));
  EXPECT_EQ(found.front(), Name("1000"));
}

}  // namespace
}  // namespace brokerage::matching

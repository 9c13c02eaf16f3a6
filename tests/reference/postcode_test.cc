#include "reference/postcode.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/shared_data.h"

namespace brokerage::reference {
namespace {

constexpr char kCases[] = "cases/peer_cases_postcode.json";

using Answer = std::optional<std::string>;

template <typename Part>
Answer PartOf(const std::string& text, Part part) {
  const auto postcode = Postcode::Parse(text);
  if (!postcode) return std::nullopt;
  return std::string(part(*postcode));
}

// Every kind of question of the file of cases, as we answer it.
Answer Ask(const std::string& question, const std::string& text) {
  static const auto* const answers = new std::map<std::string, Answer (*)(const std::string&)>{
      {"validation", [](const std::string& t) -> Answer { return Postcode::Parse(t) ? "true" : "false"; }},
      {"normalisation", [](const std::string& t) { return PartOf(t, [](auto& p) { return p.ToString(); }); }},
      {"areas", [](const std::string& t) { return PartOf(t, [](auto& p) { return p.area(); }); }},
      {"districts",
       [](const std::string& t) { return PartOf(t, [](auto& p) { return p.postcode_district(); }); }},
      {"sub-districts",
       [](const std::string& t) -> Answer {
         const auto postcode = Postcode::Parse(t);
         if (!postcode || !postcode->sub_district()) return std::nullopt;
         return std::string(*postcode->sub_district());
       }},
      {"sectors", [](const std::string& t) { return PartOf(t, [](auto& p) { return p.sector(); }); }},
      {"outcodes", [](const std::string& t) { return PartOf(t, [](auto& p) { return p.outcode(); }); }},
      {"incodes", [](const std::string& t) { return PartOf(t, [](auto& p) { return p.incode(); }); }},
      {"units", [](const std::string& t) { return PartOf(t, [](auto& p) { return p.unit(); }); }},
      {"fix", [](const std::string& t) -> Answer { return FixPostcode(t); }},
  };
  const auto found = answers->find(question);
  if (found == answers->end()) {
    ADD_FAILURE() << "a question that we do not know: " << question;
    return std::nullopt;
  }
  return found->second(text);
}

TEST(Postcode, AnswersEveryPublishedCase) {
  SKIP_WITHOUT_SHARED_DATA(kCases);
  std::ifstream file(brokerage::testing::SharedDataPath(kCases));
  const nlohmann::json cases = nlohmann::json::parse(file);
  EXPECT_EQ(cases.size(), 219u);
  for (const nlohmann::json& one : cases) {
    const nlohmann::json& expected = one["expected"];
    Answer wanted;
    if (expected.is_boolean()) wanted = expected.get<bool>() ? "true" : "false";
    if (expected.is_string()) wanted = expected.get<std::string>();
    const std::string input = one["input"];
    EXPECT_EQ(Ask(one["op"], input), wanted) << one.dump();
  }
}

struct Parsed {
  const char* text;
  const char* normal;  // null when the text is no postcode
};

class PostcodeParse : public ::testing::TestWithParam<Parsed> {};

TEST_P(PostcodeParse, GivesTheNormalFormOrNothing) {
  const auto postcode = Postcode::Parse(GetParam().text);
  ASSERT_EQ(postcode.has_value(), GetParam().normal != nullptr);
  if (postcode) {
    EXPECT_EQ(postcode->ToString(), GetParam().normal);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, PostcodeParse,
    ::testing::Values(Parsed{"TN23 1AA", "TN23 1AA"}, Parsed{"tn231aa", "TN23 1AA"},
                      Parsed{"\t tn23 \t 1aa \n", "TN23 1AA"}, Parsed{"m1 1ae", "M1 1AE"},
                      Parsed{"W1A0AX", "W1A 0AX"}, Parsed{"EC1A1BB", "EC1A 1BB"}, Parsed{"", nullptr},
                      Parsed{" ", nullptr}, Parsed{"TN23", nullptr}, Parsed{"TN23 1", nullptr},
                      Parsed{"TN23 1A", nullptr}, Parsed{"TN23 1AAA", nullptr}, Parsed{"TN 23 1AA", nullptr},
                      Parsed{"TN23 1 AA", nullptr}, Parsed{"TN231 1AA", nullptr},
                      Parsed{"TNN23 1AA", nullptr}, Parsed{"T 1AA", nullptr}, Parsed{"2N3 1AA", nullptr},
                      Parsed{"TN23 AAA", nullptr}, Parsed{"TN23-1AA", nullptr},
                      Parsed{"TN23 1A\xC3\x84", nullptr}, Parsed{"\xEF\xBC\xB4N23 1AA", nullptr},
                      Parsed{"AA9A9 9AA", nullptr}));

TEST(Postcode, TakesApartEveryShape) {
  struct Parts {
    const char* text;
    const char* area;
    const char* district;
    std::optional<std::string> sub_district;
    const char* sector;
  };
  const std::vector<Parts> table = {
      {"M1 1AE", "M", "M1", std::nullopt, "M1 1"},     {"M60 1NW", "M", "M60", std::nullopt, "M60 1"},
      {"CT1 2XX", "CT", "CT1", std::nullopt, "CT1 2"}, {"TN23 1AA", "TN", "TN23", std::nullopt, "TN23 1"},
      {"W1A 0AX", "W", "W1", "W1A", "W1A 0"},          {"EC1A 1BB", "EC", "EC1", "EC1A", "EC1A 1"},
  };
  for (const Parts& parts : table) {
    const auto postcode = Postcode::Parse(parts.text);
    ASSERT_TRUE(postcode.has_value()) << parts.text;
    EXPECT_EQ(postcode->area(), parts.area);
    EXPECT_EQ(postcode->postcode_district(), parts.district);
    EXPECT_EQ(postcode->sub_district().has_value(), parts.sub_district.has_value()) << parts.text;
    if (parts.sub_district && postcode->sub_district()) {
      EXPECT_EQ(*postcode->sub_district(), *parts.sub_district);
    }
    EXPECT_EQ(postcode->sector(), parts.sector);
  }
}

TEST(Postcode, OrdersByOutcodeThenIncode) {
  const std::vector<const char*> ascending = {"CT1 1AA",  "CT1 1AB", "CT1 2AA",
                                              "CT10 1AA", "CT2 1AA", "M1 1AA"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(*Postcode::Parse(ascending[i]) < *Postcode::Parse(ascending[j]), i < j);
      EXPECT_EQ(*Postcode::Parse(ascending[i]) == *Postcode::Parse(ascending[j]), i == j);
    }
  }
}

TEST(Outcode, ParsesAlone) {
  EXPECT_EQ(ParseOutcode(" tn23 "), "TN23");
  EXPECT_EQ(ParseOutcode("m1"), "M1");
  EXPECT_EQ(ParseOutcode("ec1a"), "EC1A");
  for (const char* bad : {"", "T", "TN", "23", "TN231", "TN 23", "TN23 1AA", "TNA", "TN2-"}) {
    EXPECT_EQ(ParseOutcode(bad), std::nullopt) << bad;
  }
}

// What is mended reads as a postcode unless doubt remains, and mending again changes nothing.
TEST(FixPostcode, MendsOnceAndForAll) {
  for (const char* text :
       {"TN23 1AA", "TN23 IAA", "TN23 OAA", "TN23 10A", "0X1 1AA", "1P1 1AA", "not at all", ""}) {
    const std::string mended = FixPostcode(text);
    EXPECT_EQ(FixPostcode(mended), mended) << text;
  }
  EXPECT_EQ(FixPostcode("tn23iaa"), "TN23 1AA");
  EXPECT_EQ(FixPostcode("1P1 1AA"), "IP1 1AA");
  EXPECT_EQ(FixPostcode("TN 23 1AA"), "TN 23 1AA");
}

}  // namespace
}  // namespace brokerage::reference

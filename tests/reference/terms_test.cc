#include "reference/terms.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace brokerage::reference {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kAll = 1'000;

const TermIndex& Shipped() {
  static const auto* const index = new TermIndex(ShippedSkills(), ShippedCauses());
  return *index;
}

std::string Id(const TermHit& hit) {
  return hit.kind == TermKind::kSkill ? "skills/" + ShippedSkills().at(hit.index).id
                                      : "causes/" + ShippedCauses().at(hit.index).id;
}

std::vector<std::string> Ids(const std::vector<TermHit>& hits) {
  std::vector<std::string> ids;
  for (const TermHit& hit : hits) ids.push_back(Id(hit));
  return ids;
}

struct Case {
  const char* text;
  const char* first;  // the best hit
  TermMatch match;
  const char* matched;
};

class Terms : public ::testing::TestWithParam<Case> {};

TEST_P(Terms, AreFound) {
  const auto hits = Shipped().Resolve(GetParam().text, std::nullopt, kAll);
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(Id(hits[0]), GetParam().first);
  EXPECT_EQ(hits[0].match, GetParam().match);
  EXPECT_EQ(hits[0].matched, GetParam().matched);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Terms,
    ::testing::Values(Case{"First aid", "skills/first-aid", TermMatch::kLabel, "First aid"},
                      Case{"  FIRST   AID ", "skills/first-aid", TermMatch::kLabel, "First aid"},
                      Case{"cpr", "skills/first-aid", TermMatch::kSynonym, "CPR"},
                      Case{"bsl", "skills/sign-language", TermMatch::kSynonym, "BSL"},
                      Case{"first-aid", "skills/first-aid", TermMatch::kOneTypo, "First aid"},
                      Case{"frist aid", "skills/first-aid", TermMatch::kOneTypo, "First aid"},
                      Case{"gardning", "skills/gardening", TermMatch::kOneTypo, "Gardening"},
                      Case{"gardeening", "skills/gardening", TermMatch::kOneTypo, "Gardening"},
                      Case{"gardwning", "skills/gardening", TermMatch::kOneTypo, "Gardening"},
                      Case{"gard", "skills/gardening", TermMatch::kPrefix, "Gardening"},
                      Case{"Youth and children", "causes/youth-and-children", TermMatch::kLabel,
                           "Youth & children"},
                      Case{"religion&faith", "causes/religion-faith", TermMatch::kLabel, "Religion & Faith"},
                      Case{"toddlers", "causes/youth-and-children", TermMatch::kSynonym, "Toddlers"},
                      Case{"animal welfare", "causes/animal-welfare", TermMatch::kLabel, "Animal Welfare"},
                      Case{"counseling", "skills/counselling", TermMatch::kOneTypo, "counselling"}),
    [](const auto& tested) { return "Case" + std::to_string(tested.index); });

TEST(TermIndex, AnAmbiguousTermGivesAllItMayMean) {
  EXPECT_THAT(Ids(Shipped().Resolve("treasurer", std::nullopt, kAll)),
              ElementsAre("skills/accountancy", "skills/financial-management"));
  EXPECT_THAT(Ids(Shipped().Resolve("Coach", TermKind::kSkill, 2)),
              ElementsAre("skills/mentoring", "skills/sports-coaching"));
}

TEST(TermIndex, BestKindsOfMatchComeFirstAndEachHitOnce) {
  // "animal welfare" is a label among the causes and a synonym among the skills.
  const auto hits = Shipped().Resolve("animal welfare", std::nullopt, kAll);
  EXPECT_THAT(Ids(hits), ElementsAre("causes/animal-welfare", "skills/animal-care"));
  for (const char* text : {"a", "s", "care", "support", "music", "health"}) {
    const auto all = Shipped().Resolve(text, std::nullopt, kAll);
    std::vector<std::string> ids = Ids(all);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                               [](const TermHit& a, const TermHit& b) { return a.match < b.match; }));
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end()) << text;
  }
}

TEST(TermIndex, OnlyTheAskedKindAndNoMoreThanAsked) {
  for (const TermHit& hit : Shipped().Resolve("c", TermKind::kCause, kAll))
    EXPECT_EQ(hit.kind, TermKind::kCause);
  for (const TermHit& hit : Shipped().Resolve("c", TermKind::kSkill, kAll))
    EXPECT_EQ(hit.kind, TermKind::kSkill);
  const auto all = Shipped().Resolve("c", std::nullopt, kAll);
  ASSERT_GT(all.size(), 5u);
  EXPECT_THAT(Shipped().Resolve("c", std::nullopt, 5), SizeIs(5));
  const std::vector<std::string> ids = Ids(all);
  EXPECT_THAT(Ids(Shipped().Resolve("c", std::nullopt, 5)),
              ElementsAreArray(std::vector<std::string>(ids.begin(), ids.begin() + 5)));
}

TEST(TermIndex, NothingIsFoundInNothing) {
  for (const char* text : {"", "   ", "qwertyuiop", "\xFF\xFE", "\xFF"}) {
    EXPECT_THAT(Shipped().Resolve(text, std::nullopt, kAll), IsEmpty()) << text;
  }
  EXPECT_THAT(Shipped().Resolve("first aid", std::nullopt, 0), IsEmpty());
}

TEST(TermIndex, ShortTermsForgiveNoTypingError) {
  const Skills skills({{"g", "Group"}}, {{.id = "three", .label = "abc", .group = "g", .synonyms = {}},
                                         {.id = "four", .label = "wxyz", .group = "g", .synonyms = {}}});
  const TermIndex index(skills, Causes({}));
  EXPECT_THAT(index.Resolve("abd", std::nullopt, kAll), IsEmpty());
  EXPECT_THAT(index.Resolve("xabc", std::nullopt, kAll), IsEmpty());
  EXPECT_THAT(index.Resolve("wxyy", std::nullopt, kAll), SizeIs(1));
  EXPECT_THAT(index.Resolve("xyz", std::nullopt, kAll), SizeIs(1));
  EXPECT_THAT(index.Resolve("wxzy", std::nullopt, kAll), SizeIs(1));
}

TEST(TermIndex, ATypingErrorIsOfACharacterNotOfAByte) {
  const Skills skills({{"g", "Group"}},
                      {{.id = "one", .label = "Caf\xC3\xA9 host", .group = "g", .synonyms = {}}});
  const TermIndex index(skills, Causes({}));
  EXPECT_THAT(index.Resolve("cafe host", std::nullopt, kAll), SizeIs(1));
  EXPECT_THAT(index.Resolve("caf host", std::nullopt, kAll), SizeIs(1));
  EXPECT_THAT(index.Resolve("CAF\xC3\x89 HOST", std::nullopt, kAll), SizeIs(1));
  EXPECT_THAT(index.Resolve("ca host", std::nullopt, kAll), IsEmpty());
}

// Optimal string alignment distance by the whole table, as every textbook has it.
std::size_t PlainDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({replaced, d[i - 1][j] + 1, d[i][j - 1] + 1});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(WithinOneTypo, EqualsThePlainDistanceOnAllShortWords) {
  std::vector<std::string> words = {""};
  for (std::size_t from = 0, length = 1; length <= 4; ++length) {
    const std::size_t end = words.size();
    for (; from < end; ++from) {
      for (const char c : {'a', 'b', 'c'}) words.push_back(words[from] + c);
    }
  }
  ASSERT_EQ(words.size(), 1u + 3 + 9 + 27 + 81);
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      ASSERT_EQ(WithinOneTypo(a, b), PlainDistance(a, b) <= 1) << a << " and " << b;
    }
  }
}

// Every term of the shipped tables, with a random error made to it: found exactly where the plain distance
// says.
TEST(TermIndex, EqualsBruteForceThroughRandomErrors) {
  std::vector<std::tuple<TermKind, int32_t, std::string>> terms;
  for (std::size_t i = 0; i < ShippedSkills().all().size(); ++i) {
    const Skill& skill = ShippedSkills().all()[i];
    terms.emplace_back(TermKind::kSkill, i, FoldTerm(skill.label));
    for (const std::string& synonym : skill.synonyms)
      terms.emplace_back(TermKind::kSkill, i, FoldTerm(synonym));
  }
  for (std::size_t i = 0; i < ShippedCauses().all().size(); ++i) {
    const Cause& cause = ShippedCauses().all()[i];
    terms.emplace_back(TermKind::kCause, i, FoldTerm(cause.label));
    for (const std::string& synonym : cause.synonyms)
      terms.emplace_back(TermKind::kCause, i, FoldTerm(synonym));
  }
  std::mt19937 random(20'261'123);
  const auto below = [&random](std::size_t bound) { return random() % bound; };
  for (int round = 0; round < 400; ++round) {
    std::string text = std::get<2>(terms[below(terms.size())]);
    for (std::size_t errors = below(3); errors > 0; --errors) {
      const std::size_t at = below(text.size());
      const char letter = static_cast<char>('a' + below(26));
      switch (below(4)) {
        case 0:
          text.insert(at, 1, letter);
          break;
        case 1:
          if (text.size() > 1) text.erase(at, 1);
          break;
        case 2:
          text[at] = letter;
          break;
        default:
          if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
      }
    }
    text = FoldTerm(text);
    if (text.empty()) continue;
    std::vector<std::pair<TermKind, int32_t>> expected;
    for (const auto& [kind, index, term] : terms) {
      const bool similar_length = term.size() + 1 >= text.size() && term.size() <= text.size() + 1;
      const bool typo = term.size() >= kMinTypoTermLength && similar_length && PlainDistance(term, text) <= 1;
      if (term.rfind(text, 0) == 0 || typo) expected.emplace_back(kind, index);
    }
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    std::vector<std::pair<TermKind, int32_t>> found;
    for (const TermHit& hit : Shipped().Resolve(text, std::nullopt, kAll))
      found.emplace_back(hit.kind, hit.index);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, expected) << text;
  }
}

}  // namespace
}  // namespace brokerage::reference

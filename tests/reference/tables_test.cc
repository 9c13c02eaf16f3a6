#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <string>

#include "base/files.h"
#include "base/ids.h"
#include "reference/causes.h"
#include "reference/centroids.h"
#include "reference/districts.h"
#include "reference/postcode.h"
#include "reference/shipped.h"
#include "reference/skills.h"
#include "reference/terms.h"
#include "reference/vocabulary.h"

namespace brokerage::reference {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ShippedTables, AreTheFilesOfTheTree) {
  for (const auto& [name, shipped] :
       std::vector<std::pair<std::string, absl::string_view>>{{"access_needs", AccessNeedsCsv()},
                                                              {"causes", CausesCsv()},
                                                              {"centroids", CentroidsCsv()},
                                                              {"districts", DistrictsCsv()},
                                                              {"languages", LanguagesCsv()},
                                                              {"skill_groups", SkillGroupsCsv()},
                                                              {"skills", SkillsCsv()},
                                                              {"waters", WatersCsv()}}) {
    const auto file = base::ReadFile("reference/data/" + name + ".csv");
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_TRUE(*file == shipped) << name;
  }
}

TEST(ShippedTablesDeathTest, AFaultyTableStopsTheProgram) {
  EXPECT_DEATH(ShippedRows("id,label\na\n", {"id", "label"}), "line 2");
  EXPECT_DEATH(ShippedRows("id,name\na,b\n", {"id", "label"}), "line 1");
  EXPECT_DEATH(ShippedRows("", {"id", "label"}), "no rows");
}

TEST(Districts, AreKentsTwelve) {
  const Districts& districts = KentDistricts();
  ASSERT_EQ(districts.all().size(), 12u);
  std::set<std::string> codes;
  int64_t people = 0;
  for (const District& district : districts.all()) {
    codes.insert(district.code);
    people += district.population;
    EXPECT_EQ(districts.FindByCode(district.code), &district);
    EXPECT_EQ(districts.FindById(district.id), &district);
    EXPECT_EQ(district.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos) << district.id;
  }
  EXPECT_EQ(*codes.begin(), "E07000105");
  EXPECT_EQ(*codes.rbegin(), "E07000116");
  EXPECT_EQ(codes.size(), 12u);
  EXPECT_EQ(people, 1'576'200);
  EXPECT_EQ(districts.FindById("folkestone-and-hythe")->name, "Folkestone and Hythe");
  EXPECT_EQ(districts.FindById("ashford")->code, "E07000105");
  EXPECT_EQ(districts.FindByCode("E06000035"), nullptr);
  EXPECT_EQ(districts.FindById("outside"), nullptr);
}

TEST(Districts, ARecordLiesInAServedOneOrOutsideOrNobodyKnows) {
  const Districts& districts = KentDistricts();
  EXPECT_EQ(districts.ForRecord("E07000105"), "E07000105");
  EXPECT_EQ(districts.ForRecord("E06000035"), kOutside);
  EXPECT_EQ(districts.ForRecord(""), "");
  EXPECT_TRUE(districts.IsValidForRecord("E07000105"));
  EXPECT_TRUE(districts.IsValidForRecord(kOutside));
  EXPECT_FALSE(districts.IsValidForRecord("E06000035"));
  EXPECT_FALSE(districts.IsValidForRecord(""));
  EXPECT_FALSE(districts.IsValidForRecord("ashford"));
}

TEST(Districts, OtherOnesAreConfiguration) {
  const auto medway = Districts::Parse("code,id,name,population\nE06000035,medway,Medway,279800\n");
  ASSERT_TRUE(medway.ok()) << medway.status();
  EXPECT_EQ(medway->ForRecord("E06000035"), "E06000035");
  EXPECT_EQ(medway->ForRecord("E07000105"), kOutside);
  EXPECT_EQ(medway->FindById("medway")->population, 279'800);
}

TEST(Districts, EveryFaultIsNamedWithItsLine) {
  const auto districts = Districts::Parse(
      "code,id,name,population\n"
      "E07000105,ashford,Ashford,1\n"
      "e07000106,Canterbury,,-1\n"
      "E07000105,ashford,Again,x\n"
      "E07000107,outside,Out,0\n"
      "E07000108,dover\n"
      "E07000109,\"open\"x,y,1\n");
  ASSERT_FALSE(districts.ok());
  EXPECT_EQ(districts.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(districts.status().message());
  EXPECT_THAT(message, Not(HasSubstr("line 2")));
  EXPECT_THAT(message,
              AllOf(HasSubstr("line 3: the code is not"), HasSubstr("the id is not of lower-case letters"),
                    HasSubstr("the name is missing"), HasSubstr("the population")));
  EXPECT_THAT(message, AllOf(HasSubstr("line 4: the population"), HasSubstr("the code was given before"),
                             HasSubstr("the id was given before")));
  EXPECT_THAT(message, AllOf(HasSubstr("line 5: the id"), HasSubstr("line 6: there are 2 fields"),
                             HasSubstr("line 7: a quotation mark")));
}

TEST(Districts, HeaderAndContentAreNeeded) {
  EXPECT_THAT(std::string(Districts::Parse("id,code\n").status().message()), HasSubstr("the header must be"));
  EXPECT_THAT(std::string(Districts::Parse("").status().message()), HasSubstr("no district"));
  EXPECT_THAT(std::string(Districts::Parse("code,id,name,population\n").status().message()),
              HasSubstr("no district"));
  EXPECT_EQ(Districts::Load("/nowhere/districts.csv").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Districts::Load("reference/data/districts.csv")->all().size(), 12u);
  EXPECT_THAT(std::string(Districts::Load("reference/data/skills.csv").status().message()),
              HasSubstr("reference/data/skills.csv: line 1"));
}

// What both tables of words promise.
template <typename Table>
void ExpectAWellFormedTree(const Table& table) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < table.all().size(); ++i) {
    const auto& item = table.all()[i];
    SCOPED_TRACE(item.id);
    EXPECT_TRUE(base::IsClientId(item.id));
    EXPECT_TRUE(ids.insert(item.id).second) << "twice";
    EXPECT_EQ(table.IndexOf(item.id), static_cast<int32_t>(i));
    EXPECT_EQ(&table.at(static_cast<int32_t>(i)), &item);
    EXPECT_FALSE(item.label.empty());
    EXPECT_GE(item.parent, -1);
    EXPECT_LT(item.parent, static_cast<int32_t>(i));
    EXPECT_EQ(table.parents()[i], item.parent);
    std::set<std::string> words = {FoldTerm(item.label)};
    for (const std::string& synonym : item.synonyms) {
      EXPECT_FALSE(FoldTerm(synonym).empty());
      EXPECT_TRUE(words.insert(FoldTerm(synonym)).second) << "said twice: " << synonym;
    }
  }
  EXPECT_EQ(table.parents().size(), table.all().size());
  EXPECT_EQ(table.IndexOf("no-such-word"), std::nullopt);
  EXPECT_EQ(table.IndexOf(""), std::nullopt);
}

TEST(Skills, AreAWellFormedTree) {
  const Skills& skills = ShippedSkills();
  EXPECT_EQ(skills.all().size(), 148u);
  EXPECT_EQ(skills.groups().size(), 12u);
  ExpectAWellFormedTree(skills);
}

TEST(Skills, GroupsAreNoSkillsAndHoldTheirParents) {
  const Skills& skills = ShippedSkills();
  std::set<std::string> groups;
  for (const SkillGroup& group : skills.groups()) {
    EXPECT_TRUE(groups.insert(group.id).second);
    EXPECT_FALSE(group.label.empty());
    EXPECT_EQ(skills.IndexOf(group.id), std::nullopt) << group.id;
  }
  for (const Skill& skill : skills.all()) {
    EXPECT_TRUE(groups.contains(skill.group)) << skill.id;
    if (skill.parent >= 0) {
      EXPECT_EQ(skills.at(skill.parent).group, skill.group) << skill.id;
    }
  }
}

TEST(Skills, KnowTheirParents) {
  const Skills& skills = ShippedSkills();
  const Skill& van = skills.at(*skills.IndexOf("van-driving"));
  EXPECT_EQ(skills.at(van.parent).id, "driving");
  EXPECT_EQ(skills.at(*skills.IndexOf("driving")).parent, -1);
  EXPECT_THAT(skills.at(*skills.IndexOf("first-aid")).synonyms, Contains("CPR"));
}

TEST(Causes, AreTheStandards45) {
  const Causes& causes = ShippedCauses();
  EXPECT_EQ(causes.all().size(), 45u);
  ExpectAWellFormedTree(causes);
  EXPECT_EQ(causes.IndexOf("cause"), std::nullopt) << "the root is not a cause";
  EXPECT_EQ(causes.IndexOfStandardId("AnimalWelfare"), causes.IndexOf("animal-welfare"));
  EXPECT_EQ(causes.IndexOfStandardId("Cause"), std::nullopt);
  const Cause& illness = causes.at(*causes.IndexOf("illness"));
  EXPECT_EQ(causes.at(illness.parent).id, "health");
  const Cause& offenders = causes.at(*causes.IndexOf("offenders-and-ex-offenders"));
  EXPECT_EQ(causes.at(causes.at(offenders.parent).parent).id, "crime-safety") << "three levels deep";
}

TEST(Causes, SlipsOfTheStandardAreMended) {
  for (const Cause& cause : ShippedCauses().all()) {
    for (const std::string& synonym : cause.synonyms) {
      for (const char* slip : {"Diabled", "Vulerable", "Suport", "Behavioral"}) {
        EXPECT_THAT(synonym, Not(HasSubstr(slip))) << cause.id;
      }
    }
  }
}

TEST(Vocabularies, AreWellFormed) {
  for (const Vocabulary* vocabulary : {&ShippedAccessNeeds(), &ShippedLanguages()}) {
    std::set<std::string> ids;
    for (const Term& term : vocabulary->all()) {
      EXPECT_TRUE(base::IsClientId(term.id)) << term.id;
      EXPECT_TRUE(ids.insert(term.id).second) << term.id;
      EXPECT_FALSE(term.label.empty()) << term.id;
      EXPECT_EQ(vocabulary->Find(term.id), &term);
    }
    EXPECT_EQ(vocabulary->Find("no-such-word"), nullptr);
    EXPECT_EQ(vocabulary->Find(""), nullptr);
  }
  EXPECT_EQ(ShippedLanguages().Find("bfi")->label, "British Sign Language");
  EXPECT_EQ(ShippedLanguages().Find("ne")->label, "Nepali");
  EXPECT_EQ(ShippedLanguages().Find("EN"), nullptr);
  EXPECT_NE(ShippedAccessNeeds().Find("step-free-access"), nullptr);
}

TEST(Centroids, AreOfSectorsAndOutcodesOfFiveAreas) {
  std::size_t outcodes = 0;
  std::set<std::string> areas;
  for (const Centroid& centroid : ShippedCentroids()) {
    SCOPED_TRACE(centroid.code);
    const std::string full = centroid.code + (centroid.code.find(' ') == std::string::npos ? " 1AA" : "AA");
    const auto postcode = Postcode::Parse(full);
    ASSERT_TRUE(postcode.has_value());
    areas.insert(std::string(postcode->area()));
    if (ParseOutcode(centroid.code)) ++outcodes;
    EXPECT_FALSE(centroid.district_codes.empty());
    EXPECT_GT(centroid.point.latitude_e7, 508'000'000);
    EXPECT_LT(centroid.point.latitude_e7, 516'000'000);
    EXPECT_GT(centroid.point.longitude_e7, -1'000'000);
    EXPECT_LT(centroid.point.longitude_e7, 15'000'000);
  }
  EXPECT_EQ(areas, (std::set<std::string>{"BR", "CT", "DA", "ME", "TN"}));
  EXPECT_EQ(outcodes, 108u);
  EXPECT_EQ(ShippedCentroids().size() - outcodes, 381u);
}

}  // namespace
}  // namespace brokerage::reference

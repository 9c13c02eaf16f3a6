#include "apps/cli/client/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace brokerage::cli {
namespace {

using testing::HasSubstr;

TEST(Names, WholeOrTheirLastSegment) {
  struct Case {
    const char* typed;
    const char* centre;
    const char* expected;  // empty: refused
  };
  const Case cases[] = {
      {"centres/ashford/volunteers/v1", "", "centres/ashford/volunteers/v1"},
      {"centres/canterbury/volunteers/v1", "ashford", "centres/canterbury/volunteers/v1"},
      {"v1", "ashford", "centres/ashford/volunteers/v1"},
      {"v1", "", ""},
      {"v1", "-", ""},
      {"volunteers/v1", "ashford", ""},
      {"centres/ashford/opportunities/o1", "ashford", ""},
      {"centres/ashford/volunteers/", "ashford", ""},
      {"", "ashford", ""},
      {"v 1", "ashford", ""},
      {"../v1", "ashford", ""},
  };
  for (const Case& c : cases) {
    const auto name = NameInCentre<base::VolunteerName>(c.typed, c.centre);
    EXPECT_EQ(name.value_or(""), c.expected) << c.typed << " of " << c.centre;
  }
}

TEST(Names, ARefusalShowsWhatANameLooksLike) {
  EXPECT_THAT(std::string(NameInCentre<base::OpportunityName>("a/b", "ashford").status().message()),
              HasSubstr("centres/CENTRE/opportunities/ID"));
  EXPECT_THAT(std::string(NameInCentre<base::CredentialName>("k1", "").status().message()),
              HasSubstr("--centre"));
}

TEST(Names, WhatBelongsToNoCentre) {
  EXPECT_EQ(TopLevelName<base::OrganisationName>("organisations/", "o1").value_or(""), "organisations/o1");
  EXPECT_EQ(TopLevelName<base::OrganisationName>("organisations/", "organisations/o1").value_or(""),
            "organisations/o1");
  EXPECT_EQ(TopLevelName<base::CentreName>("centres/", "ashford").value_or(""), "centres/ashford");
  EXPECT_EQ(TopLevelName<base::WeightSetName>("weightSets/", "default").value_or(""), "weightSets/default");
  EXPECT_FALSE(TopLevelName<base::OrganisationName>("organisations/", "centres/o1").ok());
  EXPECT_FALSE(TopLevelName<base::OrganisationName>("organisations/", "").ok());
}

}  // namespace
}  // namespace brokerage::cli

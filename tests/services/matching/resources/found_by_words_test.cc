// Records are found by any word of their names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(FoundByWords, AVolunteerByTheBeginningOfAnyWordOfTheName) {
  MatchingWorld world;
  const Client ashford = world.Manager(kAshford);
  for (const char* name : {"Zoë O'Neill-Brown", "Ann Lee", "Leeann Marsh"}) {
    const auto made = CreateVolunteer(
        ashford, kAshford, absl::StrCat("display_name: \"", name, "\" contact { email: 'a@example.org' }"));
    ASSERT_TRUE(made.ok()) << made.status();
  }
  const auto found = [&](const std::string& filter) {
    const auto page =
        ListVolunteers(ashford, absl::StrCat("parent: 'centres/ashford' filter: '", filter, "'"));
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> names;
    for (const auto& volunteer : page->volunteers()) names.push_back(volunteer.display_name());
    return names;
  };
  EXPECT_THAT(found("word:LEE"), UnorderedElementsAre("Ann Lee", "Leeann Marsh"));
  EXPECT_THAT(found("word:lee AND word:a"), UnorderedElementsAre("Ann Lee"));
  for (const char* filter : {"word:oneill", "word:\"zoë\"", "word:brown"}) {
    EXPECT_THAT(found(filter), ElementsAre("Zoë O'Neill-Brown")) << filter;
  }
  EXPECT_THAT(found("word:ann AND word:marsh"), IsEmpty());
  EXPECT_THAT(found("word:eann"), IsEmpty());
}

}  // namespace
}  // namespace brokerage::matching

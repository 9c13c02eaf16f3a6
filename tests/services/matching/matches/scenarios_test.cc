// Runs the files of tests/scenarios through the real stub: what must be found, in which order, and why the
// rest is not.

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"

#include "tests/services/matching/matches/match_world.h"
#include "tests/services/matching/matches/scenario.pb.h"

namespace brokerage::matching {
namespace {

using tests::scenario::Question;
using tests::scenario::Scenario;

std::vector<std::string> Files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("tests/scenarios")) {
    if (entry.path().extension() == ".textproto") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Scenario Read(const std::string& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  Scenario scenario;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text.str(), &scenario)) << file;
  return scenario;
}

absl::Time Parse(const std::string& text) {
  absl::Time moment;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &moment, &error)) << error;
  return moment;
}

std::string OtherSide(const Question& question, const v1::Match& match) {
  return question.opportunity().empty() ? match.opportunity() : match.volunteer();
}

std::vector<v1::Match> Ask(const support::Client& client, const Question& question) {
  std::vector<v1::Match> matches;
  if (!question.opportunity().empty()) {
    v1::MatchVolunteersRequest request;
    request.set_parent(question.centre());
    request.set_opportunity(question.opportunity());
    const auto answer = client.Call(&v1::MatchingService::Stub::MatchVolunteers, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (answer.ok()) matches.assign(answer->matches().begin(), answer->matches().end());
  } else {
    v1::MatchOpportunitiesRequest request;
    request.set_parent(question.centre());
    request.set_volunteer(question.volunteer());
    const auto answer = client.Call(&v1::MatchingService::Stub::MatchOpportunities, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (answer.ok()) matches.assign(answer->matches().begin(), answer->matches().end());
  }
  return matches;
}

std::vector<std::string> FailedConditions(const support::Client& client, const Question& question,
                                          const std::string& other) {
  v1::ExplainMatchRequest request;
  request.set_volunteer(question.opportunity().empty() ? question.volunteer() : other);
  request.set_opportunity(question.opportunity().empty() ? other : question.opportunity());
  const auto answer = client.Call(&v1::MatchingService::Stub::ExplainMatch, request);
  EXPECT_TRUE(answer.ok()) << answer.status();
  std::vector<std::string> failed;
  if (!answer.ok()) return failed;
  for (const auto& condition : answer->conditions()) {
    if (!condition.holds()) failed.push_back(condition.code());
  }
  return failed;
}

class Scenarios : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenarios, AreAnsweredAsTheySay) {
  const Scenario scenario = Read(GetParam());
  MatchWorld world(Parse(scenario.as_of()));
  for (const std::string& organisation : scenario.active_organisations()) {
    world.PutOrganisation(organisation, registry::v1::Organisation::STATE_ACTIVE);
  }
  for (const auto& volunteer : scenario.volunteers()) world.Put(volunteer);
  for (const auto& opportunity : scenario.opportunities()) world.Put(opportunity);
  ASSERT_GT(scenario.questions_size(), 0);

  for (const Question& question : scenario.questions()) {
    SCOPED_TRACE(question.ShortDebugString());
    const support::Client client = world.Reader(question.centre());
    const std::vector<v1::Match> matches = Ask(client, question);
    ASSERT_EQ(matches.size(), static_cast<std::size_t>(question.found_size()));
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const auto& expected = question.found(static_cast<int>(i));
      EXPECT_EQ(OtherSide(question, matches[i]), expected.name());
      if (expected.has_score()) {
        EXPECT_EQ(matches[i].score_millionths(), expected.score());
      }
    }
    for (const auto& missing : question.not_found()) {
      EXPECT_THAT(FailedConditions(client, question, missing.name()),
                  ::testing::ElementsAreArray(missing.fails()))
          << missing.name();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Scenarios, ::testing::ValuesIn(Files()), [](const auto& file) {
  std::string name = std::filesystem::path(file.param).stem().string();
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
});

}  // namespace
}  // namespace brokerage::matching

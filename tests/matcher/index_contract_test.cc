// The index's face: what is seen, found, counted, paged and kept, by every index.
#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/matcher/index_kinds.h"
#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Visibility kAshford{"centres/ashford", false};
const Visibility kDover{"centres/dover", false};
const Visibility kLead{"centres/ashford", true};

VolunteerFacts Volunteer(const std::string& centre, const std::string& id,
                         Sharing sharing = Sharing::kCounty) {
  VolunteerFacts facts = MatchingSituation().volunteer;
  facts.centre = absl::StrCat("centres/", centre);
  facts.name = absl::StrCat(facts.centre, "/volunteers/", id);
  facts.sharing = sharing;
  return facts;
}

OpportunityFacts Opportunity(const std::string& centre, const std::string& id,
                             Sharing sharing = Sharing::kCounty) {
  OpportunityFacts facts = MatchingSituation().opportunity;
  facts.centre = absl::StrCat("centres/", centre);
  facts.name = absl::StrCat(facts.centre, "/opportunities/", id);
  facts.sharing = sharing;
  return facts;
}

class IndexContract : public testing::TestWithParam<IndexKind> {
 protected:
  IndexContract() : index_(GetParam().make(TestWorld())) {
    Publish({SetOrganisation{"organisations/kitchen", OrganisationStanding::kActive}});
  }

  void Publish(std::vector<Change> changes) { index_->Publish(std::move(changes), {7, ++sequence_}); }

  static std::vector<std::string> Names(const MatchList& list) {
    std::vector<std::string> names;
    for (const Match& match : list.matches) names.push_back(match.key.name);
    return names;
  }

  MatchList VolunteersFor(const OpportunityFacts& opportunity, const Visibility& visibility,
                          std::size_t k = 100) {
    return index_->Pin()->TopK({&opportunity, visibility, false, true}, TestMoment(), Weights(), k,
                               std::nullopt);
  }
  MatchList OpportunitiesFor(const VolunteerFacts& volunteer, const Visibility& visibility) {
    const matcher::OpportunitiesFor query{&volunteer, visibility, false, true};
    return index_->Pin()->TopK(query, TestMoment(), Weights(), 100, std::nullopt);
  }

  std::unique_ptr<Index> index_;
  uint64_t sequence_ = 0;
};

TEST_P(IndexContract, AnEmptyIndexAnswersEmptyLists) {
  const auto index = GetParam().make(TestWorld());
  EXPECT_EQ(index->Pin()->revision(), Revision());
  const OpportunityFacts draft = Opportunity("ashford", "o");
  const MatchList list = index->Pin()->TopK(matcher::VolunteersFor{&draft, kLead, false, true}, TestMoment(),
                                            Weights(), 5, std::nullopt);
  EXPECT_THAT(list.matches, IsEmpty());
  EXPECT_FALSE(list.more);
  EXPECT_EQ(list.counts, Counts());
  EXPECT_EQ(index->Pin()->FindVolunteer("centres/ashford/volunteers/v", kLead), nullptr);
}

TEST_P(IndexContract, WhatIsNotVisibleIsNeitherListedNorCountedNorFound) {
  Publish({UpsertVolunteer{Volunteer("ashford", "a", Sharing::kCentre)},
           UpsertVolunteer{Volunteer("ashford", "b")},
           UpsertVolunteer{Volunteer("dover", "c", Sharing::kCentre)},
           UpsertVolunteer{Volunteer("dover", "d")},
           UpsertOpportunity{Opportunity("ashford", "e", Sharing::kCentre)},
           UpsertOpportunity{Opportunity("dover", "f")},
           UpsertOpportunity{Opportunity("dover", "g", Sharing::kCentre)}});

  // The centroid is 2.5 km away, so those of the other centre come after.
  const OpportunityFacts role = Opportunity("ashford", "x");
  const MatchList own = VolunteersFor(role, kAshford);
  EXPECT_THAT(Names(own), ElementsAre("centres/ashford/volunteers/a", "centres/ashford/volunteers/b",
                                      "centres/dover/volunteers/d"));
  EXPECT_EQ(own.counts, (Counts{3, 3}));
  const MatchList lead = VolunteersFor(role, kLead);
  EXPECT_EQ(lead.counts, (Counts{4, 4}));
  EXPECT_EQ(lead.matches.size(), 4u);

  const MatchList only_own = VolunteersFor(role, {"centres/ashford", false, true});
  EXPECT_THAT(Names(only_own), ElementsAre("centres/ashford/volunteers/a", "centres/ashford/volunteers/b"));
  EXPECT_EQ(only_own.counts, (Counts{2, 2}));

  const VolunteerFacts volunteer = Volunteer("dover", "y");
  EXPECT_THAT(Names(OpportunitiesFor(volunteer, kDover)),
              ElementsAre("centres/dover/opportunities/f", "centres/dover/opportunities/g"));
  EXPECT_EQ(OpportunitiesFor(volunteer, kDover).counts, (Counts{2, 2}));
  EXPECT_EQ(OpportunitiesFor(volunteer, kLead).counts, (Counts{3, 3}));

  const auto view = index_->Pin();
  EXPECT_NE(view->FindVolunteer("centres/ashford/volunteers/a", kAshford), nullptr);
  EXPECT_EQ(view->FindVolunteer("centres/ashford/volunteers/a", kDover), nullptr);
  EXPECT_NE(view->FindVolunteer("centres/ashford/volunteers/b", kDover), nullptr);
  EXPECT_NE(view->FindVolunteer("centres/dover/volunteers/c", kLead), nullptr);
  EXPECT_EQ(view->FindOpportunity("centres/ashford/opportunities/e", kDover), nullptr);
  EXPECT_NE(view->FindOpportunity("centres/ashford/opportunities/e", kAshford), nullptr);
}

TEST_P(IndexContract, CountsAreOfAllStatesAndOnlyWhenAskedFor) {
  VolunteerFacts left = Volunteer("ashford", "left");
  left.state = VolunteerState::kLeft;
  Publish({UpsertVolunteer{left}, UpsertVolunteer{Volunteer("ashford", "a")},
           UpsertVolunteer{Volunteer("ashford", "b")}});
  const OpportunityFacts role = Opportunity("ashford", "x");
  EXPECT_EQ(VolunteersFor(role, kAshford, 1).counts, (Counts{3, 2}));
  EXPECT_EQ(VolunteersFor(role, kAshford, 0).counts, (Counts{3, 2}));
  const MatchList without =
      index_->Pin()->TopK(matcher::VolunteersFor{&role, kAshford}, TestMoment(), Weights(), 5, std::nullopt);
  EXPECT_EQ(without.counts, std::nullopt);
}

TEST_P(IndexContract, APageResumesWhereTheLastOneEndedThoughItIsGone) {
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}, UpsertVolunteer{Volunteer("ashford", "b")},
           UpsertVolunteer{Volunteer("ashford", "c")}, UpsertVolunteer{Volunteer("ashford", "d")}});
  const OpportunityFacts role = Opportunity("ashford", "x");
  const MatchList first = VolunteersFor(role, kAshford, 2);
  EXPECT_THAT(Names(first), ElementsAre("centres/ashford/volunteers/a", "centres/ashford/volunteers/b"));
  EXPECT_TRUE(first.more);
  Publish({RemoveVolunteer{"centres/ashford/volunteers/b"}, UpsertVolunteer{Volunteer("ashford", "aa")}});
  const MatchList second = index_->Pin()->TopK(matcher::VolunteersFor{&role, kAshford}, TestMoment(),
                                               Weights(), 2, first.matches.back().key);
  EXPECT_THAT(Names(second), ElementsAre("centres/ashford/volunteers/c", "centres/ashford/volunteers/d"));
  EXPECT_FALSE(second.more);
}

TEST_P(IndexContract, OrganisationsDecideAsLastTold) {
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}, UpsertOpportunity{Opportunity("ashford", "o")}});
  const VolunteerFacts volunteer = Volunteer("ashford", "a");
  EXPECT_EQ(OpportunitiesFor(volunteer, kAshford).matches.size(), 1u);
  Publish({SetOrganisation{"organisations/kitchen", OrganisationStanding::kSuspended}});
  EXPECT_THAT(OpportunitiesFor(volunteer, kAshford).matches, IsEmpty());
  EXPECT_EQ(OpportunitiesFor(volunteer, kAshford).counts, (Counts{1, 0}));
  Publish({SetOrganisation{"organisations/kitchen", OrganisationStanding::kActive}});
  EXPECT_EQ(OpportunitiesFor(volunteer, kAshford).matches.size(), 1u);
  OpportunityFacts unknown = Opportunity("ashford", "o");
  unknown.organisation = "organisations/unheard-of";
  EXPECT_THAT(VolunteersFor(unknown, kAshford).matches, IsEmpty());
  unknown.organisation.clear();
  EXPECT_THAT(VolunteersFor(unknown, kAshford).matches, IsEmpty());
  unknown.name.clear();
  EXPECT_EQ(VolunteersFor(unknown, kAshford).matches.size(), 1u) << "a draft that names none yet";
}

TEST_P(IndexContract, HistoriesAndConnectionsReachThePairAndGoWithTheirRecord) {
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}, UpsertOpportunity{Opportunity("ashford", "o")},
           UpsertOpportunity{Opportunity("ashford", "p")}, UpsertOpportunity{Opportunity("ashford", "q")}});
  const VolunteerFacts volunteer = Volunteer("ashford", "a");
  Publish({SetVolunteerHistory{"centres/ashford/volunteers/a",
                               {},
                               {{"centres/ashford/opportunities/q", true, std::nullopt},
                                {"centres/ashford/opportunities/o", false, TestMoment().today + 1}}}});
  EXPECT_THAT(Names(OpportunitiesFor(volunteer, kAshford)), ElementsAre("centres/ashford/opportunities/p"));

  // Ten connections of a role with one place: 10^6 · 10^4 / (10^4 + 2,500 · 10).
  Publish({SetVolunteerHistory{"centres/ashford/volunteers/a", {}, {}},
           SetConnections{"centres/ashford/opportunities/o", 10}});
  const MatchList list = OpportunitiesFor(volunteer, kAshford);
  EXPECT_THAT(Names(list), ElementsAre("centres/ashford/opportunities/p", "centres/ashford/opportunities/q",
                                       "centres/ashford/opportunities/o"));
  EXPECT_EQ(list.matches[2].key, (RankKey{285'714, 1'000'000, "centres/ashford/opportunities/o"}));
  EXPECT_EQ(list.matches[2].pair.score_millionths, 1'000'000) << "the pair's score is unchanged";
  const auto view = index_->Pin();
  EXPECT_EQ(view->ShownRankOf(*view->FindOpportunity("centres/ashford/opportunities/o", kAshford), 1'000'000,
                              Weights()),
            285'714);

  Publish({RemoveOpportunity{"centres/ashford/opportunities/o"}});
  Publish({UpsertOpportunity{Opportunity("ashford", "o")}});
  EXPECT_EQ(OpportunitiesFor(volunteer, kAshford).matches[0].key.name, "centres/ashford/opportunities/o");
}

TEST_P(IndexContract, WhatIsKnownBeforeTheRecordIsKept) {
  Publish({SetVolunteerHistory{
               "centres/ashford/volunteers/a", {}, {{"centres/ashford/opportunities/o", true, std::nullopt}}},
           SetConnections{"centres/ashford/opportunities/o", 1}});
  EXPECT_EQ(VolunteersFor(Opportunity("ashford", "x"), kLead).counts, Counts())
      << "a history is no volunteer";
  EXPECT_EQ(OpportunitiesFor(Volunteer("ashford", "x"), kLead).counts, Counts());
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}, UpsertOpportunity{Opportunity("ashford", "o")}});
  EXPECT_THAT(VolunteersFor(Opportunity("ashford", "o"), kAshford).matches, IsEmpty());
  EXPECT_EQ(VolunteersFor(Opportunity("ashford", "p"), kAshford).matches.size(), 1u);
}

TEST_P(IndexContract, ADraftIsMatchedAndExplainedWithoutBeingStored) {
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}});
  OpportunityFacts draft = Opportunity("ashford", "o");
  draft.name.clear();
  EXPECT_EQ(VolunteersFor(draft, kAshford).matches.size(), 1u);
  const auto view = index_->Pin();
  const auto volunteer = view->FindVolunteer("centres/ashford/volunteers/a", kAshford);
  ASSERT_NE(volunteer, nullptr);
  EXPECT_EQ(view->Explain(*volunteer, draft, TestMoment(), Weights()).pair,
            VolunteersFor(draft, kAshford).matches[0].pair);
}

TEST_P(IndexContract, OnlySupportedAccessNeedsWhenAskedFor) {
  VolunteerFacts needs = Volunteer("ashford", "needs");
  needs.access_needs = {1, 2};
  Publish({UpsertVolunteer{needs}, UpsertVolunteer{Volunteer("ashford", "none")}});
  OpportunityFacts role = Opportunity("ashford", "o");
  const auto list = [&](bool supported_only) {
    return index_->Pin()->TopK(matcher::VolunteersFor{&role, kAshford, supported_only, true}, TestMoment(),
                               Weights(), 5, std::nullopt);
  };
  role.access_support = {1};
  EXPECT_EQ(list(false).matches.size(), 2u);
  EXPECT_THAT(Names(list(true)), ElementsAre("centres/ashford/volunteers/none"));
  EXPECT_EQ(list(true).counts, (Counts{2, 2}));
  role.access_support = {2, 1};
  EXPECT_EQ(list(true).matches.size(), 2u);
}

// As many as a volunteer may have, and neither list at the other's cost.
TEST_P(IndexContract, ExceptionsAreKeptAndCountForDatedRoles) {
  const Session session = SummerSession(2026, 6, 22, 10, 0, 120);
  VolunteerFacts many = Volunteer("ashford", "many");
  for (Minute i = 0; i < 200; ++i) {
    many.extra.push_back({session.start_min + 10 * i, session.start_min + 10 * i + 9});
    if (i > 0) many.away.push_back({session.start_min + 10 * i, session.start_min + 10 * i + 1});
  }
  VolunteerFacts away = Volunteer("ashford", "away");
  away.free.set();
  away.away = {{session.start_min, session.end_min}};
  Publish({UpsertVolunteer{many}, UpsertVolunteer{away}, UpsertVolunteer{Volunteer("ashford", "none")}});
  const auto found = index_->Pin()->FindVolunteer(many.name, kAshford);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->extra, many.extra);
  EXPECT_EQ(found->away, many.away);

  OpportunityFacts role = Opportunity("ashford", "role");
  role.schedule = DatedSchedule{{session}};
  const MatchList dated = VolunteersFor(role, kAshford);
  EXPECT_THAT(Names(dated), ElementsAre(many.name));
  EXPECT_EQ(dated.matches.at(0).pair.covered_minutes, 12 * 9 - 11);
  role.schedule = WeeklySchedule{SlotRange(20, 23)};
  EXPECT_THAT(Names(VolunteersFor(role, kAshford)), ElementsAre(away.name));
}

// Of any length that the services allow, in a row that has what few have and in one that has not.
TEST_P(IndexContract, MatchesAreLabelledAsTheViewHasThem) {
  const std::string longest = absl::StrCat(std::string(197, 'n'), "\xe2\x82\xac");
  std::vector<VolunteerFacts> volunteers;
  for (const std::string& label : {std::string(), std::string("Ann"), std::string("Ann B"), longest}) {
    for (const uint32_t limit : {1u, 2u}) {
      VolunteerFacts facts = Volunteer("ashford", absl::StrCat("v", volunteers.size()));
      facts.display_name = label;
      facts.placement_limit = limit;
      volunteers.push_back(facts);
    }
  }
  OpportunityFacts role = Opportunity("ashford", "role");
  role.title = "Driver";
  Publish({UpsertOpportunity{role}});
  for (const VolunteerFacts& facts : volunteers) Publish({UpsertVolunteer{facts}});
  const auto before = index_->Pin();

  const auto expect_labels = [&](const MatchList& list) {
    ASSERT_EQ(list.matches.size(), volunteers.size());
    for (std::size_t i = 0; i < volunteers.size(); ++i) {
      EXPECT_EQ(list.matches[i].key.name, volunteers[i].name);
      EXPECT_EQ(list.matches[i].label, volunteers[i].display_name) << i;
      const auto found = index_->Pin()->FindVolunteer(volunteers[i].name, kAshford);
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->display_name, volunteers[i].display_name) << i;
      EXPECT_EQ(found->skills.size(), volunteers[i].skills.size()) << i;
    }
  };
  expect_labels(VolunteersFor(role, kAshford));
  EXPECT_EQ(OpportunitiesFor(volunteers[0], kAshford).matches.at(0).label, "Driver");

  volunteers[3].display_name = "Robert";
  volunteers[6].display_name = "";
  role.title = "Cook";
  Publish({UpsertVolunteer{volunteers[3]}, UpsertVolunteer{volunteers[6]}, UpsertOpportunity{role}});
  expect_labels(VolunteersFor(role, kAshford));
  EXPECT_EQ(OpportunitiesFor(volunteers[0], kAshford).matches.at(0).label, "Cook");
  const MatchList old =
      before->TopK(matcher::VolunteersFor{&role, kAshford}, TestMoment(), Weights(), 100, std::nullopt);
  EXPECT_EQ(old.matches.at(3).label, "Ann");
}

TEST_P(IndexContract, AViewStaysAsItWas) {
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}});
  const auto before = index_->Pin();
  Publish({RemoveVolunteer{"centres/ashford/volunteers/a"},
           RemoveVolunteer{"centres/ashford/volunteers/never-there"}});
  const auto after = index_->Pin();
  EXPECT_EQ(before->size().volunteers, 1);
  EXPECT_EQ(after->size().volunteers, 0);
  EXPECT_NE(before->FindVolunteer("centres/ashford/volunteers/a", kAshford), nullptr);
  EXPECT_EQ(after->FindVolunteer("centres/ashford/volunteers/a", kAshford), nullptr);
  EXPECT_EQ(before->revision().sequence + 1, after->revision().sequence);
}

TEST_P(IndexContract, ALaterChangeOfABatchWins) {
  VolunteerFacts left = Volunteer("ashford", "a");
  left.state = VolunteerState::kLeft;
  Publish({UpsertVolunteer{Volunteer("ashford", "a")}, UpsertVolunteer{left},
           UpsertVolunteer{Volunteer("ashford", "b")}, RemoveVolunteer{"centres/ashford/volunteers/b"}});
  EXPECT_EQ(VolunteersFor(Opportunity("ashford", "o"), kAshford).counts, (Counts{1, 0}));
}

TEST_P(IndexContract, WaitForARevision) {
  using std::chrono::steady_clock;
  const auto past = steady_clock::now() - std::chrono::hours(1);
  EXPECT_EQ(index_->WaitFor({7, 0}, past), WaitResult::kReached);
  EXPECT_EQ(index_->WaitFor({7, sequence_}, past), WaitResult::kReached);
  EXPECT_EQ(index_->WaitFor({7, sequence_ + 1}, past), WaitResult::kDeadline);
  EXPECT_EQ(index_->WaitFor({8, sequence_}, past), WaitResult::kOtherEpoch);
  EXPECT_EQ(index_->WaitFor({6, 0}, past), WaitResult::kOtherEpoch);
}

TEST(Taxonomies, CirclesAndStrangersAreCutOff) {
  const Taxonomy circle({{1, false}, {2, false}, {0, false}, {99, false}});
  EXPECT_THAT(circle.Ancestors(0), ElementsAre(1, 2));
  EXPECT_THAT(circle.Ancestors(2), ElementsAre(0, 1));
  EXPECT_THAT(circle.Ancestors(3), IsEmpty());
  EXPECT_EQ(circle.Parent(3), std::nullopt);
  EXPECT_THAT(circle.Ancestors(77), IsEmpty());
  EXPECT_TRUE(circle.IsGroup(77));
}

TEST_P(IndexContract, ALoadReplacesEverythingWhenItIsFinished) {
  Publish({UpsertVolunteer{Volunteer("ashford", "before")}});
  const auto load = index_->StartLoad();
  load->Add({SetOrganisation{"organisations/kitchen", OrganisationStanding::kActive}});
  load->Add({UpsertVolunteer{Volunteer("ashford", "a")}, UpsertVolunteer{Volunteer("dover", "b")}});
  std::vector<VolunteerFacts> more = {Volunteer("dover", "c"), Volunteer("ashford", "d")};
  load->AddVolunteers(more);
  more[0] = Volunteer("dover", "e");
  load->AddVolunteers(absl::MakeConstSpan(more).first(1));
  load->AddVolunteers({});
  EXPECT_NE(index_->Pin()->FindVolunteer("centres/ashford/volunteers/before", kLead), nullptr);
  EXPECT_EQ(index_->Pin()->FindVolunteer("centres/ashford/volunteers/a", kLead), nullptr);
  load->Finish({7, 40});
  EXPECT_EQ(index_->Pin()->revision(), (Revision{7, 40}));
  EXPECT_EQ(index_->WaitFor({7, 40}, std::chrono::steady_clock::now()), WaitResult::kReached);
  EXPECT_EQ(index_->Pin()->FindVolunteer("centres/ashford/volunteers/before", kLead), nullptr);
  const OpportunityFacts role = Opportunity("ashford", "o");
  EXPECT_THAT(
      Names(VolunteersFor(role, kLead)),
      ElementsAre("centres/ashford/volunteers/a", "centres/ashford/volunteers/d",
                  "centres/dover/volunteers/b", "centres/dover/volunteers/c", "centres/dover/volunteers/e"));
}

TEST_P(IndexContract, ALoadTakesRecordsInAnyOrderAndPassesRemovalsOver) {
  const OpportunityFacts role = Opportunity("ashford", "o");
  const auto load = index_->StartLoad();
  load->Add({RemoveVolunteer{"centres/ashford/volunteers/a"}, RemoveOpportunity{role.name}});
  load->Add({SetVolunteerHistory{"centres/ashford/volunteers/a", {}, {{role.name, true, std::nullopt}}}});
  load->Add({SetConnections{role.name, 3}, UpsertVolunteer{Volunteer("ashford", "a")}});
  load->Add({UpsertVolunteer{Volunteer("ashford", "b")}, UpsertOpportunity{role}});
  load->Add({SetOrganisation{role.organisation, OrganisationStanding::kActive}});
  load->Finish({1, 1});
  // The one is referred there already.
  EXPECT_THAT(Names(VolunteersFor(role, kLead)), ElementsAre("centres/ashford/volunteers/b"));
  const OpportunityFacts* const found = index_->Pin()->FindOpportunity(role.name, kLead);
  ASSERT_NE(found, nullptr);
  EXPECT_LT(index_->Pin()->ShownRankOf(*found, 500'000, Weights()), 500'000);
}

TEST_P(IndexContract, ALoadGivenUpChangesNothing) {
  Publish({UpsertVolunteer{Volunteer("ashford", "before")}});
  index_->StartLoad()->Add({UpsertVolunteer{Volunteer("ashford", "a")}});
  EXPECT_EQ(index_->Pin()->size().volunteers, 1);
  EXPECT_EQ(index_->Pin()->FindVolunteer("centres/ashford/volunteers/a", kLead), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Kinds, IndexContract, testing::ValuesIn(IndexKinds()),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace brokerage::matcher

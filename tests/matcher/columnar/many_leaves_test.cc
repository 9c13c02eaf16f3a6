// Worlds of many leaves, which split, empty and are moved between: what the columnar index answers equals
// what scoring every visible pair answers, after every kind of change.
#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "tests/matcher/columnar/beside_plain.h"

namespace brokerage::matcher {
namespace {

constexpr int kVolunteers = 4'000;
constexpr int kRounds = 40;
constexpr int kQueriesPerRound = 6;

class ManyLeaves : public BesidePlain {
 protected:
  ManyLeaves() : BesidePlain(RandomWorld(GetParam(), kVolunteers)) {}

  // The last that is said of each record.
  static std::vector<Change> EachRecordOnce(const std::vector<Change>& changes) {
    std::vector<Change> kept;
    std::set<std::pair<std::size_t, std::string>> said;
    for (auto it = changes.rbegin(); it != changes.rend(); ++it) {
      const std::string name = std::visit([](const auto& change) { return NameIn(change); }, *it);
      if (said.emplace(it->index(), name).second) kept.push_back(*it);
    }
    return kept;
  }
  template <typename Change>
  static std::string NameIn(const Change& change) {
    if constexpr (requires { change.facts; }) {
      return change.facts.name;
    } else if constexpr (requires { change.opportunity; }) {
      return change.opportunity;
    } else {
      return change.name;
    }
  }

  // On two threads, of which one begins with the last: no order counts.
  void LoadFromBothEnds(Index& index, const std::vector<Change>& changes) {
    const auto load = index.StartLoad();
    const std::size_t middle = changes.size() / 2;
    std::thread other([&] {
      for (std::size_t i = changes.size(); i-- > middle;) load->Add({changes[i]});
    });
    for (std::size_t i = 0; i < middle; i += 7) {
      load->Add({changes.begin() + static_cast<std::ptrdiff_t>(i),
                 changes.begin() + static_cast<std::ptrdiff_t>(std::min(i + 7, middle))});
    }
    other.join();
    load->Finish({1, sequence_});
  }

  void CheckQueries() { CheckQueries(*columnar_->Pin(), *plain_->Pin()); }
  void CheckQueries(const View& view, const View& plain) {
    for (int i = 0; i < kQueriesPerRound && !HasFatalFailure(); ++i) {
      const OpportunityFacts draft = world_.ADraft();
      OpportunityFacts before = draft;
      before.minimum_coverage_bp = static_cast<uint32_t>(world_.Below(10'001));
      VolunteersFor query{&draft, world_.SomeVisibility(), world_.Chance(10), world_.Chance(20)};
      if (world_.Chance(30)) query.further_m = static_cast<uint32_t>(world_.Below(20'000));
      if (world_.Chance(30)) query.before = &before;
      CheckQuery(view, plain, query);
    }
  }
};

TEST_P(ManyLeaves, AnswerAsIfEveryoneWasAsked) {
  // At once, or as a start reads a store.
  if (GetParam() % 2 == 0) {
    Publish(world_.Populate());
  } else {
    const std::vector<Change> changes = EachRecordOnce(world_.Populate());
    ++sequence_;
    for (Index* const index : {columnar_.get(), plain_.get()}) {
      LoadFromBothEnds(*index, changes);
    }
  }
  for (int round = 0; round < kRounds && !HasFatalFailure(); ++round) {
    CheckQueries();
    Disturb(30);
  }
  EXPECT_GT(matches_, 500u);
}

TEST_P(ManyLeaves, AStateStaysAsItWasWhenALeafOfItSplits) {
  Publish(world_.Populate());
  std::vector<Change> come;
  for (Change& change : RandomWorld(GetParam(), 2 * kVolunteers).Populate()) {
    if (!std::holds_alternative<UpsertVolunteer>(change)) continue;
    come.push_back(std::move(change));
    // Few, so that some find a full leaf that the state before them has too.
    if (come.size() < 80) continue;
    const auto before = columnar_->Pin();
    const auto plain_before = plain_->Pin();
    Publish(std::exchange(come, {}));
    const OpportunityFacts draft = world_.ADraft();
    const VolunteersFor everyone{&draft, {"centres/ashford", true}, false, true};
    CheckQuery(*before, *plain_before, everyone);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(columnar_->Pin()->size().volunteers, kVolunteers * 3 / 2);
}

TEST_P(ManyLeaves, EveryoneIsFoundByNameAsTheyWerePublished) {
  const std::vector<Change> changes = world_.Populate();
  Publish(changes);
  const Visibility lead{"centres/ashford", true};
  const auto view = columnar_->Pin();
  const auto plain = plain_->Pin();
  const Moment moment = world_.AMoment();
  const OpportunityFacts draft = world_.ADraft();
  for (const Change& change : changes) {
    const auto* upsert = std::get_if<UpsertVolunteer>(&change);
    if (upsert == nullptr) continue;
    const auto expected = plain->FindVolunteer(upsert->facts.name, lead);
    const auto found = view->FindVolunteer(upsert->facts.name, lead);
    ASSERT_NE(found, nullptr) << upsert->facts.name;
    EXPECT_EQ(found->name, expected->name);
    EXPECT_EQ(found->placement_limit, expected->placement_limit);
    EXPECT_EQ(view->Explain(*found, draft, moment, Weights()).pair,
              plain->Explain(*expected, draft, moment, Weights()).pair);
  }
}

TEST_P(ManyLeaves, LeavesGoWithTheirLastVolunteer) {
  Publish(world_.Populate());
  std::vector<std::string> names;
  for (const Change& change : RandomWorld(GetParam(), kVolunteers).Populate()) {
    if (const auto* upsert = std::get_if<UpsertVolunteer>(&change)) names.push_back(upsert->facts.name);
  }
  for (std::size_t begin = 0; begin < names.size(); begin += 500) {
    std::vector<Change> gone;
    for (std::size_t i = begin; i < std::min(begin + 500, names.size()); ++i)
      gone.push_back(RemoveVolunteer{names[i]});
    Publish(gone);
    CheckQueries();
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(columnar_->Pin()->size().volunteers, 0);
  // And there is room for others where they were.
  Publish(RandomWorld(GetParam() + 1, kVolunteers).Populate());
  CheckQueries();
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyLeaves, testing::Range<uint64_t>(1, 5));

}  // namespace
}  // namespace brokerage::matcher

// What must hold of the walk's world while nobody acts.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "matcher/conditions.h"
#include "services/matching/convert/times.h"
#include "services/rpc/moments.h"
#include "tests/services/matching/referrals/referral_walk.h"

namespace brokerage::matching {
namespace {

using v1::Opportunity;
using v1::Referral;
using v1::Volunteer;

// Whether `history` passes through `stage`.
bool Reached(const Referral& referral, Referral::Stage stage) {
  for (const auto& event : referral.history()) {
    if (event.stage() == stage) return true;
  }
  return false;
}

// The day of the week, if the role takes an evening.
std::optional<int64_t> EveningOf(const Opportunity& role) {
  if (!role.schedule().dated().has_recurrence()) return std::nullopt;
  return role.schedule().dated().recurrence().dtstart().seconds() / 86'400 % 7;
}

template <typename Record>
std::map<std::string, Record> All(const storage::Store& store, absl::string_view prefix) {
  std::map<std::string, Record> all;
  const auto read = storage::Table<Record>(store, prefix).Snapshot([&](storage::Stored<Record> stored) {
    all.emplace(stored.name, std::move(stored.message));
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok()) << read.status();
  return all;
}

}  // namespace

void ReferralWalk::CheckContact(const Referral& answer) {
  if (!answer.has_contact()) return;
  EXPECT_TRUE(answer.has_consent() && Reached(answer, Referral::STAGE_CONSENTED) &&
              Reached(answer, Referral::STAGE_INTRODUCED) && RevealsContact(answer.stage()))
      << answer.name();
  const std::lock_guard lock(mutex_);
  ++answered_contacts_;
}

void ReferralWalk::Check() {
  CheckReferrals();
  CheckRoles();
  CheckVolunteers();
  CheckAccesses();
  CheckIndex();
  const auto told = ToldByIndex();
  world_.Restart();  // and so from what is stored
  CheckIndex();
  EXPECT_EQ(ToldByIndex(), told);
}

void ReferralWalk::CheckReferrals() {
  std::set<std::string> live_pairs;
  for (const auto& [name, record] : All<storage::v1::ReferralRecord>(world_.store(), storage::kReferrals)) {
    const Referral& referral = record.referral();
    EXPECT_EQ(referral.name(), name);
    EXPECT_FALSE(referral.has_contact());
    EXPECT_EQ(referral.history(referral.history_size() - 1).stage(), referral.stage());
    EXPECT_EQ(Reached(referral, Referral::STAGE_CONSENTED), referral.has_consent()) << name;
    EXPECT_EQ(referral.history(0).stage(), Referral::STAGE_SHORTLISTED);
    EXPECT_TRUE((*world_.store().Get(absl::StrCat(storage::kDecisions, name))).has_value());
    if (IsLive(referral.stage())) {
      EXPECT_TRUE(live_pairs.insert(referral.volunteer() + " " + referral.opportunity()).second)
          << "two live: " << referral.volunteer() << " " << referral.opportunity();
    }
    // Of two centres neither of which shares, only what was consented to lives.
    const auto centre = [](const std::string& of) { return of.substr(0, of.find('/', of.find('/') + 1)); };
    if (referral.stage() < Referral::STAGE_CONSENTED && centre(referral.volunteer()) != centre(name)) {
      EXPECT_TRUE(world_.VolunteerAt(referral.volunteer()).sharing() == common::v1::SHARING_COUNTY ||
                  world_.RoleAt(referral.opportunity()).sharing() == common::v1::SHARING_COUNTY)
          << name;
    }
    // No stage is skipped on the way.
    for (int i = 1; i < referral.history_size(); ++i) {
      const auto before = referral.history(i - 1).stage();
      const auto after = referral.history(i).stage();
      EXPECT_TRUE(after == before || after == before + 1 || after > Referral::STAGE_PLACED) << name;
    }
  }
}

void ReferralWalk::CheckRoles() {
  const auto referrals = All<storage::v1::ReferralRecord>(world_.store(), storage::kReferrals);
  for (const std::string& role : roles_) {
    std::set<std::string> live;
    int placed = 0;
    int connections = 0;
    for (const auto& [name, record] : referrals) {
      const Referral& referral = record.referral();
      if (referral.opportunity() != role) continue;
      if (IsLive(referral.stage())) live.insert(name);
      placed += referral.stage() == Referral::STAGE_PLACED ? 1 : 0;
      connections += Reached(referral, Referral::STAGE_INTRODUCED) ? 1 : 0;
    }
    const Opportunity stored = world_.RoleAt(role);
    EXPECT_EQ(stored.places_filled(), placed) << role;
    EXPECT_LE(stored.places_filled(), stored.places()) << role;
    const auto ledgers =
        All<storage::v1::OpportunityReferrals>(world_.store(), storage::kOpportunityReferrals);
    const auto ledger = ledgers.find(role);
    if (ledger == ledgers.end()) {
      EXPECT_TRUE(live.empty());
      continue;
    }
    EXPECT_EQ(ledger->second.connections(), connections) << role;
    std::set<std::string> in_ledger;
    for (const auto& item : ledger->second.live()) {
      EXPECT_TRUE(in_ledger.insert(item.referral()).second);
      EXPECT_EQ(item.placed(), referrals.at(item.referral()).referral().stage() == Referral::STAGE_PLACED);
    }
    EXPECT_EQ(in_ledger, live) << role;
  }
}

void ReferralWalk::CheckVolunteers() {
  const auto referrals = All<storage::v1::ReferralRecord>(world_.store(), storage::kReferrals);
  const auto ledgers = All<storage::v1::VolunteerReferrals>(world_.store(), storage::kVolunteerReferrals);
  for (const std::string& volunteer : volunteers_) {
    std::set<std::string> live;
    std::set<std::string> placed;
    std::vector<absl::Time> offers;
    for (const auto& [name, record] : referrals) {
      const Referral& referral = record.referral();
      if (referral.volunteer() != volunteer) continue;
      if (IsLive(referral.stage())) live.insert(name);
      if (referral.stage() == Referral::STAGE_PLACED) placed.insert(name);
      for (int i = 1; i < referral.history_size(); ++i) {
        const bool offer = referral.history(i).stage() == Referral::STAGE_OFFERED &&
                           referral.history(i - 1).stage() != Referral::STAGE_OFFERED;
        if (offer) offers.push_back(rpc::ToTime(referral.history(i).time()));
      }
    }
    const Volunteer stored = world_.VolunteerAt(volunteer);
    EXPECT_LE(placed.size(), static_cast<std::size_t>(stored.placement_limit()));
    EXPECT_LE(std::count_if(placed.begin(), placed.end(),
                            [&](const std::string& name) {
                              const std::string& role = referrals.at(name).referral().opportunity();
                              return EveningOf(world_.RoleAt(role)) && !IsMoving(role);
                            }),
              1)
        << volunteer << " is booked twice";  // all of these take one evening, and always have
    EXPECT_EQ(stored.state() == Volunteer::STATE_PLACED, !placed.empty()) << volunteer;
    std::sort(offers.begin(), offers.end());
    for (std::size_t i = base::kDefaultOutreachBudget; i < offers.size(); ++i) {
      EXPECT_GE(offers[i] - offers[i - base::kDefaultOutreachBudget], base::kOutreachPeriod) << volunteer;
    }
    if (ledgers.count(volunteer) == 0) {
      EXPECT_TRUE(live.empty());
      continue;
    }
    std::set<std::string> live_in_ledger;
    std::set<std::string> placed_in_ledger;
    for (const auto& pair : ledgers.at(volunteer).pairs()) {
      if (!pair.live_referral().empty()) live_in_ledger.insert(pair.live_referral());
    }
    for (const auto& placement : ledgers.at(volunteer).placements())
      placed_in_ledger.insert(placement.referral());
    EXPECT_EQ(live_in_ledger, live) << volunteer;
    EXPECT_EQ(placed_in_ledger, placed) << volunteer;
  }
}

// What the index says of every pair is what the referrals say.
void ReferralWalk::CheckIndex() {
  const auto view = world_.index().Pin();
  const matcher::Visibility all{.centre = "", .sees_all = true};
  const matcher::Moment now = MomentAt(world_.clock.Now());
  const auto referrals = All<storage::v1::ReferralRecord>(world_.store(), storage::kReferrals);
  for (const std::string& role : roles_) {
    const auto* opportunity = view->FindOpportunity(role, all);
    if (opportunity == nullptr) {
      EXPECT_EQ(world_.RoleAt(role).state(), Opportunity::STATE_DELETED);
      continue;
    }
    int64_t connections = 0;
    for (const auto& [name, record] : referrals) {
      const bool connects = Reached(record.referral(), Referral::STAGE_INTRODUCED);
      if (record.referral().opportunity() == role && connects) ++connections;
    }
    EXPECT_EQ(view->ShownRankOf(*opportunity, 1'000'000, {}),
              matcher::ShownRank(1'000'000, opportunity->places, matcher::Weights().alpha_bp, connections))
        << role;
    EXPECT_EQ(opportunity->places_filled, static_cast<uint32_t>(world_.RoleAt(role).places_filled()));
    for (const std::string& volunteer : volunteers_) {
      const auto person = view->FindVolunteer(volunteer, all);
      ASSERT_NE(person, nullptr);
      const matcher::Explanation told = view->Explain(*person, *opportunity, now, {});
      bool live = false;
      bool quiet = false;
      int64_t placements = 0;
      std::vector<std::string> held;
      for (const auto& [name, record] : referrals) {
        const Referral& referral = record.referral();
        if (referral.volunteer() != volunteer) continue;
        if (referral.stage() == Referral::STAGE_PLACED) {
          ++placements;
          held.push_back(referral.opportunity());
        }
        if (referral.opportunity() != role) continue;
        live |= IsLive(referral.stage());
        for (const auto& event : referral.history()) {
          if (event.reason() == Referral::REASON_UNSPECIFIED || event.stage() != Referral::STAGE_DECLINED)
            continue;
          quiet |= base::LondonDate(rpc::ToTime(event.time())) + 90 > base::LondonDate(world_.clock.Now());
        }
      }
      EXPECT_EQ(told.Holds(matcher::Condition::kAlreadyReferred), !live && !quiet)
          << volunteer << " " << role;
      EXPECT_EQ(told.volunteer.placements, placements);
      const auto evening = EveningOf(world_.RoleAt(role));
      const bool clash = evening && std::any_of(held.begin(), held.end(), [&](const std::string& other) {
                           return EveningOf(world_.RoleAt(other)) == evening;
                         });
      EXPECT_EQ(told.Holds(matcher::Condition::kDoubleBooked), !clash) << volunteer << " " << role;
    }
  }
}

bool ReferralWalk::IsMoving(const std::string& role) const {
  return std::find(moving_.begin(), moving_.end(), role) != moving_.end();
}

std::vector<std::string> ReferralWalk::ToldByIndex() {
  std::vector<std::string> told;
  const auto view = world_.index().Pin();
  const matcher::Visibility all{.centre = "", .sees_all = true};
  for (const std::string& role : roles_) {
    const auto* opportunity = view->FindOpportunity(role, all);
    if (opportunity == nullptr) continue;
    for (const std::string& volunteer : volunteers_) {
      const auto explained =
          view->Explain(*view->FindVolunteer(volunteer, all), *opportunity, MomentAt(world_.clock.Now()), {});
      std::string line = volunteer + " " + role;
      for (const matcher::Condition condition : matcher::kAllConditions) {
        if (!explained.Holds(condition)) absl::StrAppend(&line, " ", matcher::ConditionCode(condition));
      }
      told.push_back(std::move(line));
    }
  }
  return told;
}

void ReferralWalk::CheckAccesses() {
  const auto accesses = world_.Accesses();
  EXPECT_EQ(static_cast<int>(accesses.size()), answered_contacts_);
  for (const auto& access : accesses) {
    const Referral referral = world_.Referral(access.referral());
    EXPECT_EQ(access.volunteer(), referral.volunteer());
    EXPECT_TRUE(Reached(referral, Referral::STAGE_INTRODUCED)) << access.referral();
  }
}

}  // namespace brokerage::matching

#include "tests/services/matching/referrals/referral_walk.h"

#include <set>
#include <thread>

#include "services/rpc/moments.h"

namespace brokerage::matching {
namespace {

using v1::Opportunity;
using v1::Referral;
using v1::Volunteer;

template <typename Item>
const Item& OneOf(const std::vector<Item>& items, std::mt19937& random) {
  return items[std::uniform_int_distribution<std::size_t>(0, items.size() - 1)(random)];
}

bool Chance(int percent, std::mt19937& random) {
  return std::uniform_int_distribution<int>(1, 100)(random) <= percent;
}

std::string Named(const std::string& name) { return "name: '" + name + "'"; }

// Whether `history` passes through `stage`.
bool Reached(const Referral& referral, Referral::Stage stage) {
  for (const auto& event : referral.history()) {
    if (event.stage() == stage) return true;
  }
  return false;
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

ReferralWalk::ReferralWalk(ReferralWorld& world, absl::Duration clock_pace)
    : world_(world), clock_pace_(clock_pace) {
  const auto evening = [&](int in_days) {
    const int64_t start = absl::ToUnixSeconds(world.clock.Now()) + in_days * 86'400;
    return absl::StrCat(" minimum_coverage_bp: 0 schedule { dated { recurrence { dtstart { seconds: ", start,
                        " } duration { seconds: 7200 } rrule: 'FREQ=WEEKLY' } } }");
  };
  for (const char* centre : {kAshford, kDover}) {
    for (int limit = 1; limit <= 4; ++limit)
      volunteers_.push_back(world.Volunteer(centre, absl::StrCat("placement_limit: ", limit)));
    roles_.push_back(world.Role(centre, "places: 1"));
    roles_.push_back(world.Role(centre, "places: 2" + evening(1)));
    roles_.push_back(world.Role(centre, "places: 3" + evening(1)));
    roles_.push_back(world.Role(centre, "places: 4"));
  }
}

void ReferralWalk::Take(int actors, int steps, uint32_t seed) {
  std::vector<Actor> made;
  for (int i = 0; i < actors; ++i) made.push_back(MakeActor(i, seed));
  std::vector<std::jthread> threads;
  for (Actor& actor : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < steps; ++i) TakeOne(actor);
    });
  }
}

ReferralWalk::Actor ReferralWalk::MakeActor(int number, uint32_t seed) {
  const std::string centre = number % 2 == 0 ? kAshford : kDover;
  return {world_.Manager(centre), centre, std::mt19937(seed + static_cast<uint32_t>(number))};
}

void ReferralWalk::TakeOne(Actor& actor) {
  const auto most = absl::ToInt64Seconds(clock_pace_);
  world_.clock.Advance(absl::Seconds(std::uniform_int_distribution<int64_t>(0, most)(actor.random)));
  const int which = std::uniform_int_distribution<int>(1, 100)(actor.random);
  if (which <= 25) {
    Shortlist(actor);
  } else if (which <= 90) {
    Step(actor);
  } else {
    TouchOthers(actor);
  }
}

void ReferralWalk::Shortlist(Actor& actor) {
  v1::ShortlistVolunteerRequest request;
  request.set_parent(actor.centre);
  request.set_volunteer(OneOf(volunteers_, actor.random));
  request.set_opportunity(OneOf(roles_, actor.random));
  const auto begun = actor.client.Call(&Referrals::ShortlistVolunteer, request);
  Count("ShortlistVolunteer", begun.status());
  if (!begun.ok()) return;
  const std::lock_guard lock(mutex_);
  referrals_.push_back(begun->name());
}

std::string ReferralWalk::AReferral(Actor& actor) {
  const std::lock_guard lock(mutex_);
  if (referrals_.empty()) return "centres/ashford/referrals/none";
  // The latest ones, mostly: those before are over.
  const std::size_t first = referrals_.size() > 40 && Chance(95, actor.random) ? referrals_.size() - 40 : 0;
  return referrals_[std::uniform_int_distribution<std::size_t>(first, referrals_.size() - 1)(actor.random)];
}

void ReferralWalk::Step(Actor& actor) {
  const std::string name = AReferral(actor);
  const auto got = Ask(actor.client, &Referrals::GetReferral, Named(name));
  Count("GetReferral", got.status());
  if (!got.ok()) return;
  CheckContact(*got);
  // Mostly a step that is possible, as it was when it was read.
  const auto possible = PossibleAt(got->stage());
  const std::string method = Chance(80, actor.random) ? possible.front() : OneOf(Calls(), actor.random).first;
  const bool guarded = Chance(20, actor.random);
  const auto taken =
      matching::Take(actor.client, method, name, guarded ? "etag: '" + got->etag() + "'" : std::string());
  Count(method, taken.status());
  if (taken.ok()) CheckContact(*taken);
}

void ReferralWalk::TouchOthers(Actor& actor) {
  const std::string& volunteer = OneOf(volunteers_, actor.random);
  const std::string& role = OneOf(roles_, actor.random);
  const auto touch = [&](const std::string& method, const absl::Status& status) {
    // Another centre's records are read only.
    if (status.code() != absl::StatusCode::kPermissionDenied) Count(method, status);
  };
  switch (std::uniform_int_distribution<int>(0, 6)(actor.random)) {
    case 0:
      touch("PauseVolunteer", Ask(actor.client, &Volunteers::PauseVolunteer, Named(volunteer)).status());
      touch("ResumeVolunteer", Ask(actor.client, &Volunteers::ResumeVolunteer, Named(volunteer)).status());
      break;
    case 1:
      touch("PauseOpportunity", Ask(actor.client, &Opportunities::PauseOpportunity, Named(role)).status());
      touch("ResumeOpportunity", Ask(actor.client, &Opportunities::ResumeOpportunity, Named(role)).status());
      break;
    case 2:
      touch("DeleteOpportunity", Ask(actor.client, &Opportunities::DeleteOpportunity, Named(role)).status());
      touch("UndeleteOpportunity",
            Ask(actor.client, &Opportunities::UndeleteOpportunity, Named(role)).status());
      break;
    case 3:
      touch("UpdateOpportunity",
            Ask(actor.client, &Opportunities::UpdateOpportunity,
                absl::StrCat("opportunity { name: '", role,
                             "' places: ", std::uniform_int_distribution<int>(1, 4)(actor.random), " }"))
                .status());
      break;
    case 4:
      touch("UpdateVolunteer", Ask(actor.client, &Volunteers::UpdateVolunteer,
                                   "volunteer { " + Named(volunteer) + " notes: 'n' }")
                                   .status());
      break;
    case 5:
      Count("ListReferrals", Ask(actor.client, &Referrals::ListReferrals,
                                 "filter: 'live = true' parent: '" + actor.centre + "'")
                                 .status());
      break;
    default:
      Count("MatchVolunteers", Ask(actor.client, &Matches::MatchVolunteers,
                                   "parent: '" + actor.centre + "' opportunity: '" + role + "'")
                                   .status());
  }
}

void ReferralWalk::Count(const std::string& method, const absl::Status& status) {
  const bool refused =
      status.code() == absl::StatusCode::kFailedPrecondition || status.code() == absl::StatusCode::kAborted ||
      status.code() == absl::StatusCode::kNotFound || status.code() == absl::StatusCode::kPermissionDenied ||
      (method == "UpdateOpportunity" && status.code() == absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(status.ok() || refused) << method << ": " << status;
  const std::lock_guard lock(mutex_);
  ++counts_[status.ok() ? method : method + " refused"];
}

std::map<std::string, int> ReferralWalk::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

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
  world_.Restart();  // and so from what is stored
  CheckIndex();
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
  const auto day =
      static_cast<matcher::Day>(base::LondonDate(world_.clock.Now()) - absl::CivilDay(1970, 1, 1));
  const matcher::Moment now{absl::ToUnixSeconds(world_.clock.Now()) / 60, day};
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
      // Every dated role of this world takes the same evenings.
      const auto is_dated = [&](const std::string& name) { return world_.RoleAt(name).has_schedule(); };
      const bool clash = is_dated(role) && std::any_of(held.begin(), held.end(), is_dated);
      EXPECT_EQ(told.Holds(matcher::Condition::kDoubleBooked), !clash) << volunteer << " " << role;
    }
  }
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

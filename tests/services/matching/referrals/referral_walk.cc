#include "tests/services/matching/referrals/referral_walk.h"

#include <algorithm>
#include <thread>

#include "services/rpc/moments.h"

namespace brokerage::matching {
namespace {

using v1::Referral;

template <typename Item>
const Item& OneOf(const std::vector<Item>& items, std::mt19937& random) {
  return items[std::uniform_int_distribution<std::size_t>(0, items.size() - 1)(random)];
}

bool Chance(int percent, std::mt19937& random) {
  return std::uniform_int_distribution<int>(1, 100)(random) <= percent;
}

std::string Named(const std::string& name) { return "name: '" + name + "'"; }

}  // namespace

ReferralWalk::ReferralWalk(ReferralWorld& world, absl::Duration clock_pace)
    : world_(world), clock_pace_(clock_pace), began_(world.clock.Now()) {
  for (const char* centre : {kAshford, kDover}) {
    for (int limit = 1; limit <= 4; ++limit)
      volunteers_.push_back(world.Volunteer(centre, absl::StrCat("placement_limit: ", limit)));
    roles_.push_back(world.Role(centre, "places: 1"));
    roles_.push_back(world.Role(centre, "places: 2 minimum_coverage_bp: 0" + Evening(1)));
    roles_.push_back(world.Role(centre, "places: 3 minimum_coverage_bp: 0" + Evening(1)));
    roles_.push_back(world.Role(centre, "places: 4"));
    moving_.push_back(world.Role(centre, "places: 4 minimum_coverage_bp: 0" + Evening(2)));
    roles_.push_back(moving_.back());
  }
}

std::string ReferralWalk::Evening(int in_days) const {
  return absl::StrCat(" schedule { dated { recurrence { dtstart { seconds: ",
                      absl::ToUnixSeconds(began_ + absl::Hours(24 * in_days)),
                      " } duration { seconds: 7200 } rrule: 'FREQ=WEEKLY' } } }");
}

void ReferralWalk::LetOneLeave() {
  // Those who were here first leave first; who has left stays among those whom the actors try.
  const std::string leaver = volunteers_[static_cast<std::size_t>(left_++)];
  Count("MarkVolunteerLeft", Ask(world_.Lead(), &Volunteers::MarkVolunteerLeft, Named(leaver)).status());
  volunteers_.push_back(world_.Volunteer(left_ % 2 == 0 ? kAshford : kDover, "placement_limit: 3"));
}

void ReferralWalk::Take(int actors, int steps, uint32_t seed) {
  LetOneLeave();
  std::vector<Actor> made;
  for (int i = 0; i < actors; ++i) made.push_back(MakeActor(i, seed));
  {
    std::vector<std::jthread> threads;
    for (Actor& actor : made) {
      threads.emplace_back([&] {
        for (int i = 0; i < steps; ++i) TakeOne(actor);
      });
    }
  }
  for (const std::string& role : moving_) {
    const auto dtstart = world_.RoleAt(role).schedule().dated().recurrence().dtstart();
    const bool on_the_first = rpc::ToTime(dtstart) == began_ + absl::Hours(24);
    Count("UpdateOpportunity", Move(world_.Lead(), role, on_the_first ? 2 : 1));
  }
}

absl::Status ReferralWalk::Move(const Client& client, const std::string& role, int in_days) {
  return Ask(client, &Opportunities::UpdateOpportunity,
             absl::StrCat("opportunity { ", Named(role), Evening(in_days), " }"))
      .status();
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
  return referrals_.empty() ? "centres/ashford/referrals/none" : OneOf(referrals_, actor.random);
}

void ReferralWalk::Forget(const std::string& referral) {
  const std::lock_guard lock(mutex_);
  referrals_.erase(std::remove(referrals_.begin(), referrals_.end(), referral), referrals_.end());
}

void ReferralWalk::Step(Actor& actor) {
  const std::string name = AReferral(actor);
  const auto got = Ask(actor.client, &Referrals::GetReferral, Named(name));
  Count("GetReferral", got.status());
  if (!got.ok()) return;
  CheckContact(*got);
  // What is over is mostly left alone, and so is who has a place.
  if (!IsLive(got->stage()) && Chance(90, actor.random)) return Forget(name);
  if (got->stage() == Referral::STAGE_PLACED && Chance(80, actor.random)) return;
  // Mostly a step that is possible, as it was when it was read.
  const auto possible = PossibleAt(got->stage());
  const std::string method = Chance(80, actor.random) ? possible.front() : OneOf(Calls(), actor.random).first;
  // Some guard against others, and some of these with what they read long ago.
  std::string etag;
  if (Chance(20, actor.random)) etag = Chance(20, actor.random) ? "another" : got->etag();
  const auto taken = matching::Take(actor.client, method, name, "etag: '" + etag + "'");
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
  switch (std::uniform_int_distribution<int>(0, 8)(actor.random)) {
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
    case 6:
      touch("UpdateOpportunity", Move(actor.client, OneOf(moving_, actor.random),
                                      std::uniform_int_distribution<int>(1, 2)(actor.random)));
      break;
    case 7:
      ChangeSharing(actor);
      break;
    default:
      Count("MatchVolunteers", Ask(actor.client, &Matches::MatchVolunteers,
                                   "parent: '" + actor.centre + "' opportunity: '" + role + "'")
                                   .status());
  }
}

void ReferralWalk::ChangeSharing(Actor& actor) {
  const std::string sharing =
      Chance(50, actor.random) ? "' sharing: SHARING_COUNTY }" : "' sharing: SHARING_CENTRE }";
  Count("UpdateVolunteer", Ask(actor.client, &Volunteers::UpdateVolunteer,
                               "volunteer { name: '" + OneOf(volunteers_, actor.random) + sharing)
                               .status());
  Count("UpdateOpportunity", Ask(actor.client, &Opportunities::UpdateOpportunity,
                                 "opportunity { name: '" + OneOf(roles_, actor.random) + sharing)
                                 .status());
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

}  // namespace brokerage::matching

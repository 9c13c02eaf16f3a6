// Actors of two centres who take steps of referrals, and others that touch them, as chance has it.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "tests/services/matching/referrals/referral_world.h"

namespace brokerage::matching {

// A small world in which everyone is in everyone's way. Thread-safe but for Check.
class ReferralWalk {
 public:
  // `clock_pace`: how far the clock moves at a step, at most.
  ReferralWalk(ReferralWorld& world, absl::Duration clock_pace);

  // One volunteer leaves and another comes. Then takes `steps` steps on each of `actors` threads, each from a
  // seed of its own. Whatever is refused is refused in a way that a step may be. At last some roles move, and
  // nothing else happens that would tell of whoever has a place there.
  void Take(int actors, int steps, uint32_t seed);

  // What must hold of the whole, while nobody acts.
  void Check();

  // How often each method succeeded.
  std::map<std::string, int> counts() const;

 private:
  struct Actor {
    Client client;
    std::string centre;
    std::mt19937 random;
  };

  Actor MakeActor(int number, uint32_t seed);
  void LetOneLeave();
  // A role's time: a weekly evening, the first so many days after the walk began.
  std::string Evening(int in_days) const;
  absl::Status Move(const Client& client, const std::string& role, int in_days);
  void TakeOne(Actor& actor);
  void Shortlist(Actor& actor);
  void Step(Actor& actor);
  void TouchOthers(Actor& actor);
  void ChangeSharing(Actor& actor);
  void Count(const std::string& method, const absl::Status& status);
  std::string AReferral(Actor& actor);
  void Forget(const std::string& referral);
  // No answer has a contact before the volunteer's consent.
  void CheckContact(const v1::Referral& answer);

  bool IsMoving(const std::string& role) const;
  void CheckReferrals();
  void CheckRoles();
  void CheckVolunteers();
  void CheckIndex();
  // Which conditions the index says to fail, of every pair.
  std::vector<std::string> ToldByIndex();
  void CheckAccesses();

  ReferralWorld& world_;
  const absl::Duration clock_pace_;
  const absl::Time began_;
  std::vector<std::string> volunteers_;
  std::vector<std::string> roles_;
  std::vector<std::string> moving_;  // of these, those of which the evening changes
  int left_ = 0;

  mutable std::mutex mutex_;
  std::vector<std::string> referrals_;  // those that the actors take steps with
  std::map<std::string, int> counts_;
  int answered_contacts_ = 0;
};

}  // namespace brokerage::matching

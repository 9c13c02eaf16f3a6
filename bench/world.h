// The benchmark's world: as many volunteers and roles as wanted, each made on the fly from a seed and its
// number, and the same every time. It reads like people (where they live, when they are free, what they can
// do), and holds nothing in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

#include "bench/draws.h"
#include "bench/geography.h"
#include "matcher/index.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::bench {

// What kinds of questions are asked; see docs/performance.md.
enum class RoleClass : uint8_t {
  kLocal,   // on site: the radius decides; a required skill, sometimes a check
  kRemote,  // no place prunes; some skills are wanted, none required
  kWorst,   // remote, nothing required, no minimum coverage, seen by the lead: as little as possible prunes
  kFlat,    // as remote, with equal weights
  kTies,    // as worst, and nothing wanted either: everyone scores the same
  kDated,   // on site, twelve dated sessions
};
inline constexpr RoleClass kRoleClasses[] = {RoleClass::kLocal, RoleClass::kRemote, RoleClass::kWorst,
                                             RoleClass::kFlat,  RoleClass::kTies,   RoleClass::kDated};
absl::string_view NameOf(RoleClass role_class);

// Which volunteers ask what they could do.
enum class SeekerClass : uint8_t {
  kOnSite,  // does not accept remote roles
  kRemote,  // accepts remote roles too
};
inline constexpr SeekerClass kSeekerClasses[] = {SeekerClass::kOnSite, SeekerClass::kRemote};
absl::string_view NameOf(SeekerClass seeker_class);

struct VolunteersQuestion {
  matcher::OpportunityFacts role;
  matcher::Visibility visibility;
  matcher::Weights weights;
};

struct RolesQuestion {
  matcher::VolunteerFacts volunteer;
  matcher::Visibility visibility;
  matcher::Weights weights;
};

// Organisations are few and all active, so that nothing but the pair decides.
inline constexpr int kOrganisations = 50;
std::string OrganisationName(int64_t organisation);

// Thread-safe: nothing changes.
class World {
 public:
  // `volunteers` decides how wide the country is; more may be made.
  World(uint64_t seed, int64_t volunteers);

  // The moment of all questions: a Wednesday in November, 10:00.
  static matcher::Moment AsOf();

  matcher::VolunteerFacts VolunteerAt(int64_t number) const;
  // What is known of a volunteer's past: of those who are placed, a placement without sessions.
  static matcher::SetVolunteerHistory HistoryOf(const matcher::VolunteerFacts& facts);

  // An open role of the store: on site or remote, scheduled weekly, flexibly at any time, or not at all.
  matcher::OpportunityFacts OpportunityAt(int64_t number) const;
  int64_t ConnectionsAt(int64_t number) const;

  VolunteersQuestion QuestionAt(RoleClass role_class, int64_t number) const;
  RolesQuestion QuestionAt(SeekerClass seeker_class, int64_t number) const;

 private:
  // What is drawn, each thing apart from the others.
  enum Stream : uint64_t {
    kVolunteerStream = 1,
    kStateStream,
    kOpportunityStream,
    kConnectionStream,
    kVolunteerNames,
    kOpportunityNames,
    kQuestionStream = 0x100,  // one for each class from here on
    kQuestionNames = 0x200,
  };

  matcher::VolunteerState StateOf(int64_t number) const;
  // An open role in a town, with nothing asked and no schedule.
  matcher::OpportunityFacts NewRole(uint64_t names, int64_t number, Draws& draws) const;

  uint64_t seed_;
  Geography geography_;
};

// The taxonomies that the product ships, and no water: the peers measure straight lines.
std::shared_ptr<const matcher::World> DryWorld();

}  // namespace brokerage::bench

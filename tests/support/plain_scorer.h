// A deliberately plain scorer: the rules of matching read once more, in other arithmetic, over every pair.
//
// It shares the matcher's plain structs and nothing that computes: its own calendar and clock changes (it
// reads the sessions' instants only, never their spans or dates), minutes counted one by one, fractions of
// 128 bits, chords instead of haversines, ways looked for one by one. What an index answers must equal what
// this answers.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "matcher/conditions.h"
#include "matcher/index.h"
#include "matcher/result.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"
#include "tests/support/plain_water.h"

namespace brokerage::support {

// Everything that an index was told, by name.
struct PlainWorld {
  std::vector<matcher::Taxonomy::Term> skills;
  std::vector<matcher::Taxonomy::Term> causes;
  PlainWater water;
  std::map<std::string, matcher::VolunteerFacts> volunteers;
  std::map<std::string, matcher::OpportunityFacts> opportunities;
  std::map<std::string, matcher::OrganisationStanding> organisations;
  std::map<std::string, matcher::SetVolunteerHistory> histories;
  std::map<std::string, int64_t> connections;

  // As an index applies it.
  void Apply(const matcher::Change& change);
};

struct PlainPair {
  std::array<bool, matcher::kConditionCount> holds{};
  matcher::PairScore score;  // without notes

  bool IsMatch() const;
};

PlainPair ScorePlainly(const PlainWorld& world, const matcher::VolunteerFacts& volunteer,
                       const matcher::OpportunityFacts& opportunity, matcher::Minute as_of_min,
                       const matcher::Weights& weights);

struct PlainMatch {
  int64_t rank_millionths = 0;
  std::string name;
  PlainPair pair;
};

struct PlainList {
  std::vector<PlainMatch> matches;  // all of them, best first
  int64_t considered = 0;
  int64_t eligible = 0;
};

PlainList VolunteersPlainly(const PlainWorld& world, const matcher::OpportunityFacts& opportunity,
                            const matcher::Visibility& visibility, matcher::Minute as_of_min,
                            const matcher::Weights& weights);
PlainList OpportunitiesPlainly(const PlainWorld& world, const matcher::VolunteerFacts& volunteer,
                               const matcher::Visibility& visibility, matcher::Minute as_of_min,
                               const matcher::Weights& weights);

}  // namespace brokerage::support

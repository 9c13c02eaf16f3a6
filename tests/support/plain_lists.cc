#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tests/support/plain_fraction.h"
#include "tests/support/plain_role.h"
#include "tests/support/plain_scorer.h"

namespace brokerage::support {
namespace {

bool Sees(const matcher::Visibility& visibility, const std::string& centre, matcher::Sharing sharing) {
  if (visibility.sees_all || centre == visibility.centre) return true;
  return !visibility.own_only && sharing == matcher::Sharing::kCounty;
}

std::vector<unsigned char> BytesFrom(const std::string& name, std::size_t from) {
  return std::vector<unsigned char>(name.begin() + static_cast<std::ptrdiff_t>(from), name.end());
}

// Score descending, last segment, whole name, byte by byte.
bool Earlier(const PlainMatch& a, const PlainMatch& b) {
  if (a.rank_millionths != b.rank_millionths) return a.rank_millionths > b.rank_millionths;
  if (*a.pair.score.score_millionths != *b.pair.score.score_millionths) {
    return *a.pair.score.score_millionths > *b.pair.score.score_millionths;
  }
  const auto id = [](const std::string& name) { return BytesFrom(name, name.find_last_of('/') + 1); };
  if (id(a.name) != id(b.name)) return id(a.name) < id(b.name);
  return BytesFrom(a.name, 0) < BytesFrom(b.name, 0);
}

}  // namespace

void PlainWorld::Apply(const matcher::Change& change) {
  if (const auto* upsert = std::get_if<matcher::UpsertVolunteer>(&change)) {
    volunteers[upsert->facts.name] = upsert->facts;
  } else if (const auto* remove = std::get_if<matcher::RemoveVolunteer>(&change)) {
    volunteers.erase(remove->name);
    histories.erase(remove->name);
  } else if (const auto* role = std::get_if<matcher::UpsertOpportunity>(&change)) {
    opportunities[role->facts.name] = role->facts;
  } else if (const auto* remove_role = std::get_if<matcher::RemoveOpportunity>(&change)) {
    opportunities.erase(remove_role->name);
    connections.erase(remove_role->name);
  } else if (const auto* organisation = std::get_if<matcher::SetOrganisation>(&change)) {
    organisations[organisation->name] = organisation->standing;
  } else if (const auto* history = std::get_if<matcher::SetVolunteerHistory>(&change)) {
    histories[history->name] = *history;
  } else if (const auto* connected = std::get_if<matcher::SetConnections>(&change)) {
    connections[connected->opportunity] = connected->connections;
  }
}

bool PlainPair::IsMatch() const {
  return std::all_of(holds.begin(), holds.end(), [](bool held) { return held; });
}

PlainPair ScorePlainly(const PlainWorld& world, const matcher::VolunteerFacts& volunteer,
                       const matcher::OpportunityFacts& opportunity, matcher::Minute as_of_min,
                       const matcher::Weights& weights) {
  return ScoreRole(world, volunteer, RoleAt(opportunity, as_of_min), weights);
}

PlainList VolunteersPlainly(const PlainWorld& world, const matcher::OpportunityFacts& opportunity,
                            const matcher::Visibility& visibility, matcher::Minute as_of_min,
                            const matcher::Weights& weights) {
  const PlainRole role = RoleAt(opportunity, as_of_min);
  PlainList list;
  for (const auto& [name, volunteer] : world.volunteers) {
    if (!Sees(visibility, volunteer.centre, volunteer.sharing)) continue;
    ++list.considered;
    PlainPair pair = ScoreRole(world, volunteer, role, weights);
    if (!pair.IsMatch()) continue;
    ++list.eligible;
    list.matches.push_back({*pair.score.score_millionths, name, std::move(pair)});
  }
  std::sort(list.matches.begin(), list.matches.end(), Earlier);
  return list;
}

PlainList OpportunitiesPlainly(const PlainWorld& world, const matcher::VolunteerFacts& volunteer,
                               const matcher::Visibility& visibility, matcher::Minute as_of_min,
                               const matcher::Weights& weights) {
  PlainList list;
  for (const auto& [name, opportunity] : world.opportunities) {
    if (!Sees(visibility, opportunity.centre, opportunity.sharing)) continue;
    ++list.considered;
    PlainPair pair = ScorePlainly(world, volunteer, opportunity, as_of_min, weights);
    if (!pair.IsMatch()) continue;
    ++list.eligible;
    const auto connected = world.connections.find(name);
    const Wide connections = connected == world.connections.end() ? 0 : connected->second;
    const Fraction kept{Wide{opportunity.places} * 10'000,
                        Wide{opportunity.places} * 10'000 + Wide{weights.alpha_bp} * connections};
    const int64_t rank = Nearest(Fraction{*pair.score.score_millionths, 1} * kept);
    list.matches.push_back({rank, name, std::move(pair)});
  }
  std::sort(list.matches.begin(), list.matches.end(), Earlier);
  return list;
}

}  // namespace brokerage::support

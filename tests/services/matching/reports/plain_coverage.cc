#include "tests/services/matching/reports/plain_coverage.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/opportunity_states.h"
#include "services/matching/visibility.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {
namespace {

using storage::v1::OpportunityRecord;
using storage::v1::VolunteerRecord;

template <typename Record>
std::vector<Record> RecordsOf(const storage::Store& store, absl::string_view prefix) {
  const auto found = storage::Table<Record>(store, prefix).List("", "", 1'000'000);
  EXPECT_TRUE(found.ok()) << found.status();
  std::vector<Record> records;
  for (const auto& stored : *found) records.push_back(stored.message);
  return records;
}

// The term and each above it, by name.
template <typename Table>
void AddNames(const Table& table, const std::string& prefix, const std::string& name,
              std::set<std::string>& names) {
  for (auto row = table.IndexOf(name.substr(prefix.size())); row && *row >= 0; row = table.at(*row).parent) {
    names.insert(prefix + table.at(*row).id);
  }
}

struct Who {
  std::string district;          // as shown; empty: elsewhere
  std::set<std::string> has;     // terms, and all above them
  std::set<std::string> states;  // the terms themselves
  int64_t places = 0;            // of a role
  bool remote = false;           // a remote role, or a volunteer who accepts it
};

template <typename Resource>
Who TermsOf(const ReferenceTables& tables, const Resource& resource) {
  Who who;
  for (const auto& skill : resource.skills()) {
    who.states.insert(skill.skill());
    AddNames(tables.skills, "skills/", skill.skill(), who.has);
  }
  for (const std::string& cause : resource.causes()) {
    who.states.insert(cause);
    AddNames(tables.causes, "causes/", cause, who.has);
  }
  return who;
}

using Everyone = std::pair<std::vector<Who>, std::vector<Who>>;  // volunteers and roles

v1::Coverage CoverageOf(const Everyone& everyone) {
  const auto& [volunteers, roles] = everyone;
  v1::Coverage coverage;
  coverage.set_searching_volunteers(static_cast<int64_t>(volunteers.size()));
  coverage.set_open_opportunities(static_cast<int64_t>(roles.size()));
  int64_t places = 0;
  for (const Who& role : roles) places += role.places;
  coverage.set_open_places(places);
  if (places > 0) {
    coverage.set_volunteers_per_place_hundredths(static_cast<int64_t>(volunteers.size()) * 100 / places);
    coverage.set_thin(static_cast<int64_t>(volunteers.size()) < places);
  }
  return coverage;
}

template <typename Condition>
std::vector<Who> Those(const std::vector<Who>& all, const Condition& condition) {
  std::vector<Who> some;
  std::copy_if(all.begin(), all.end(), std::back_inserter(some), condition);
  return some;
}
template <typename Condition>
Everyone Those(const Everyone& all, const Condition& condition) {
  return {Those(all.first, condition), Those(all.second, condition)};
}

// Of the terms that begin so: each that a role states, with those who have it.
std::vector<v1::TermCoverage> TermsOf(const Everyone& everyone, const std::string& prefix) {
  std::set<std::string> terms;
  for (const Who& role : everyone.second) terms.insert(role.states.begin(), role.states.end());
  std::vector<v1::TermCoverage> rows;
  for (const std::string& term : terms) {
    if (term.rfind(prefix, 0) != 0) continue;
    v1::TermCoverage& row = rows.emplace_back();
    row.set_term(term);
    *row.mutable_coverage() =
        CoverageOf(Those(everyone, [&](const Who& who) { return who.has.count(term) > 0; }));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    const auto& [x, y] = std::pair(a.coverage(), b.coverage());
    const auto ratio = [](const v1::Coverage& c) {
      return static_cast<long double>(c.searching_volunteers()) / static_cast<long double>(c.open_places());
    };
    return ratio(x) != ratio(y) ? ratio(x) < ratio(y) : x.open_places() > y.open_places();
  });
  return rows;
}

template <typename Rows>
void AddFirst(std::vector<v1::TermCoverage> from, std::size_t most, Rows* rows) {
  from.resize(std::min(from.size(), most));
  rows->Add(from.begin(), from.end());
}

}  // namespace

v1::GetDistrictCoverageResponse PlainCoverage(const PlainWorld& world, const rpc::Acting& acting,
                                              const std::string& cause, const std::string& skill,
                                              absl::Time now) {
  const auto is_meant = [&](const Who& who) {
    return (cause.empty() || who.has.count(cause) > 0) && (skill.empty() || who.has.count(skill) > 0);
  };
  Everyone everyone;
  for (const auto& record : RecordsOf<VolunteerRecord>(world.store, storage::kVolunteers)) {
    const v1::Volunteer& stored = record.volunteer();
    if (!Sees(acting, stored) || stored.state() != v1::Volunteer::STATE_SEARCHING) continue;
    const v1::Volunteer shown = Shown(acting, stored, world.places, world.tables.districts);
    Who who = TermsOf(world.tables, shown);
    who.district = shown.home().district();
    who.remote = shown.accepts_remote();
    if (is_meant(who)) everyone.first.push_back(std::move(who));
  }
  for (const auto& record : RecordsOf<OpportunityRecord>(world.store, storage::kOpportunities)) {
    const v1::Opportunity& stored = record.opportunity();
    if (!Sees(acting, stored) || EffectiveState(stored, now) != v1::Opportunity::STATE_OPEN) continue;
    Who who = TermsOf(world.tables, stored);
    who.district = stored.place().district();
    who.remote = stored.remote();
    who.places = (stored.has_places() ? stored.places() : 1) - stored.places_filled();
    if (is_meant(who)) everyone.second.push_back(std::move(who));
  }

  v1::GetDistrictCoverageResponse response;
  const auto is_remote = [](const Who& who) { return who.remote; };
  *response.mutable_remote() = CoverageOf(Those(everyone, is_remote));
  const Everyone on_site{everyone.first, Those(everyone.second, [](const Who& who) { return !who.remote; })};
  *response.mutable_total() = CoverageOf(on_site);
  constexpr std::size_t kAll = 1'000'000;
  AddFirst(TermsOf(on_site, "causes/"), kAll, response.mutable_causes());
  AddFirst(TermsOf(on_site, "skills/"), kAll, response.mutable_skills());

  std::vector<std::string> districts;
  for (const auto& district : world.tables.districts.all()) districts.push_back("districts/" + district.code);
  districts.push_back("districts/outside");
  for (const std::string& name : districts) {
    const Everyone there = Those(on_site, [&](const Who& who) { return who.district == name; });
    v1::DistrictCoverage& district = *response.add_districts();
    district.set_district(name);
    *district.mutable_coverage() = CoverageOf(there);
    AddFirst(TermsOf(there, "causes/"), 5, district.mutable_thinnest_causes());
    AddFirst(TermsOf(there, "skills/"), 5, district.mutable_thinnest_skills());
  }
  *response.mutable_elsewhere() =
      CoverageOf(Those(on_site, [](const Who& who) { return who.district.empty(); }));
  return response;
}

}  // namespace brokerage::matching

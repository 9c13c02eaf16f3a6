#include "apps/demo/roles.h"

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "apps/demo/notation.h"
#include "apps/demo/role_kinds.h"
#include "apps/demo/schedules.h"

namespace brokerage::demo {
namespace {

using matching::v1::Opportunity;

// In thousandths.
constexpr int kShared = 900;
constexpr int kCommonRole = 260;  // of an organisation's roles: the ones that any organisation has
constexpr int kTriesForATitle = 20;

// Larger organisations offer more.
int WeightOf(const registry::v1::Organisation& organisation) {
  const int64_t income = organisation.income();
  return income < 10'000 ? 2 : income < 100'000 ? 3 : income < 1'000'000 ? 5 : 8;
}

const RoleKind& PickKind(const OrganisationKind& organisation, Random& random) {
  return FindRoleKind(random.Pick(random.Chance(kCommonRole) ? CommonRoles() : organisation.roles));
}

// What the kind asks for, whoever offers it. The tables of kinds are tested to be readable.
void FillRequirements(const RoleKind& kind, Random& random, Opportunity* role) {
  const auto skills = ParseWantedSkills(kind.skills);
  for (const auto& skill : *skills) *role->add_skills() = skill;
  if (const auto check = ParseRequiredCheck(kind.check);
      check->level() != common::v1::CHECK_LEVEL_UNSPECIFIED) {
    *role->mutable_required_check() = *check;
  }
  const auto licences = ParseLicences(kind.licences);
  for (const auto licence : *licences) role->add_licences(licence);
  if (!kind.languages.empty() && random.Chance(500))
    role->add_languages(std::string(random.Pick(kind.languages)));
  if (kind.youngest > 0) role->set_minimum_age(kind.youngest);
  if (kind.oldest > 0) role->set_maximum_age(kind.oldest);
  role->set_guardian_consent(kind.guardian_consent);
  if (kind.minimum_coverage_bp >= 0) role->set_minimum_coverage_bp(kind.minimum_coverage_bp);
  role->set_places(random.Between(kind.fewest_places, kind.most_places));
}

void FillCauses(const RoleKind& kind, const OrganisationKind& organisation, Random& random,
                Opportunity* role) {
  if (random.Chance(70)) return;  // nobody filled it in
  std::set<std::string> causes;
  for (const std::string& cause : Words(kind.causes)) causes.insert(cause);
  causes.insert(std::string(organisation.causes.front()));
  for (const std::string& cause : causes) role->add_causes(absl::StrCat("causes/", cause));
}

// Where a role happens, as text and as a place.
std::string FillPlace(const RoleKind& kind, const OrganisationPlan& organisation, const Homes& homes,
                      Random& random, Opportunity* role) {
  if (kind.remote) {
    role->set_remote(true);
    return std::string(organisation.area->town);
  }
  if (kind.at_homes) {
    const Area& area = homes.PickArea(organisation.area->district, /*outside=*/false, random);
    *role->mutable_place() = homes.PickPlace(area, random);
    return std::string(area.town);
  }
  *role->mutable_place() = random.Pick(organisation.record.organisation.places());
  return std::string(organisation.area->town);
}

void FillSupport(const OrganisationPlan& organisation, Random& random, Opportunity* role) {
  for (const absl::string_view support : organisation.kind->support) {
    if (random.Chance(550)) role->add_access_support(std::string(support));
  }
}

void PickState(Random& random, CountyOpportunity* result) {
  constexpr std::array<Opportunity::State, 6> kStates = {
      Opportunity::STATE_OPEN,   Opportunity::STATE_DRAFT,    Opportunity::STATE_SUBMITTED,
      Opportunity::STATE_PAUSED, Opportunity::STATE_REJECTED, Opportunity::STATE_CLOSED};
  constexpr std::array<int, 6> kShares = {860, 40, 35, 30, 10, 25};
  result->state = kStates[random.Weighted(kShares)];
  if (result->state == Opportunity::STATE_REJECTED) {
    result->reject_reason = "Please say who supervises the role, and send it again.";
  }
}

// A title that the organisation has not used yet, as long as that can be found.
std::pair<const RoleKind*, std::string> PickTitle(const OrganisationKind& organisation,
                                                  const absl::flat_hash_set<std::string>& taken,
                                                  Random& random) {
  std::pair<const RoleKind*, std::string> picked;
  for (int i = 0; i < kTriesForATitle; ++i) {
    picked.first = &PickKind(organisation, random);
    picked.second = std::string(random.Pick(picked.first->titles));
    if (!taken.contains(picked.second)) break;
  }
  return picked;
}

}  // namespace

std::vector<CountyOpportunity> MakeOpportunities(uint64_t seed, int count, absl::CivilDay today,
                                                 const std::vector<OrganisationPlan>& organisations,
                                                 const Homes& homes) {
  std::vector<int> weights;
  for (const OrganisationPlan& plan : organisations) weights.push_back(WeightOf(plan.record.organisation));
  std::vector<absl::flat_hash_set<std::string>> titles(organisations.size());

  std::vector<CountyOpportunity> result;
  for (int i = 0; i < count; ++i) {
    Random random = Random::For(seed, "opportunity", static_cast<uint64_t>(i));
    const bool first = i == 0;
    CountyOpportunity record;
    record.organisation = first ? 0 : random.Weighted(weights);
    const OrganisationPlan& organisation = organisations[record.organisation];
    record.centre = organisation.record.organisation.centre();

    auto [kind, title] = PickTitle(*organisation.kind, titles[record.organisation], random);
    if (first) kind = &FindRoleKind(organisation.kind->roles.front());
    if (first) title = std::string(kind->titles.front());
    titles[record.organisation].insert(title);

    Opportunity& role = record.opportunity;
    role.set_title(title);
    FillRequirements(*kind, random, &role);
    FillCauses(*kind, *organisation.kind, random, &role);
    const std::string town = FillPlace(*kind, organisation, homes, random, &role);
    role.set_description(absl::StrReplaceAll(
        kind->description,
        {{"{town}", town}, {"{organisation}", organisation.record.organisation.display_name()}}));
    FillSupport(organisation, random, &role);
    const auto schedule =
        MakeSchedule(first ? kind->timings.front() : random.Pick(kind->timings), today, random);
    if (schedule.kind_case() != matching::v1::Schedule::KIND_NOT_SET) *role.mutable_schedule() = schedule;
    role.set_sharing(first || random.Chance(kShared) ? common::v1::SHARING_COUNTY
                                                     : common::v1::SHARING_CENTRE);
    if (!first) PickState(random, &record);
    result.push_back(std::move(record));
  }
  return result;
}

}  // namespace brokerage::demo

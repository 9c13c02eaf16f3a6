#include "tests/real_data/real_world.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "apps/demo/county.h"
#include "base/clock.h"
#include "matcher/columnar/columnar_index.h"
#include "reference/causes.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/places_import.h"
#include "reference/skills.h"
#include "reference/waters.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/tables.h"
#include "services/matching/convert/times.h"
#include "services/matching/convert/volunteer_reader.h"
#include "tests/real_data/dressing.h"
#include "tests/real_data/real_organisations.h"
#include "tests/real_data/real_roles.h"

namespace brokerage::real_data {
namespace {

// The default freshness period.
constexpr absl::Duration kFresh = absl::Hours(90 * 24);

// As an index lists skills or causes: none of either is a group.
std::vector<matcher::Taxonomy::Term> TermsOf(const std::vector<int32_t>& parents) {
  std::vector<matcher::Taxonomy::Term> terms;
  for (const int32_t parent : parents) {
    matcher::Taxonomy::Term term;
    if (parent >= 0) term.parent = static_cast<uint16_t>(parent);
    terms.push_back(term);
  }
  return terms;
}

class Builder {
 public:
  Builder(std::shared_ptr<const reference::PlaceIndex> places, RealWorld& world)
      : places_(std::move(places)),
        tables_(matching::ShippedTables(reference::KentDistricts())),
        world_(world) {}

  void AddOrganisations(const std::vector<RealOrganisation>& organisations) {
    for (const RealOrganisation& organisation : organisations) {
      const std::string name = absl::StrFormat("organisations/o%03d", organisation_names_.size());
      organisation_names_.emplace(organisation.key, name);
      changes_.push_back(matcher::SetOrganisation{name, organisation.suspended
                                                            ? matcher::OrganisationStanding::kSuspended
                                                            : matcher::OrganisationStanding::kActive});
    }
  }

  void AddRole(const RealRole& real, absl::Time now) {
    matching::v1::Opportunity role = real.opportunity;
    role.set_name(absl::StrFormat("%s/opportunities/r%03d", real.centre, world_.roles.size()));
    role.set_organisation(organisation_names_.at(real.organisation_key));
    role.set_state(real.paused ? matching::v1::Opportunity::STATE_PAUSED
                               : matching::v1::Opportunity::STATE_OPEN);
    role.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(now + kFresh));
    world_.roles.push_back(role.name());
    changes_.push_back(matcher::UpsertOpportunity{matching::ToFacts(role, tables_, *places_, now)});
  }

  void AddVolunteer(const demo::CountyVolunteer& record) {
    matching::v1::Volunteer volunteer = record.volunteer;
    volunteer.set_name(absl::StrFormat("%s/volunteers/v%05d", record.centre, world_.volunteers.size()));
    volunteer.set_state(record.state);
    if (record.break_until) *volunteer.mutable_break_until_date() = *record.break_until;
    world_.volunteers.push_back(volunteer.name());
    changes_.push_back(matcher::UpsertVolunteer{matching::ToFacts(volunteer, tables_, *places_)});
  }

  void Finish() {
    world_.plain = EmptyPlainWorld();
    for (const matcher::Change& change : changes_) world_.plain.Apply(change);
    world_.index = matcher::MakeColumnarIndex(matching::MakeWorld(tables_, reference::KentWaters()));
    world_.index->Publish(std::move(changes_), {1, 1});
  }

 private:
  std::shared_ptr<const reference::PlaceIndex> places_;
  matching::ReferenceTables tables_;
  RealWorld& world_;
  std::map<std::string, std::string> organisation_names_;
  std::vector<matcher::Change> changes_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const reference::PlaceIndex>> ImportRealPlaces(const std::string& dir,
                                                                              const std::string& places_dir) {
  std::filesystem::create_directories(places_dir);
  const auto report = reference::ImportPlaces(
      {dir + "/geography/kent_postcodes.csv", dir + "/geography/kent_fringe_postcodes.csv"}, places_dir);
  if (!report.ok()) return report.status();
  if (!report->faults.empty()) return absl::DataLossError("the real postcodes have faults");
  return reference::LoadPlaces(places_dir, reference::KentDistricts());
}

support::PlainWorld EmptyPlainWorld() {
  support::PlainWorld world;
  world.skills = TermsOf(reference::ShippedSkills().parents());
  world.causes = TermsOf(reference::ShippedCauses().parents());
  const auto to_point = [](reference::Point point) {
    return matcher::GeoPoint{point.latitude_e7, point.longitude_e7};
  };
  std::vector<std::vector<matcher::GeoPoint>> barriers;
  for (const reference::WaterBarrier& barrier : reference::KentWaters().barriers()) {
    std::transform(barrier.points.begin(), barrier.points.end(), std::back_inserter(barriers.emplace_back()),
                   to_point);
  }
  std::vector<matcher::GeoPoint> crossings;
  for (const reference::WaterCrossing& crossing : reference::KentWaters().crossings()) {
    crossings.push_back(to_point(crossing.point));
  }
  world.water = support::PlainWater(std::move(barriers), std::move(crossings));
  return world;
}

absl::StatusOr<RealWorld> MakeRealWorld(const std::string& dir, const std::string& scratch_dir,
                                        int volunteers) {
  const auto places = ImportRealPlaces(dir, scratch_dir + "/places");
  if (!places.ok()) return places.status();
  const auto dressing = LoadDressing();
  if (!dressing.ok()) return dressing.status();
  const auto roles = LoadRealRoles(dir, *dressing);
  if (!roles.ok()) return roles.status();
  const absl::Time now = absl::FromCivil(kMoment, base::LondonTimeZone());
  const demo::County county = demo::Generate({.today = absl::CivilDay(kMoment),
                                              .organisations = 0,
                                              .opportunities = 0,
                                              .volunteers = volunteers,
                                              .places = *places});

  RealWorld world;
  world.moment = matching::MomentAt(now);
  Builder builder(*places, world);
  builder.AddOrganisations(OrganisationsOf(roles->roles));
  for (const RealRole& role : roles->roles) builder.AddRole(role, now);
  for (const demo::CountyVolunteer& volunteer : county.volunteers) builder.AddVolunteer(volunteer);
  builder.Finish();
  return world;
}

}  // namespace brokerage::real_data

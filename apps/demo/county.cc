#include "apps/demo/county.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "apps/demo/homes.h"
#include "apps/demo/organisations.h"
#include "apps/demo/people.h"
#include "apps/demo/roles.h"
#include "reference/districts.h"

namespace brokerage::demo {
namespace {

CountyCentre MakeCentre(const reference::District& district) {
  CountyCentre result;
  result.id = district.id;
  result.centre.set_display_name(absl::StrCat(district.name, " Volunteer Centre"));
  result.centre.add_districts(absl::StrCat("districts/", district.code));
  return result;
}

}  // namespace

County Generate(const CountyOptions& options) {
  const Homes homes(options.places ? options.places : reference::ShippedPlaces(reference::KentDistricts()));
  County county;
  for (const reference::District& district : reference::KentDistricts().all()) {
    county.centres.push_back(MakeCentre(district));
  }
  std::vector<OrganisationPlan> organisations = MakeOrganisations(options.seed, options.organisations, homes);
  if (!organisations.empty()) {
    county.opportunities =
        MakeOpportunities(options.seed, options.opportunities, options.today, organisations, homes);
  }
  for (OrganisationPlan& plan : organisations) county.organisations.push_back(std::move(plan.record));
  county.volunteers.reserve(static_cast<std::size_t>(options.volunteers));
  for (int i = 0; i < options.volunteers; ++i) {
    county.volunteers.push_back(MakeVolunteer(options.seed, static_cast<uint64_t>(i), options.today, homes));
  }
  return county;
}

}  // namespace brokerage::demo

#include "services/registry/organisation_validate.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/resource_names.h"
#include "reference/causes.h"
#include "services/places/resolve.h"
#include "services/registry/organisation_identifiers.h"
#include "services/rpc/contact_shapes.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"

namespace brokerage::registry {
namespace {

using common::v1::Place;
using v1::Organisation;

constexpr char kPath[] = "organisation.";

std::string Item(absl::string_view list, int index) { return absl::StrCat(kPath, list, "[", index, "]"); }

void CheckIdentifiers(const Organisation& organisation, base::Violations& violations) {
  for (int i = 0; i < organisation.identifiers_size(); ++i) {
    const std::string& identifier = organisation.identifiers(i);
    if (identifier.empty()) continue;  // the limits' to refuse
    const std::string fault = FaultOfIdentifier(identifier);
    if (!fault.empty()) violations.Add(Item("identifiers", i), fault);
  }
}

void CheckDistricts(const Organisation& organisation, const reference::Districts& districts,
                    base::Violations& violations) {
  for (int i = 0; i < organisation.districts_served_size(); ++i) {
    if (organisation.districts_served(i).empty()) continue;
    const auto code = base::ParseDistrictName(organisation.districts_served(i));
    if (!code) {
      violations.Add(Item("districts_served", i), "must be districts/{district}");
    } else if (!districts.IsValidForRecord(*code)) {
      violations.Add(Item("districts_served", i), "is none of the districts that ListDistricts names");
    }
  }
}

void CheckCauses(const Organisation& organisation, base::Violations& violations) {
  for (int i = 0; i < organisation.causes_size(); ++i) {
    if (organisation.causes(i).empty()) continue;
    const auto id = base::ParseCauseName(organisation.causes(i));
    if (!id) {
      violations.Add(Item("causes", i), "must be causes/{cause}");
    } else if (!reference::ShippedCauses().IndexOf(*id)) {
      violations.Add(Item("causes", i), "is none of the causes that ListCauses names");
    }
  }
}

void CheckReach(const Organisation& organisation, base::Violations& violations) {
  rpc::CheckWebAddress(organisation.website(), "organisation.website", violations);
  rpc::CheckEmailAddress(organisation.contact().email(), "organisation.contact.email", violations);
  rpc::CheckPhoneNumber(organisation.contact().phone(), "organisation.contact.phone", violations);
}

// Whether there is one is asked of the store.
void CheckAccountableBody(const Organisation& organisation, base::Violations& violations) {
  const bool unconstituted = organisation.kind() == Organisation::KIND_UNCONSTITUTED_GROUP;
  if (unconstituted && organisation.accountable_body().empty()) {
    violations.Add("organisation.accountable_body", "is required for KIND_UNCONSTITUTED_GROUP");
  } else if (!unconstituted && !organisation.accountable_body().empty()) {
    violations.Add("organisation.accountable_body", "is for KIND_UNCONSTITUTED_GROUP only");
  }
  rpc::CheckName<base::OrganisationName>(organisation.accountable_body(), "organisation.accountable_body",
                                         violations);
}

void SettlePlace(const Organisation* before, Place& place, const std::string& path,
                 const reference::PlaceIndex& places, base::Violations& violations) {
  if (before != nullptr) {
    const auto stored =
        std::find_if(before->places().begin(), before->places().end(),
                     [&](const Place& candidate) { return places::SamePlaceGiven(candidate, place); });
    if (stored != before->places().end()) {
      place = *stored;
      return;
    }
  }
  places::ResolvePlace(place, path, places, violations);
}

}  // namespace

void CheckOrganisation(const Organisation* before, Organisation& organisation,
                       const reference::Districts& districts, const reference::PlaceIndex& places,
                       base::Violations& violations) {
  rpc::CheckMessage(organisation, kPath, violations);
  rpc::CheckName<base::CentreName>(organisation.centre(), "organisation.centre", violations);
  CheckIdentifiers(organisation, violations);
  CheckDistricts(organisation, districts, violations);
  CheckCauses(organisation, violations);
  CheckReach(organisation, violations);
  CheckAccountableBody(organisation, violations);
  for (int i = 0; i < organisation.places_size(); ++i) {
    SettlePlace(before, *organisation.mutable_places(i), Item("places", i), places, violations);
  }
  organisation.set_size_band(
      SizeBandOf(organisation.has_income() ? std::optional(organisation.income()) : std::nullopt));
}

v1::SizeBand SizeBandOf(std::optional<int64_t> income) {
  if (!income) return v1::SIZE_BAND_UNSPECIFIED;
  if (*income < 10'000) return v1::SIZE_BAND_MICRO;
  if (*income < 100'000) return v1::SIZE_BAND_SMALL;
  if (*income < 1'000'000) return v1::SIZE_BAND_MEDIUM;
  if (*income < 10'000'000) return v1::SIZE_BAND_LARGE;
  if (*income < 100'000'000) return v1::SIZE_BAND_MAJOR;
  return v1::SIZE_BAND_SUPER_MAJOR;
}

}  // namespace brokerage::registry

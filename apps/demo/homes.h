// Points and postcodes where someone could live or an organisation could work.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "apps/demo/areas.h"
#include "apps/demo/random.h"
#include "brokerage/common/v1/place.pb.h"
#include "reference/places.h"

namespace brokerage::demo {

// Picks Kent's districts by their population, areas by their postcodes, and places within them. Immutable.
class Homes {
 public:
  explicit Homes(std::shared_ptr<const reference::PlaceIndex> places);

  // The id of a district, likelier the more people live there.
  const std::string& PickDistrict(Random& random) const;
  // An area in which people of the district's centre live; `outside` also beyond the border.
  const Area& PickArea(absl::string_view district, bool outside, Random& random) const;
  // A place in `area`: a real postcode of its district where postcodes were imported, else coordinates among
  // the centroids of its sectors.
  common::v1::Place PickPlace(const Area& area, Random& random) const;

 private:
  struct Sector {
    std::string code;  // "TN23 1"
    reference::Point centroid;
  };
  // What is known of one row of Areas().
  struct Ground {
    std::vector<Sector> sectors;
    std::string record_district;  // as PlaceIndex says it
  };

  std::string PickPostcode(const Ground& ground, Random& random) const;
  reference::Point PickPoint(const Ground& ground, Random& random) const;

  std::shared_ptr<const reference::PlaceIndex> places_;
  std::vector<std::string> district_ids_;
  std::vector<int> populations_;
  std::vector<Ground> grounds_;  // by row of Areas()
};

}  // namespace brokerage::demo

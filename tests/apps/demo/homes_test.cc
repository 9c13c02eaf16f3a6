#include "apps/demo/homes.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>

#include "base/files.h"
#include "base/ids.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/places_import.h"

namespace brokerage::demo {
namespace {

const Area& AreaOf(absl::string_view outcode, absl::string_view district) {
  for (const Area& area : Areas()) {
    if (area.outcode == outcode && area.district == district) return area;
  }
  ADD_FAILURE() << outcode;
  return Areas().front();
}

std::shared_ptr<const reference::PlaceIndex> Import(const std::string& csv) {
  const std::filesystem::path dir = ::testing::TempDir() + "brokerage-homes-" + base::MintId();
  std::filesystem::create_directories(dir / "places");
  const std::string file = (dir / "postcodes.csv").string();
  EXPECT_TRUE(base::WriteFileAtomically(file, csv).ok());
  const auto report = reference::ImportPlaces({file}, (dir / "places").string());
  EXPECT_TRUE(report.ok()) << report.status();
  auto places = reference::LoadPlaces((dir / "places").string(), reference::KentDistricts());
  EXPECT_TRUE(places.ok()) << places.status();
  std::filesystem::remove_all(dir);  // it is read whole
  return *places;
}

TEST(HomesTest, WithoutPostcodesGivesCoordinatesInTheArea) {
  const auto places = reference::ShippedPlaces(reference::KentDistricts());
  const Homes homes(places);
  Random random(1);
  for (const Area& area : Areas()) {
    for (int i = 0; i < 20; ++i) {
      const common::v1::Place place = homes.PickPlace(area, random);
      ASSERT_TRUE(place.postcode().empty());
      ASSERT_TRUE(place.has_latitude() && place.has_longitude());
      const reference::Point point{static_cast<int32_t>(place.latitude() * 1e7 + 0.5),
                                   static_cast<int32_t>(place.longitude() * 1e7 + 0.5)};
      EXPECT_LT(reference::GreatCircleM(point, *places->OutcodeCentroid(area.outcode)), 12'000)
          << area.outcode;
    }
  }
}

// Forty postcodes of the sector that every second try meets, one of the same outcode but of another district.
TEST(HomesTest, WithPostcodesGivesOnlyThoseOfTheDistrict) {
  std::string csv = "postcode,lat,lon,district_code\nTN25 6ZZ,51.10000,0.99000,E07000112\n";
  for (const char first : {'A', 'B', 'D', 'E', 'F'}) {
    for (const char second : {'A', 'B', 'D', 'E', 'F', 'G', 'H', 'J'}) {
      csv += std::string("TN25 4") + first + second + ",51.15000,0.91000,E07000105\n";
    }
  }
  const Homes homes(Import(csv));
  Random random(2);
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const common::v1::Place place = homes.PickPlace(AreaOf("TN25", "ashford"), random);
    if (place.postcode().empty()) continue;  // no try met one
    EXPECT_EQ(place.postcode().substr(0, 6), "TN25 4");
    EXPECT_FALSE(place.has_latitude());
    seen.insert(place.postcode());
  }
  EXPECT_GT(seen.size(), 20u);
}

TEST(HomesTest, WithPostcodesOfOtherAreasFallsBackToCoordinates) {
  const Homes homes(Import("postcode,lat,lon,district_code\nCT9 1AA,51.38900,1.38600,E07000114\n"));
  Random random(3);
  const common::v1::Place place = homes.PickPlace(AreaOf("TN23", "ashford"), random);
  EXPECT_TRUE(place.postcode().empty());
  EXPECT_TRUE(place.has_latitude());
}

TEST(HomesTest, PicksAreasOfTheDistrictAndBeyondItsBorderOnlyWhenAsked) {
  const Homes homes(reference::ShippedPlaces(reference::KentDistricts()));
  Random random(4);
  int outside = 0;
  for (int i = 0; i < 2'000; ++i) {
    const Area& inside = homes.PickArea("maidstone", false, random);
    EXPECT_EQ(inside.district, "maidstone");
    EXPECT_FALSE(IsOutside(inside));
    outside += IsOutside(homes.PickArea("maidstone", true, random)) ? 1 : 0;
  }
  EXPECT_GT(outside, 20);
}

}  // namespace
}  // namespace brokerage::demo

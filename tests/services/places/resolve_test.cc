// Places as they are stored, and as another centre sees them.
#include "services/places/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "reference/districts.h"
#include "reference/places.h"
#include "tests/support/messages.h"

namespace brokerage::places {
namespace {

using common::v1::Place;
using support::Holds;
using support::Parse;

const reference::PlaceIndex& Shipped() {
  static const auto& places =
      *new std::shared_ptr<const reference::PlaceIndex>(reference::ShippedPlaces(reference::KentDistricts()));
  return *places;
}

Place Resolved(const std::string& text) {
  Place place = Parse<Place>(text);
  base::Violations violations;
  ResolvePlace(place, "home", Shipped(), violations);
  EXPECT_TRUE(violations.empty()) << text;
  return place;
}

TEST(PlaceResolver, APostcodeGivesTheRest) {
  const Place sector = Resolved("postcode: 'tn231pl' latitude: 10 longitude: 10 district: 'x'");
  EXPECT_THAT(
      sector,
      Holds("postcode: 'TN23 1PL' district: 'districts/E07000105' precision: PLACE_PRECISION_SECTOR"));
  EXPECT_NEAR(sector.latitude(), 51.14, 0.05);
  EXPECT_NEAR(sector.longitude(), 0.87, 0.05);
  // Of an outcode over several districts nobody knows which; of one outside, that it is.
  EXPECT_EQ(Resolved("postcode: 'CT4 9ZZ'").district(), "");
  EXPECT_EQ(Resolved("postcode: 'ME4 4TR'").district(), "districts/outside");
}

TEST(PlaceResolver, CoordinatesStayAsTheyAre) {
  EXPECT_THAT(Resolved("latitude: 51.1397 longitude: 0.8561"),
              Holds("latitude: 51.1397 longitude: 0.8561 district: 'districts/E07000105' "
                    "precision: PLACE_PRECISION_COORDINATES"));
  const Place far = Resolved("latitude: -90 longitude: 180");
  EXPECT_EQ(far.district(), "");
  EXPECT_EQ(far.precision(), common::v1::PLACE_PRECISION_COORDINATES);
}

TEST(PlaceResolver, ThePlaceThatAClientGave) {
  struct Case {
    const char* a;
    const char* b;
    bool same;
  };
  const Case table[] = {
      {"postcode: 'TN23 1PL' latitude: 1", "postcode: 'tn231pl'", true},
      {"postcode: 'TN23 1PL'", "postcode: 'TN23 1PR'", false},
      {"postcode: 'TN23 1PL' latitude: 1 longitude: 1", "latitude: 1 longitude: 1", false},
      {"latitude: 1 longitude: 1", "latitude: 1 longitude: 1 district: 'x'", true},
      {"latitude: 1 longitude: 1", "latitude: 1 longitude: 1.0000001", false},
      {"latitude: 1", "latitude: 1", false},
      {"", "", false},
      {"postcode: 'nowhere'", "postcode: 'nowhere'", false},
  };
  for (const Case& test : table) {
    EXPECT_EQ(SamePlaceGiven(Parse<Place>(test.a), Parse<Place>(test.b)), test.same)
        << test.a << " | " << test.b;
  }
  Place stored = Resolved("postcode: 'TN23 1PL'");
  ForgetResolution(stored);
  EXPECT_EQ(stored.ShortDebugString(), R"(postcode: "TN23 1PL")");
  stored = Resolved("latitude: 51 longitude: 1");
  ForgetResolution(stored);
  EXPECT_EQ(stored.ShortDebugString(), "latitude: 51 longitude: 1");
}

TEST(PlaceResolver, AnOutcodeTellsNoMoreThanItself) {
  const auto only = [](const std::string& text) {
    return OutcodeOnly(Parse<Place>(text), Shipped(), reference::KentDistricts()).ShortDebugString();
  };
  EXPECT_EQ(only("postcode: 'TN23 1PL' latitude: 51.1 longitude: 0.8 district: 'districts/E07000112'"),
            R"(postcode: "TN23" district: "districts/E07000105" precision: PLACE_PRECISION_OUTCODE)");
  EXPECT_EQ(only("postcode: 'CT4 5SE' district: 'districts/E07000112'"),
            R"(postcode: "CT4" precision: PLACE_PRECISION_OUTCODE)");
  EXPECT_EQ(only("postcode: 'ME4 4TR'"),
            R"(postcode: "ME4" district: "districts/outside" precision: PLACE_PRECISION_OUTCODE)");
  EXPECT_EQ(only("latitude: 51.2775 longitude: 1.0857"),
            R"(postcode: "CT1" district: "districts/E07000106" precision: PLACE_PRECISION_OUTCODE)");
  EXPECT_EQ(only("postcode: 'AB10 1AA'"), R"(postcode: "AB10" precision: PLACE_PRECISION_OUTCODE)");
  EXPECT_EQ(only("latitude: 51.2775"), "");
}

}  // namespace
}  // namespace brokerage::places

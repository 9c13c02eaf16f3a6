// Kent's waters as the matcher has them: they leak nowhere, cut nobody off, and say of known pairs what a map
// does.
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "base/csv.h"
#include "base/files.h"
#include "matcher/distance.h"
#include "matcher/waters.h"
#include "reference/centroids.h"
#include "services/matching/convert/tables.h"
#include "tests/support/shared_data.h"

namespace brokerage::matching {
namespace {

using matcher::GeoPoint;

const matcher::Waters& Kent() {
  static const auto& world = *new std::shared_ptr<const matcher::World>(
      MakeWorld(ShippedTables(reference::KentDistricts()), reference::KentWaters()));
  return world->waters;
}

GeoPoint At(double latitude, double longitude) {
  return {static_cast<int32_t>(latitude * 1e7), static_cast<int32_t>(longitude * 1e7)};
}

// Steps of a grid, about 100 m: what can be reached from a place by steps that cross no water.
class Flood {
 public:
  struct Frame {
    double south;
    double north;
    double west;
    double east;
  };

  explicit Flood(Frame frame)
      : frame_(frame),
        rows_(static_cast<int>((frame.north - frame.south) / kNorthStep)),
        columns_(static_cast<int>((frame.east - frame.west) / kEastStep)) {}

  // Whether each of `to` lies on the same side as `from`.
  std::set<std::string> Reached(GeoPoint from, const std::map<std::string, GeoPoint>& places) const {
    std::vector<bool> wet(static_cast<std::size_t>(rows_ * columns_));
    std::queue<std::pair<int, int>> edge;
    const auto enter = [&](int row, int column) {
      if (row < 0 || row >= rows_ || column < 0 || column >= columns_) return;
      const auto cell = static_cast<std::size_t>(row * columns_ + column);
      if (wet[cell]) return;
      wet[cell] = true;
      edge.push({row, column});
    };
    const auto [row, column] = CellOf(from);
    enter(row, column);
    while (!edge.empty()) {
      const auto [r, c] = edge.front();
      edge.pop();
      const GeoPoint here = Centre(r, c);
      for (const auto& [dr, dc] : {std::pair(0, 1), std::pair(0, -1), std::pair(1, 0), std::pair(-1, 0)}) {
        if (!Kent().Between(here, Centre(r + dr, c + dc))) enter(r + dr, c + dc);
      }
    }
    std::set<std::string> reached;
    for (const auto& [name, point] : places) {
      const auto [r, c] = CellOf(point);
      EXPECT_TRUE(r >= 0 && r < rows_ && c >= 0 && c < columns_) << name << " lies outside the frame";
      if (wet[static_cast<std::size_t>(r * columns_ + c)]) reached.insert(name);
    }
    return reached;
  }

 private:
  static constexpr double kNorthStep = 0.001;
  static constexpr double kEastStep = 0.00151;

  std::pair<int, int> CellOf(GeoPoint point) const {
    return {static_cast<int>((point.latitude_e7 / 1e7 - frame_.south) / kNorthStep),
            static_cast<int>((point.longitude_e7 / 1e7 - frame_.west) / kEastStep)};
  }
  GeoPoint Centre(int row, int column) const {
    return At(frame_.south + (row + 0.37) * kNorthStep, frame_.west + (column + 0.37) * kEastStep);
  }

  Frame frame_;
  int rows_;
  int columns_;
};

const std::map<std::string, GeoPoint>& Towns() {
  static const auto& towns = *new std::map<std::string, GeoPoint>{
      {"Sheerness", At(51.440, 0.760)},     {"Queenborough", At(51.416, 0.745)},
      {"Leysdown", At(51.397, 0.921)},      {"Grain", At(51.456, 0.714)},
      {"Hoo", At(51.420, 0.563)},           {"Strood", At(51.398, 0.490)},
      {"Gravesend", At(51.441, 0.370)},     {"Dartford", At(51.447, 0.217)},
      {"Rochester", At(51.388, 0.506)},     {"Chatham", At(51.380, 0.528)},
      {"Gillingham", At(51.389, 0.549)},    {"Iwade", At(51.377, 0.729)},
      {"Sittingbourne", At(51.340, 0.735)}, {"Faversham", At(51.316, 0.889)},
      {"Whitstable", At(51.360, 1.025)},    {"Margate", At(51.388, 1.382)},
      {"Tilbury", At(51.463, 0.359)},       {"Grays", At(51.476, 0.325)},
      {"Canvey Island", At(51.517, 0.58)},  {"Southend", At(51.540, 0.711)},
      {"Purfleet", At(51.482, 0.237)},
  };
  return towns;
}

using Names = std::set<std::string>;

// The frame stays inside the open ends: east of Tower Bridge, north of Aylesford, west of the open sea.
TEST(KentWaters, PartTheCountyIntoFourShores) {
  const Flood flood({.south = 51.306, .north = 51.70, .west = -0.07, .east = 1.58});
  const auto reached = [&](const char* town) { return flood.Reached(Towns().at(town), Towns()); };
  EXPECT_EQ(reached("Sheerness"), (Names{"Leysdown", "Queenborough", "Sheerness"}));
  EXPECT_EQ(reached("Southend"), (Names{"Canvey Island", "Grays", "Purfleet", "Southend", "Tilbury"}));
  EXPECT_EQ(reached("Strood"), (Names{"Dartford", "Grain", "Gravesend", "Hoo", "Strood"}));
  EXPECT_EQ(reached("Chatham"), (Names{"Chatham", "Faversham", "Gillingham", "Iwade", "Margate", "Rochester",
                                       "Sittingbourne", "Whitstable"}));
}

TEST(KentWaters, TheStourPartsThanetFromSandwich) {
  const Flood flood({.south = 51.20, .north = 51.40, .west = 1.265, .east = 1.58});
  const std::map<std::string, GeoPoint> places = {
      {"Ramsgate", At(51.336, 1.416)},    {"Minster", At(51.331, 1.316)}, {"Stonar", At(51.285, 1.343)},
      {"Sandwich", At(51.274, 1.337)},    {"Deal", At(51.223, 1.401)},    {"Ash", At(51.279, 1.277)},
      {"Sandwich Bay", At(51.273, 1.387)}};
  EXPECT_EQ(flood.Reached(places.at("Ramsgate"), places), (Names{"Minster", "Ramsgate", "Stonar"}));
  EXPECT_EQ(flood.Reached(places.at("Deal"), places), (Names{"Ash", "Deal", "Sandwich", "Sandwich Bay"}));
}

enum class Shore { kSheppey, kWestOfMedway, kEastOfMedway, kMainland };

// Which shore an outcode lies on, where all of it lies on one. Of the mainland far from the Medway no more is
// said: the straight line may pass south of the water.
std::optional<Shore> ShoreOf(absl::string_view code) {
  static const auto& shores = *new std::map<std::string, Shore>{
      {"ME11", Shore::kSheppey},     {"ME12", Shore::kSheppey},      {"ME2", Shore::kWestOfMedway},
      {"ME3", Shore::kWestOfMedway}, {"DA11", Shore::kWestOfMedway}, {"DA12", Shore::kWestOfMedway},
      {"ME1", Shore::kEastOfMedway}, {"ME4", Shore::kEastOfMedway},  {"ME5", Shore::kEastOfMedway},
      {"ME7", Shore::kEastOfMedway}, {"ME8", Shore::kEastOfMedway},  {"ME10", Shore::kEastOfMedway},
      {"DA1", Shore::kMainland},     {"DA2", Shore::kMainland},      {"DA9", Shore::kMainland},
      {"ME9", Shore::kMainland},     {"ME13", Shore::kMainland},     {"ME14", Shore::kMainland},
      {"CT5", Shore::kMainland},     {"CT6", Shore::kMainland},      {"TN23", Shore::kMainland}};
  const auto found = shores.find(std::string(code.substr(0, code.find(' '))));
  return found == shores.end() ? std::nullopt : std::optional(found->second);
}

struct Place {
  std::string code;
  Shore shore = Shore::kMainland;
  GeoPoint point;
};

bool Parted(Shore a, Shore b) {
  const bool one_is_sheppey = a == Shore::kSheppey || b == Shore::kSheppey;
  return a != b && (one_is_sheppey || (a != Shore::kMainland && b != Shore::kMainland));
}

// Every pair of two shores has water between and a way round it, and on one shore the way round a bay
// is no voyage.
void ExpectShoresToHold(const std::vector<Place>& places, std::size_t step) {
  int64_t parted = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const matcher::WaysFrom ways(Kent(), places[i].point);
    const matcher::Travel travel(Kent(), {places[i].point});
    for (std::size_t j = i % step; j < i; j += step) {
      const Place& a = places[i];
      const Place& b = places[j];
      const int64_t straight_m = matcher::DistanceM(a.point, b.point);
      const std::optional<int64_t> travel_m = travel.TravelM(a.point, b.point, straight_m);
      ASSERT_TRUE(travel_m.has_value()) << a.code << " and " << b.code << " are cut off";
      if (Parted(a.shore, b.shore)) {
        ASSERT_TRUE(Kent().Between(a.point, b.point)) << a.code << " and " << b.code << " need no crossing";
        // The Medway can be rounded, upstream of Aylesford; Sheppey cannot.
        if (a.shore == Shore::kSheppey || b.shore == Shore::kSheppey) {
          ASSERT_NE(ways.FirstCrossing(b.point), nullptr) << a.code << " and " << b.code;
        }
        ++parted;
      } else if (a.shore == b.shore) {
        ASSERT_LE(*travel_m, straight_m + straight_m / 2 + 2'000) << a.code << " and " << b.code;
        if (!Kent().Between(a.point, b.point)) {
          ASSERT_EQ(*travel_m, straight_m) << a.code << " and " << b.code;
        }
      }
    }
  }
  EXPECT_GT(parted, 200);
}

TEST(KentWaters, SectorsOfTwoShoresNeedACrossingAndOfOneDoNot) {
  std::vector<Place> places;
  for (const reference::Centroid& centroid : reference::ShippedCentroids()) {
    const auto shore = ShoreOf(centroid.code);
    if (shore) places.push_back({centroid.code, *shore, ToGeoPoint(centroid.point)});
  }
  ExpectShoresToHold(places, 1);
}

TEST(KentWaters, PostcodesOfTwoShoresNeedACrossingAndOfOneDoNot) {
  std::vector<Place> places;
  for (const char* file : {"geography/kent_postcodes.csv", "geography/kent_fringe_postcodes.csv"}) {
    SKIP_WITHOUT_SHARED_DATA(file);
    const auto status = base::ReadCsvFile(testing::SharedDataPath(file), [&](const base::CsvRow& row) {
      const auto latitude = reference::ParseDegreesE7(row.fields.at(1));
      const auto longitude = reference::ParseDegreesE7(row.fields.at(2));
      const auto shore = ShoreOf(row.fields.at(0));
      if (!latitude || !longitude || !shore) return true;
      const GeoPoint point{*latitude, *longitude};
      // Five postcodes of the other bank lie at one point in Rochester: letters are fetched there.
      if (*shore == Shore::kWestOfMedway && point == GeoPoint{513'861'040, 5'074'230}) return true;
      places.push_back({row.fields.at(0), *shore, point});
      return true;
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  ASSERT_GT(places.size(), 10'000u);
  ExpectShoresToHold(places, 997);
}

// A table of towns on both sides of estuaries, by straight line and, for one pair, by road.
TEST(KentWaters, AgreeWithTheEstuaryPairs) {
  SKIP_WITHOUT_SHARED_DATA("geography/kent_estuary_pairs.json");
  std::map<std::string, GeoPoint> towns = Towns();
  towns["Southend-on-Sea"] = towns.at("Southend");
  towns["Leysdown-on-Sea"] = towns.at("Leysdown");
  towns["Maidstone"] = At(51.272, 0.529);
  towns["Canterbury"] = At(51.279, 1.080);
  towns["Herne Bay"] = At(51.371, 1.128);
  towns["Deal"] = At(51.223, 1.404);
  towns["Ramsgate"] = At(51.336, 1.416);
  const auto file = base::ReadFile(testing::SharedDataPath("geography/kent_estuary_pairs.json"));
  ASSERT_TRUE(file.ok()) << file.status();
  int parted = 0;
  const nlohmann::json table = nlohmann::json::parse(*file);
  for (const auto& pair : table.at("pairs")) {
    const auto a = pair.at("a").get<std::string>();
    const auto b = pair.at("b").get<std::string>();
    SCOPED_TRACE(absl::StrCat(a, " and ", b));
    ASSERT_TRUE(towns.contains(a) && towns.contains(b)) << "where are they?";
    const auto travel_m = Kent().TravelM(towns.at(a), towns.at(b));
    ASSERT_TRUE(travel_m.has_value());
    const double straight_km = pair.at("straight_km").get<double>();
    const double travel_km = static_cast<double>(*travel_m) / 1'000;
    RecordProperty(absl::StrCat(a, "-", b), absl::StrCat(straight_km, " km, ", travel_km, " km"));
    EXPECT_GT(travel_km, straight_km - 1.5) << "the towns' points differ by a kilometre or so";
    if (absl::StartsWith(pair.at("water").get<std::string>(), "none")) {
      // From Deal to Ramsgate the straight line lies over Pegwell Bay, and the way leads by Sandwich.
      EXPECT_LT(travel_km, straight_km * 1.4);
    } else {
      ++parted;
      EXPECT_GT(travel_km, straight_km * 1.2);
    }
    if (!pair.at("road_km").is_null()) {
      // Roads wind: by them it is up to a third further than by great circles from crossing to crossing.
      const double road_km = pair.at("road_km").get<double>();
      EXPECT_LT(travel_km, road_km);
      EXPECT_GT(travel_km, road_km * 2 / 3);
    }
  }
  EXPECT_EQ(parted, 6);
}

}  // namespace
}  // namespace brokerage::matching

#include "reference/waters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/reference/temporary_folder.h"

namespace brokerage::reference {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kHeader[] = "kind,name,latitude,longitude,remark\n";

std::string FaultOf(const std::string& rows) {
  const auto waters = Waters::Parse(kHeader + rows);
  return waters.ok() ? "" : std::string(waters.status().message());
}

TEST(Waters, AreReadInTheirOrder) {
  const auto waters = Waters::Parse(absl::StrCat(kHeader,
                                                 "barrier,the Swale,51.1,0.1,from here\n"
                                                 "barrier,the Swale,51.2,0.2,\n"
                                                 "barrier,the Medway,51.2,0.2,\n"
                                                 "barrier,the Medway,51.3,-0.3,\n"
                                                 "crossing,the bridge,51.2,0.2,\n"
                                                 "corner,Chatham,51.25,0.2,\"a remark, of no use\"\n"));
  ASSERT_TRUE(waters.ok()) << waters.status();
  ASSERT_EQ(waters->barriers().size(), 2u);
  EXPECT_EQ(waters->barriers()[0].name, "the Swale");
  EXPECT_EQ(waters->barriers()[1].points,
            (std::vector<Point>{{512'000'000, 2'000'000}, {513'000'000, -3'000'000}}));
  ASSERT_EQ(waters->crossings().size(), 2u);
  EXPECT_EQ(waters->crossings()[0].name, "the bridge");
  EXPECT_FALSE(waters->crossings()[0].corner);
  EXPECT_TRUE(waters->crossings()[1].corner);
  EXPECT_EQ(waters->crossings()[1].point, (Point{512'500'000, 2'000'000}));
}

TEST(Waters, MayBeNone) {
  for (const std::string& text : {std::string(), std::string(kHeader)}) {
    const auto waters = Waters::Parse(text);
    ASSERT_TRUE(waters.ok()) << waters.status();
    EXPECT_THAT(waters->barriers(), IsEmpty());
    EXPECT_THAT(waters->crossings(), IsEmpty());
  }
}

TEST(Waters, EveryFaultIsNamed) {
  const std::string barrier = "barrier,a,51.1,0.1,\nbarrier,a,51.2,0.2,\n";
  const std::map<std::string, std::string> faults = {
      {"river,a,51.1,0.1,\n", "line 2: the kind is not barrier, crossing or corner"},
      {"barrier,,91,0.1,\n", "line 2: the name is missing, the position is not in degrees"},
      {"barrier,a,51.1,east,\n", "line 2: the position is not in degrees"},
      {"barrier,a,51.1,0.1\n", "line 2: there are 4 fields instead of 5"},
      {barrier + "barrier,a,51.2,0.2,\n", "line 4: the barrier's point is the one before"},
      {barrier + "barrier,b,51.1,0.1,\nbarrier,b,51,0,\nbarrier,a,52,0,\n",
       "line 6: the barrier was given before"},
      {barrier + "corner,c,51,0,\nbarrier,b,51.1,0.1,\n",
       "line 5: barriers come before crossings and corners"},
      {barrier + "crossing,c,51.1,0.1000001,\n", "line 4: the crossing is no point of a barrier"},
      {barrier + "corner,c,51.1,0.1,\n", "line 4: the corner is a point of a barrier"},
      {barrier + "crossing,c,51.1,0.1,\ncrossing,d,51.1,0.1,\n",
       "line 5: a crossing or corner was there before"},
      {"barrier,a,51.1,0.1,\n", "the barrier a has one point only"},
  };
  for (const auto& [rows, fault] : faults) EXPECT_EQ(FaultOf(rows), fault) << rows;
  EXPECT_EQ(FaultOf("river,a,51.1,0.1,\nriver,b,51.1,0.1,\n"),
            "line 2: the kind is not barrier, crossing or corner; "
            "line 3: the kind is not barrier, crossing or corner");
  EXPECT_EQ(Waters::Parse("name,kind\n").status().message(),
            "line 1: the header must be kind,name,latitude,longitude,remark");
}

TEST(Waters, TheLimits) {
  const auto points = [](std::size_t count, const std::string& row, double latitude) {
    std::string rows;
    for (std::size_t i = 0; i < count; ++i)
      absl::StrAppend(&rows, row, latitude, ",0.", 1'000'000 + i, ",\n");
    return rows;
  };
  EXPECT_EQ(FaultOf(points(kMaxBarrierPoints, "barrier,a,", 51)), "");
  EXPECT_EQ(FaultOf(points(kMaxBarrierPoints + 1, "barrier,a,", 51)),
            "there are 5001 barriers' points, and 5000 are the most");
  EXPECT_EQ(FaultOf(points(kMaxCrossings, "corner,a,", 51)), "");
  EXPECT_EQ(FaultOf(points(kMaxCrossings + 1, "corner,a,", 51)),
            "there are 251 crossings and corners, and 250 are the most");
}

TEST(Waters, AreReadFromAFile) {
  TemporaryFolder folder;
  const std::string path = folder.Write("waters.csv", std::string(kHeader) + "river,a,51,0,\n");
  EXPECT_THAT(std::string(Waters::Load(path).status().message()), StartsWith(path + ": line 2: the kind"));
  EXPECT_EQ(Waters::Load(folder.Path("none.csv")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Waters::Load("reference/data/waters.csv")->barriers().size(), KentWaters().barriers().size());
}

TEST(KentWaters, BarriersEndInOneAnotherUpstreamOrFarOutAtSea) {
  std::map<std::pair<int32_t, int32_t>, int> points;
  for (const WaterBarrier& barrier : KentWaters().barriers()) {
    for (const Point point : barrier.points) ++points[{point.latitude_e7, point.longitude_e7}];
  }
  std::set<std::string> open;
  for (const WaterBarrier& barrier : KentWaters().barriers()) {
    for (const Point end : {barrier.points.front(), barrier.points.back()}) {
      if (points[{end.latitude_e7, end.longitude_e7}] > 1) continue;
      open.insert(absl::StrCat(barrier.name, " at ", end.longitude_e7));
      bool has_bridge = false;
      for (const WaterCrossing& crossing : KentWaters().crossings()) has_bridge |= crossing.point == end;
      constexpr int32_t kOutAtSeaE7 = 16'000'000;
      EXPECT_TRUE(has_bridge || end.longitude_e7 >= kOutAtSeaE7) << barrier.name << " ends at no bridge";
    }
  }
  EXPECT_EQ(open,
            (std::set<std::string>{"the Thames at -754000", "the Thames at 30000000", "the Medway at 4795000",
                                   "the Stour at 12600000", "the Stour at 16000000"}));
}

TEST(KentWaters, HaveTheCrossingsThatEverybodyKnows) {
  std::set<std::string> names;
  for (const WaterCrossing& crossing : KentWaters().crossings()) {
    EXPECT_TRUE(names.insert(crossing.name).second) << crossing.name << " twice";
  }
  for (const char* known :
       {"the Sheppey Crossing", "the Kingsferry Bridge", "Rochester Bridge", "the M2 bridges",
        "the Medway Tunnel", "the Dartford Crossing", "Sandwich Toll Bridge"}) {
    EXPECT_EQ(names.count(known), 1u) << known;
  }
}

}  // namespace
}  // namespace brokerage::reference

// How lanes of a leaf are filled, and where their rows go.
#include "matcher/columnar/leaf.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/matcher/situation.h"

namespace brokerage::matcher {
namespace {

constexpr absl::string_view kCentre = "centres/ashford";

// Puts volunteers into a leaf.
class Filler {
 public:
  void Put(Leaf& leaf, int lane, absl::string_view display_name) {
    VolunteerFacts facts;
    facts.centre = std::string(kCentre);
    facts.name = absl::StrCat(kCentre, "/volunteers/v", lane);
    facts.display_name = std::string(display_name);
    std::vector<uint8_t> row;
    AppendRow(facts, row);
    const LaneContent content{absl::MakeConstSpan(row), LanePointOf(facts, points_), facts, {}};
    leaf.Replace(lane, content);
  }
  Leaf Empty() { return Leaf(0, space_); }

 private:
  PlaneSpace space_{TestTaxonomies()};
  PointTable points_;
};

TEST(Leaf, LanesAreFilledInOrderAndWordsAlike) {
  for (std::size_t count = 1; count <= kLanes; ++count) {
    std::vector<int> in_word(kPlaneWords);
    int last = -1;
    for (std::size_t i = 0; i < count; ++i) {
      const int lane = Leaf::LaneFor(i, count);
      ASSERT_GT(lane, last) << i << " of " << count;
      ASSERT_LT(lane, kLanes) << i << " of " << count;
      ++in_word[static_cast<std::size_t>(lane / 64)];
      last = lane;
    }
    for (const int filled : in_word) {
      ASSERT_GE(filled, static_cast<int>(count / kPlaneWords)) << count;
      ASSERT_LE(filled, static_cast<int>((count + kPlaneWords - 1) / kPlaneWords)) << count;
    }
  }
}

// Rows that were replaced take room until the others are moved together; older copies go on reading theirs.
TEST(Leaf, RowsStayWhereCopiesReadThemAndTakeLittleMore) {
  Filler filler;
  Leaf first = filler.Empty();
  for (int lane = 0; lane < kLanes; ++lane) filler.Put(first, lane, absl::StrCat("Person ", lane));
  const std::size_t once = first.bytes();

  auto present = std::make_unique<Leaf>(first);
  for (int i = 0; i < 20 * kLanes; ++i) {
    auto next = std::make_unique<Leaf>(*present);
    filler.Put(*next, i * 7 % kLanes, absl::StrCat("Changed ", i));
    present = std::move(next);
    ASSERT_LT(present->bytes(), once + once / 2) << i;
  }
  for (int lane = 0; lane < kLanes; ++lane) {
    EXPECT_EQ(first.row(lane).display_name(), absl::StrCat("Person ", lane));
    EXPECT_EQ(present->row(lane).id(), absl::StrCat("v", lane));
  }
  EXPECT_EQ(first.bytes(), once);
  EXPECT_EQ(present->row(7 * (20 * kLanes - 1) % kLanes).display_name(),
            absl::StrCat("Changed ", 20 * kLanes - 1));
}

}  // namespace
}  // namespace brokerage::matcher

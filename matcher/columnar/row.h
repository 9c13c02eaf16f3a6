// A volunteer's facts packed into a row of about eighty bytes, without loss.
//
// A row lies in the leaf of its centre (leaf.h), which knows the centre's name; the last segment of the
// volunteer's own name is in the row. Centroids are kept once (PointTable).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "matcher/columnar/point_table.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Entries of any list of a volunteer's that a row holds, and bytes of its display name; the services allow
// fewer.
inline constexpr std::size_t kMaxRowList = 255;

// What distances are told from, kept apart from the row: more volunteers are left out by it than by anything
// else, and it lies close together.
struct LanePoint {
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  // No place on earth.
  static constexpr GeoPoint kNowhere{std::numeric_limits<int32_t>::min(), 0};

  GeoPoint home = kNowhere;
  uint32_t travel_radius_m = kNone;
  uint32_t centroid = kNone;  // in the table of points

  // The point that a pair is measured from: the home, or the centroid for pairs across centres.
  std::optional<GeoPoint> Origin(bool same_centre, const PointTable& points) const {
    if (same_centre) return home == kNowhere ? std::nullopt : std::optional<GeoPoint>(home);
    return centroid == kNone ? std::nullopt : std::optional<GeoPoint>(points.At(centroid));
  }
};

// New centroids are added to `points`.
LanePoint LanePointOf(const VolunteerFacts& facts, PointTable& points);

// What every row begins with. Languages, the free week, the id, the display name and the other lists in the
// order of their counts follow, each aligned as its entries are. Few rows have more (row.cc).
struct RowHeader {
  // Bits of `flags`; the state is in the three lowest.
  static constexpr uint16_t kStateMask = 7;
  static constexpr uint16_t kCounty = 1 << 3;
  static constexpr uint16_t kRemote = 1 << 4;
  static constexpr uint16_t kGuardian = 1 << 5;
  static constexpr uint16_t kBirth = 1 << 6;
  // The whole name is kept, for it does not begin with the centre's.
  static constexpr uint16_t kForeignName = 1 << 7;
  // What few volunteers have follows.
  static constexpr uint16_t kRare = 1 << 8;

  // So many runs of free half-hours; kWholeWeek: a bit for each half-hour instead, where that is shorter.
  static constexpr uint8_t kWholeWeek = 255;

  uint16_t flags;
  BirthDate birth_date;
  uint8_t id_length;
  uint8_t languages;  // counts
  uint8_t skills;
  uint8_t causes;
  uint8_t access_needs;
  uint8_t licences;
  uint8_t checks;
  uint8_t display_name_length;
  uint8_t free_runs;
};
static_assert(std::is_trivially_copyable_v<RowHeader> && sizeof(RowHeader) == 16);

// Appends the row of `facts` to `out`, padded to a multiple of 4 bytes. Lists and the display name are cut at
// kMaxRowList, and skills from 8,192 on are left out: no table has so many.
void AppendRow(const VolunteerFacts& facts, std::vector<uint8_t>& out);

// Where those of a row's lists that are packed are unpacked to. Reused from row to row: nothing is allocated.
struct RowScratch {
  std::array<HeldSkill, kMaxRowList> skills;
  std::array<HeldLicence, kMaxRowList> licences;
  std::array<HeldCheck, kMaxRowList> checks;
  std::array<Interval, kMaxRowList> extra;
  std::array<Interval, kMaxRowList> away;
};

// Which of a row's lists are unpacked; others stay empty.
struct RowLists {
  bool free = true;        // the week
  bool exceptions = true;  // extra and away
  bool papers = true;      // licences and checks
};

// One packed row.
class Row {
 public:
  // `bytes` is the beginning of a row; both outlive this.
  Row(const uint8_t* bytes, const LanePoint& point) : bytes_(bytes), point_(&point) {}

  // Bytes from this row to the next.
  std::size_t size() const;
  absl::Span<const uint8_t> bytes() const { return absl::MakeConstSpan(bytes_, size()); }
  const LanePoint& point() const { return *point_; }
  // The last segment of the volunteer's name.
  absl::string_view id() const;
  bool IsNamed(absl::string_view name, absl::string_view centre) const;
  absl::string_view display_name() const;
  std::string NameIn(absl::string_view centre) const;

  // Asks the memory for what rules read.
  void Prefetch() const {
    __builtin_prefetch(bytes_);
    __builtin_prefetch(bytes_ + 64);
  }

  // What rules read; of this row and `scratch`, which outlive it.
  VolunteerRef Unpack(absl::string_view centre, const PointTable& points, RowScratch& scratch,
                      const RowLists& lists = {}) const;
  // All of it.
  VolunteerFacts ToFacts(absl::string_view centre, const PointTable& points) const;

 private:
  struct Parts;

  static void UnpackPapers(const Parts& parts, RowScratch& scratch, VolunteerRef& ref);
  static void UnpackExceptions(const Parts& parts, RowScratch& scratch, VolunteerRef& ref);
  // The id, or the whole name where that is kept.
  absl::string_view WholeId() const;
  // Rows are aligned as their headers are.
  const RowHeader& header() const { return *reinterpret_cast<const RowHeader*>(bytes_); }
  bool Has(uint16_t flag) const { return (header().flags & flag) != 0; }

  const uint8_t* bytes_;
  const LanePoint* point_;
};

}  // namespace brokerage::matcher

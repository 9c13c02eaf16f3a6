// A volunteer's facts packed into a row of about a hundred bytes, without loss.
//
// A row lies in the leaf of its centre (leaf.h), which knows the centre's name; the last segment of the
// volunteer's own name is in the row. Centroids are kept once (PointTable).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "matcher/columnar/point_table.h"
#include "matcher/types.h"
#include "matcher/volunteer_ref.h"

namespace brokerage::matcher {

// Entries of any list of a volunteer's that a row holds; the services allow fewer.
inline constexpr std::size_t kMaxRowList = 255;

// Appends the row of `facts` to `out`, padded to a multiple of 4 bytes. New centroids are added to `points`.
// Lists are cut at kMaxRowList, and skills from 8,192 on are left out: no table has so many.
void AppendRow(const VolunteerFacts& facts, PointTable& points, std::vector<uint8_t>& out);

// Where those of a row's lists that are packed are unpacked to. Reused from row to row: nothing is allocated.
struct RowScratch {
  std::array<HeldSkill, kMaxRowList> skills;
  std::array<HeldLicence, kMaxRowList> licences;
  std::array<HeldCheck, kMaxRowList> checks;
  std::array<Interval, kMaxRowList> extra;
  std::array<Interval, kMaxRowList> away;
};

// One packed row.
class Row {
 public:
  // `bytes` is the beginning of a row and outlives this.
  explicit Row(const uint8_t* bytes) : bytes_(bytes) {}

  // Bytes from this row to the next.
  std::size_t size() const;
  absl::Span<const uint8_t> bytes() const { return absl::MakeConstSpan(bytes_, size()); }
  // The last segment of the volunteer's name.
  absl::string_view id() const;
  bool IsNamed(absl::string_view name, absl::string_view centre) const;
  std::string NameIn(absl::string_view centre) const;

  std::optional<GeoPoint> home() const;
  uint32_t travel_radius_m() const;  // 0 when unset
  // Asks the memory for what rules read.
  void Prefetch() const {
    __builtin_prefetch(bytes_);
    __builtin_prefetch(bytes_ + 64);
  }

  // What rules read; of this row and `scratch`, which outlive it.
  VolunteerRef Unpack(absl::string_view centre, const PointTable& points, RowScratch& scratch) const;
  // All of it.
  VolunteerFacts ToFacts(absl::string_view centre, const PointTable& points) const;

 private:
  struct Parts;

  const uint8_t* bytes_;
};

}  // namespace brokerage::matcher

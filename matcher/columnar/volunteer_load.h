// Makes a table of all volunteers at once: packed on the threads that bring them, then sorted and put into
// full leaves on all processors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "matcher/columnar/volunteer_table.h"

namespace brokerage::matcher {

class VolunteerLoad {
 public:
  struct Loaded {
    Row row;
    absl::string_view centre;
    uint64_t hash;  // NameMap's, of the name
    VolunteerRef facts;
  };
  // What is known of a volunteer beside its facts. Called on several threads at once.
  using StateOf = std::function<LaneState(const Loaded& volunteer)>;

  // `edit` is of this load alone. Everything outlives it.
  VolunteerLoad(Edit edit, PlaneSpace& planes, PointTable& points)
      : edit_(edit), planes_(planes), points_(points) {}

  // Thread-safe. Nobody is added twice.
  void Add(absl::Span<const VolunteerFacts> volunteers);

  // Of all that were added; the load is spent.
  VolunteerTable Finish(const StateOf& state_of) &&;

 private:
  // Volunteers that came together, as rows.
  struct Batch {
    struct Item {
      LanePoint point;
      uint32_t row = 0;  // where it begins in `rows`
      uint32_t centre = 0;
      uint64_t hash = 0;  // of the name
    };
    std::vector<Item> items;
    std::vector<uint8_t> rows;
  };
  // A volunteer of a centre, on its way into a leaf. The hash makes the order one and the same, however the
  // threads took turns.
  struct Place {
    ClusterKey key = 0;
    uint64_t hash = 0;
    uint32_t batch = 0;
    uint32_t item : 30;
    uint32_t available : 1;
    uint32_t has_history : 1;
  };
  struct Centre {
    std::vector<Place> places;  // in the order of their keys
    std::size_t leaves = 0;
    std::size_t first_leaf = 0;  // its number
    std::size_t first_place = 0;
  };
  // One leaf to be packed.
  struct Packing {
    uint32_t centre = 0;
    std::size_t leaf = 0;  // of the centre's
  };

  Row RowAt(const Batch& batch, std::size_t item) const {
    return Row(batch.rows.data() + batch.items[item].row, batch.items[item].point);
  }
  void SortPlaces(const StateOf& state_of);
  void CountLeaves();
  void Pack(const Packing& packing);
  void GroupLeaves(uint32_t centre);

  const Edit edit_;
  PlaneSpace& planes_;
  PointTable& points_;

  std::mutex mutex_;
  std::deque<Batch> batches_;
  VolunteerTable table_;

  std::vector<Centre> centres_;
  std::vector<Packing> packings_;
  std::vector<NameMap::Entry> names_;
};

}  // namespace brokerage::matcher

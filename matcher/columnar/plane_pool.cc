#include "matcher/columnar/plane_pool.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <numeric>
#include <sys/mman.h>

namespace brokerage::matcher {
namespace {

constexpr std::size_t kSlab = std::size_t{2} << 20;  // a large page
constexpr std::size_t kLine = 64;
// Slots of a slab that new leaves leave to copies of those that are there, for an edit copies its leaf before
// the one that it replaces is free: so many, or one of so many.
constexpr std::size_t kMostForCopies = 4;
constexpr std::size_t kOneForCopiesOf = 8;

// An odd number: lines of one leaf that lie a power of two apart would share one place in a cache.
std::size_t SlotsOf(std::size_t bytes) { return (kSlab / bytes - 1) | 1; }

}  // namespace

PlanePool::PlanePool(std::size_t planes, std::size_t rest_bytes)
    : slots_(SlotsOf(planes * kLine + rest_bytes)),
      for_copies_(std::min(kMostForCopies, slots_ / kOneForCopiesOf)),
      stride_(slots_ * kLine / sizeof(uint64_t)),
      planes_bytes_(planes * slots_ * kLine),
      rest_bytes_(rest_bytes),
      cell_bytes_(kSlab / (slots_ - for_copies_)) {}

PlanePool::~PlanePool() {
  for (const Slab& slab : slabs_) std::free(slab.begin);
}

PlanePool::Slab& PlanePool::SlabOf(const PlaneCell& cell) {
  const auto* const at = reinterpret_cast<const unsigned char*>(cell.planes);
  return *(
      std::upper_bound(slabs_.begin(), slabs_.end(), at,
                       [](const unsigned char* address, const Slab& slab) { return address < slab.begin; }) -
      1);
}

PlanePool::Slab& PlanePool::SlabForNew() {
  const auto has_room = [this](const Slab& slab) { return slab.unused.size() > for_copies_; };
  if (newest_ < slabs_.size() && has_room(slabs_[newest_])) return slabs_[newest_];
  auto slab = std::find_if(slabs_.begin(), slabs_.end(), has_room);
  if (slab == slabs_.end()) {
    void* const memory = std::aligned_alloc(kSlab, kSlab);
    if (memory == nullptr) throw std::bad_alloc();
    madvise(memory, kSlab, MADV_HUGEPAGE);  // only advice: without it everything works, slower
    auto* const begin = static_cast<unsigned char*>(memory);
    slab = slabs_.insert(std::upper_bound(slabs_.begin(), slabs_.end(), begin,
                                          [](const unsigned char* address, const Slab& other) {
                                            return address < other.begin;
                                          }),
                         {begin, std::vector<uint16_t>(slots_)});
    std::iota(slab->unused.rbegin(), slab->unused.rend(), uint16_t{0});
  }
  newest_ = static_cast<std::size_t>(slab - slabs_.begin());
  return *slab;
}

PlaneCell PlanePool::CellIn(Slab& slab) {
  const std::size_t slot = slab.unused.back();
  slab.unused.pop_back();
  return {reinterpret_cast<uint64_t*>(slab.begin + slot * kLine),
          slab.begin + planes_bytes_ + slot * rest_bytes_};
}

PlaneCell PlanePool::Take(const PlaneCell* near) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (near != nullptr) {
    Slab& slab = SlabOf(*near);
    if (!slab.unused.empty()) return CellIn(slab);
  }
  return CellIn(SlabForNew());
}

void PlanePool::Give(const PlaneCell& cell) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Slab& slab = SlabOf(cell);
  const auto* const at = reinterpret_cast<const unsigned char*>(cell.planes);
  slab.unused.push_back(static_cast<uint16_t>(static_cast<std::size_t>(at - slab.begin) / kLine));
}

}  // namespace brokerage::matcher

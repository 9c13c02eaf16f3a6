#include "matcher/columnar/plane_pool.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace brokerage::matcher {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
// The first slab is small, for small centres; each further one is as large as all before it, up to this.
constexpr std::size_t kMostSlabPages = 32;  // of kHugePage

}  // namespace

PlanePool::~PlanePool() {
  for (void* const slab : slabs_) std::free(slab);
}

uint64_t* PlanePool::Take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (unused_.empty()) {
    const std::size_t pages =
        std::min(std::size_t{1} << std::min<std::size_t>(slabs_.size(), 16), kMostSlabPages);
    const std::size_t bytes = pages * kHugePage;
    void* const slab = std::aligned_alloc(kHugePage, bytes);
    if (slab == nullptr) throw std::bad_alloc();
    madvise(slab, bytes, MADV_HUGEPAGE);  // only advice: without it everything works, slower
    slabs_.push_back(slab);
    auto* const begin = static_cast<unsigned char*>(slab);
    // The last first, so that they are taken from the beginning.
    for (std::size_t cell = bytes / cell_bytes_; cell-- > 0;) {
      unused_.push_back(reinterpret_cast<uint64_t*>(begin + cell * cell_bytes_));
    }
  }
  uint64_t* const cell = unused_.back();
  unused_.pop_back();
  return cell;
}

void PlanePool::Give(uint64_t* cell) {
  const std::lock_guard<std::mutex> lock(mutex_);
  unused_.push_back(cell);
}

}  // namespace brokerage::matcher

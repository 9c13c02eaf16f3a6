// Memory for the planes of leaves: cells of one size on large pages.
//
// A query reads a few lines of each of many leaves, so on small pages it would wait for addresses to be
// translated more than for the lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace brokerage::matcher {

// Thread-safe: leaves go wherever their last reader is. Outlives its cells.
class PlanePool {
 public:
  // Of cells of so many bytes, a multiple of a cache line.
  explicit PlanePool(std::size_t cell_bytes) : cell_bytes_(cell_bytes) {}
  PlanePool(const PlanePool&) = delete;
  PlanePool& operator=(const PlanePool&) = delete;
  ~PlanePool();

  // A cell, aligned to a cache line, with whatever was in it.
  uint64_t* Take();
  void Give(uint64_t* cell);

  std::size_t cell_bytes() const { return cell_bytes_; }

 private:
  const std::size_t cell_bytes_;
  std::mutex mutex_;
  std::vector<void*> slabs_;
  std::vector<uint64_t*> unused_;
};

}  // namespace brokerage::matcher

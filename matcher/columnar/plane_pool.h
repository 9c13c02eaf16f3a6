// Memory for the planes of leaves: slabs of large pages, each shared by some sixty leaves.
//
// A query reads a line of each of a few planes, of many leaves. The same plane of all leaves of a slab lies
// side by side, so that whoever goes from leaf to leaf reads on where they were, and the large pages spare
// translating addresses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace brokerage::matcher {

// Where a leaf's planes are, and the rest of its share.
struct PlaneCell {
  uint64_t* planes = nullptr;
  unsigned char* rest = nullptr;
};

// Thread-safe: leaves go wherever their last reader is. Outlives its cells.
class PlanePool {
 public:
  // For leaves of so many planes of a cache line each, and so many bytes more, a multiple of a line: together
  // at most a slab.
  PlanePool(std::size_t planes, std::size_t rest_bytes);
  PlanePool(const PlanePool&) = delete;
  PlanePool& operator=(const PlanePool&) = delete;
  ~PlanePool();

  // A cell, given back when this goes.
  class Lease {
   public:
    // With whatever was in it, on lines of its own. Each gets the next of a slab, so that neighbours are
    // taken one after another.
    explicit Lease(PlanePool& pool) : pool_(pool), cell_(pool.Take(nullptr)) {}
    // A copy gets one in the slab of what it is a copy of, while there is any.
    Lease(PlanePool& pool, const Lease& near) : pool_(pool), cell_(pool.Take(&near.cell_)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.Give(cell_); }

    const PlaneCell& operator*() const { return cell_; }
    const PlaneCell* operator->() const { return &cell_; }

   private:
    PlanePool& pool_;
    const PlaneCell cell_;
  };

  // From one plane of a leaf to the next, in words.
  std::size_t stride() const { return stride_; }
  // What a leaf takes, with its share of what is kept free for copies.
  std::size_t cell_bytes() const { return cell_bytes_; }

 private:
  struct Slab {
    unsigned char* begin;
    std::vector<uint16_t> unused;  // slots, the next to be taken last
  };

  PlaneCell Take(const PlaneCell* near);
  void Give(const PlaneCell& cell);
  Slab& SlabOf(const PlaneCell& cell);
  Slab& SlabForNew();
  PlaneCell CellIn(Slab& slab);

  std::size_t slots_;       // of a slab
  std::size_t for_copies_;  // of them
  std::size_t stride_;
  std::size_t planes_bytes_;  // of all slots
  std::size_t rest_bytes_;    // of one
  std::size_t cell_bytes_;
  std::mutex mutex_;         // guards what follows
  std::vector<Slab> slabs_;  // in the order of their addresses
  std::size_t newest_ = 0;   // where new leaves go
};

}  // namespace brokerage::matcher

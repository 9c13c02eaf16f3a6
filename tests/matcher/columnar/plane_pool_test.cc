// Cells are apart, and copies lie where what they are copies of does.
#include "matcher/columnar/plane_pool.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <vector>

namespace brokerage::matcher {
namespace {

constexpr std::size_t kLineWords = 8;
constexpr std::uintptr_t kSlab = std::uintptr_t{2} << 20;

std::uintptr_t SlabOf(const PlanePool::Lease& cell) {
  return reinterpret_cast<std::uintptr_t>(cell->planes) / kSlab;
}

class Filled {
 public:
  Filled(std::size_t planes, std::size_t rest) : planes_(planes), rest_(rest), pool_(planes, rest) {}

  PlanePool::Lease& Add() { return Keep(std::make_unique<PlanePool::Lease>(pool_)); }
  PlanePool::Lease& AddNear(const PlanePool::Lease& other) {
    return Keep(std::make_unique<PlanePool::Lease>(pool_, other));
  }
  void Drop(std::size_t i) { cells_.erase(cells_.begin() + static_cast<std::ptrdiff_t>(i)); }
  const PlanePool::Lease& operator[](std::size_t i) const { return *cells_[i]; }

  // Writes into each cell what is its own, and sees that it is still there.
  void ExpectApart() {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      for (std::size_t plane = 0; plane < planes_; ++plane) {
        std::fill_n((*cells_[i])->planes + plane * pool_.stride(), kLineWords, i * planes_ + plane);
      }
      std::fill_n((*cells_[i])->rest, rest_, static_cast<unsigned char>(i));
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>((*cells_[i])->planes) % 64, 0u);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>((*cells_[i])->rest) % 64, 0u);
      for (std::size_t plane = 0; plane < planes_; ++plane) {
        const uint64_t* const words = (*cells_[i])->planes + plane * pool_.stride();
        ASSERT_EQ(std::count(words, words + kLineWords, i * planes_ + plane), std::ptrdiff_t{kLineWords})
            << i;
      }
      ASSERT_EQ(std::count((*cells_[i])->rest, (*cells_[i])->rest + rest_, static_cast<unsigned char>(i)),
                static_cast<std::ptrdiff_t>(rest_));
    }
  }

 private:
  PlanePool::Lease& Keep(std::unique_ptr<PlanePool::Lease> cell) {
    cells_.push_back(std::move(cell));
    return *cells_.back();
  }

  const std::size_t planes_;
  const std::size_t rest_;
  PlanePool pool_;
  std::vector<std::unique_ptr<PlanePool::Lease>> cells_;
};

TEST(PlanePool, CellsAreApart) {
  // As leaves are, tiny ones, and one that takes a slab alone.
  for (const auto& [planes, rest] :
       {std::pair<std::size_t, std::size_t>{300, 12'288}, {3, 64}, {30'000, 128}}) {
    Filled cells(planes, rest);
    for (int i = 0; i < (planes == 3 ? 3'000 : planes == 300 ? 200 : 3); ++i) cells.Add();
    cells.ExpectApart();
  }
}

TEST(PlanePool, NeighboursAreTakenOneAfterAnother) {
  Filled cells(300, 12'288);
  for (int i = 0; i < 50; ++i) cells.Add();
  for (std::size_t i = 1; i < 50; ++i)
    EXPECT_EQ(cells[i]->planes - cells[i - 1]->planes, std::ptrdiff_t{kLineWords});
}

TEST(PlanePool, CopiesStayInTheSlab) {
  Filled cells(300, 12'288);
  for (int i = 0; i < 200; ++i) cells.Add();
  // Each is replaced by a copy, many times over: as an edit does it, which frees the old one afterwards.
  for (int i = 0; i < 2'000; ++i) {
    const std::uintptr_t slab = SlabOf(cells[0]);
    EXPECT_EQ(SlabOf(cells.AddNear(cells[0])), slab) << i;
    cells.Drop(0);
  }
  cells.ExpectApart();
}

TEST(PlanePool, CopiesFindRoomWhenTheSlabIsFull) {
  Filled cells(300, 12'288);
  cells.Add();
  for (int i = 0; i < 100; ++i) cells.AddNear(cells[0]);
  EXPECT_NE(SlabOf(cells[100]), SlabOf(cells[0]));
  cells.ExpectApart();
}

TEST(PlanePool, WhatIsGivenBackIsTakenAgain) {
  Filled cells(300, 12'288);
  for (int i = 0; i < 60; ++i) cells.Add();
  const std::uintptr_t slab = SlabOf(cells[0]);
  for (int i = 0; i < 1'000; ++i) {
    cells.Drop(0);
    EXPECT_EQ(SlabOf(cells.Add()), slab) << i;
  }
}

}  // namespace
}  // namespace brokerage::matcher

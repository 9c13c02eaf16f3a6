// A list that grows while others read what was there before.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <utility>

namespace brokerage::matcher {

// One thread at a time adds. Elements never move, so whoever knows of an element (by anything published after
// it was added) reads it without a lock.
template <typename T>
class StableList {
 public:
  StableList() = default;
  StableList(const StableList&) = delete;
  StableList& operator=(const StableList&) = delete;
  ~StableList() {
    for (auto& chunk : chunks_) delete[] chunk.load(std::memory_order_relaxed);
  }

  std::size_t size() const { return size_; }

  void Add(T value) {
    const Place place = PlaceOf(size_);
    T* chunk = chunks_[place.chunk].load(std::memory_order_relaxed);
    if (chunk == nullptr) {
      chunk = new T[ChunkSize(place.chunk)];
      chunks_[place.chunk].store(chunk, std::memory_order_release);
    }
    chunk[place.offset] = std::move(value);
    ++size_;
  }

  const T& operator[](std::size_t index) const {
    const Place place = PlaceOf(index);
    return chunks_[place.chunk].load(std::memory_order_acquire)[place.offset];
  }

 private:
  // Chunk c holds 64 · 2^c elements, so 32 chunks hold more than there are.
  static constexpr std::size_t kFirst = 64;
  static std::size_t ChunkSize(std::size_t chunk) { return kFirst << chunk; }
  struct Place {
    std::size_t chunk;
    std::size_t offset;
  };
  static Place PlaceOf(std::size_t index) {
    const std::size_t chunk = static_cast<std::size_t>(std::bit_width(index / kFirst + 1)) - 1;
    return {chunk, index - kFirst * ((std::size_t{1} << chunk) - 1)};
  }

  std::array<std::atomic<T*>, 32> chunks_{};
  std::size_t size_ = 0;
};

}  // namespace brokerage::matcher

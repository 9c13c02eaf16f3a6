// The present state of something, which one thread replaces and any number pin without waiting.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace brokerage::matcher {

// Pinning is one atomic addition, whatever else happens: the address of the state and the number of pins of
// it that are still to be counted share a word. Who replaces the state, or pins for the 2^14th time, moves
// that number to the state's own count. Whoever unpins a replaced state last leaves it to the next Set:
// taking a state down writes the counts of all that it shares with others, whose lines are with who sets.
// Thread-safe; Set is for one thread at a time.
template <typename T>
class Published {
 public:
  explicit Published(std::shared_ptr<const T> first)
      : present_(new Held(std::move(first), left_)), word_(WordOf(present_)) {}
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;
  ~Published() {
    left_->nobody_sets = true;
    Retire(word_.load(std::memory_order_relaxed));
    left_->TakeDown();
  }

  // What is published lives as long as anyone has it pinned.
  std::shared_ptr<const T> Pin() const {
    const uint64_t word = word_.fetch_add(kOnePin, std::memory_order_acq_rel) + kOnePin;
    Held* const held = HeldIn(word);
    if (PinsIn(word) >= kManyPins) CountPins(word, held);
    const T* const value = held->value.get();
    return std::shared_ptr<const T>(value, [held](const T*) { Release(held, 1); });
  }

  // Calls tell() when `next` is the present state, and before it takes those down that nobody has pinned any
  // more: who waits for it does not wait for that.
  template <typename Tell>
  void Set(std::shared_ptr<const T> next, const Tell& tell) {
    present_ = new Held(std::move(next), left_);
    Retire(word_.exchange(WordOf(present_), std::memory_order_acq_rel));
    tell();
    left_->TakeDown();
  }

 private:
  struct Held;

  // States that nobody has any more, until they are taken down.
  struct Left {
    void Add(Held* held) {
      held->next = first.load(std::memory_order_relaxed);
      while (!first.compare_exchange_weak(held->next, held)) {
      }
    }
    void TakeDown() {
      for (Held* held = first.exchange(nullptr); held != nullptr;) delete std::exchange(held, held->next);
    }

    std::atomic<Held*> first{nullptr};
    std::atomic<bool> nobody_sets{false};
  };

  struct Held {
    Held(std::shared_ptr<const T> held, std::shared_ptr<Left> to)
        : value(std::move(held)), left(std::move(to)) {}
    std::shared_ptr<const T> value;
    const std::shared_ptr<Left> left;  // where it goes
    Held* next = nullptr;              // there
    // Pins that were counted and not released, less those released before they were counted; and a great
    // number for being the present state.
    std::atomic<int64_t> count{kPresent};
  };

  // User-space addresses have 48 bits, so the upper 16 are free.
  static constexpr int kAddressBits = 48;
  static constexpr uint64_t kOnePin = uint64_t{1} << kAddressBits;
  static constexpr uint64_t kManyPins = uint64_t{1} << 14;
  static constexpr int64_t kPresent = int64_t{1} << 62;

  static uint64_t WordOf(const Held* held) { return reinterpret_cast<uint64_t>(held); }
  static Held* HeldIn(uint64_t word) { return reinterpret_cast<Held*>(word & (kOnePin - 1)); }
  static uint64_t PinsIn(uint64_t word) { return word >> kAddressBits; }

  static void Release(Held* held, int64_t count) {
    if (held->count.fetch_sub(count, std::memory_order_acq_rel) != count) return;
    const std::shared_ptr<Left> left = held->left;
    left->Add(held);
    if (left->nobody_sets) left->TakeDown();
  }
  static void Retire(uint64_t word) { Release(HeldIn(word), kPresent - static_cast<int64_t>(PinsIn(word))); }

  // One attempt: whoever comes next tries again.
  void CountPins(uint64_t word, Held* held) const {
    const auto pins = static_cast<int64_t>(PinsIn(word));
    held->count.fetch_add(pins, std::memory_order_relaxed);
    if (!word_.compare_exchange_strong(word, WordOf(held), std::memory_order_acq_rel)) {
      held->count.fetch_sub(pins, std::memory_order_relaxed);
    }
  }

  const std::shared_ptr<Left> left_ = std::make_shared<Left>();
  Held* present_;  // as in the word, for leak detectors that look for addresses
  mutable std::atomic<uint64_t> word_;
};

}  // namespace brokerage::matcher

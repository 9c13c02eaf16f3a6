// Copying only what an edit changes, and that only once.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace brokerage::matcher {

// One edit of a state; no two are alike. 0 is none.
using Edit = uint64_t;

// A new `T` whose count of owners lies elsewhere: whoever copies a state writes the counts of much that did
// not change, and would take its lines away from the processors of those who read it.
template <typename T, typename... Args>
std::shared_ptr<T> NewShared(Args&&... args) {
  return std::shared_ptr<T>(new T(std::forward<Args>(args)...));
}

// `shared` made the edit's own: what an earlier edit made is copied, for others may be reading it; where
// there is nothing, an empty one is made (of a `T` that can be empty). `T` is copyable and has an `Edit
// edit`.
template <typename T>
T& Own(std::shared_ptr<const T>& shared, Edit edit) {
  if (shared != nullptr && shared->edit == edit) return const_cast<T&>(*shared);  // nobody else reads it yet
  std::shared_ptr<T> copy;
  if (shared != nullptr) {
    copy = NewShared<T>(*shared);
  } else if constexpr (std::is_default_constructible_v<T>) {
    copy = NewShared<T>();
  }
  copy->edit = edit;
  T& owned = *copy;
  shared = std::move(copy);
  return owned;
}

}  // namespace brokerage::matcher

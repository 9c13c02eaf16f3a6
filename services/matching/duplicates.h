// Finds volunteers of one centre that may be the same person.
//
// Two may be one when they share an email address, a telephone number, or a name together with a date of
// birth or a postcode. Case, spacing and the ways of writing a number do not count. What is kept of a person
// is keyed hashes: nothing in memory can be read back.
#pragma once

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::matching {

// Thread-safe.
class Duplicates {
 public:
  Duplicates();

  // What is stored as `name` now, or that there is none any more: from the store at the start, then from its
  // feed.
  void Put(absl::string_view name, const v1::Volunteer& volunteer);
  void Remove(absl::string_view name);

  // The volunteers of the centre `centre` (`centres/{centre}`) that may be the same person as `volunteer`,
  // but for `except`, in the order of their names; at most kMaxFound.
  std::vector<std::string> Find(absl::string_view centre, const v1::Volunteer& volunteer,
                                absl::string_view except) const;

  static constexpr std::size_t kMaxFound = 20;

 private:
  using Key = uint64_t;
  struct Entry {
    std::string name;
    std::vector<Key> keys;
  };

  std::vector<Key> KeysOf(absl::string_view centre, const v1::Volunteer& volunteer) const;
  void Forget(absl::string_view name);

  const std::string secret_;  // of this process
  mutable std::shared_mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<Entry>> by_name_;
  absl::flat_hash_map<Key, absl::InlinedVector<const Entry*, 1>> by_key_;
};

}  // namespace brokerage::matching

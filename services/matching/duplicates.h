// Finds volunteers of one centre that may be the same person.
//
// Two may be one when they share an email address, a telephone number, or a name together with a date of
// birth or a postcode. Case, spacing and the ways of writing a number do not count. What is kept of a person
// is keyed hashes: nothing in memory can be read back.
//
// A centre's volunteers are read from the store when they are first asked about, so that a start need not
// wait for it; from then on the store's feed keeps them in step.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/volunteer.pb.h"
#include "storage/store.h"

namespace brokerage::matching {

// Thread-safe.
class Duplicates {
 public:
  // The store outlives it.
  explicit Duplicates(const storage::Store& store);
  ~Duplicates();

  // From the store's feed, in its order: the record that is stored as the volunteer `name` now, or that there
  // is none any more. Errors: DATA_LOSS.
  absl::Status Put(absl::string_view name, absl::string_view record);
  void Remove(absl::string_view name);
  // The feed goes on from the present state of the store, without what happened in between.
  void Forget();

  // The volunteers of the centre `centre` (`centres/{centre}`) that may be the same person as `volunteer`,
  // but for `except`, in the order of their names; at most kMaxFound. Errors: the store's, DATA_LOSS.
  absl::StatusOr<std::vector<std::string>> Find(absl::string_view centre, const v1::Volunteer& volunteer,
                                                absl::string_view except) const;

  static constexpr std::size_t kMaxFound = 20;

 private:
  class Keying;
  class KeyTable;
  class People;  // of a centre

  // Those of the volunteer's centre; nullptr when nobody asked about it yet.
  std::shared_ptr<People> PeopleBeside(absl::string_view volunteer) const;

  const storage::Store& store_;
  const std::string secret_;  // of this process
  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, std::shared_ptr<People>> people_;  // by centre
};

}  // namespace brokerage::matching

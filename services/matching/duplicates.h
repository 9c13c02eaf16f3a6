// Finds volunteers of one centre that may be the same person.
//
// Two may be one when they share an email address, a telephone number, or a name together with a date of
// birth or a postcode. Case, spacing and the ways of writing a number do not count. What is kept of a person
// is keyed hashes: nothing in memory can be read back.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/volunteer.pb.h"
#include "services/matching/lazy_tables.h"
#include "storage/store.h"

namespace brokerage::matching {

// Thread-safe.
class Duplicates {
 public:
  // The store outlives it.
  explicit Duplicates(const storage::Store& store);
  ~Duplicates();

  // From the store's feed, as LazyTables has it. Errors: DATA_LOSS.
  absl::Status Put(absl::string_view name, std::optional<absl::string_view> record);
  void Forget();

  // The volunteers of the centre `centre` (`centres/{centre}`) that may be the same person as `volunteer`,
  // but for `except`, in the order of their names; at most kMaxFound. Errors: the store's, DATA_LOSS.
  absl::StatusOr<std::vector<std::string>> Find(absl::string_view centre, const v1::Volunteer& volunteer,
                                                absl::string_view except) const;

  static constexpr std::size_t kMaxFound = 20;

 private:
  class Keying;
  class KeyTable;

  const std::string secret_;  // of this process
  const std::unique_ptr<LazyTables<KeyTable>> tables_;
};

}  // namespace brokerage::matching

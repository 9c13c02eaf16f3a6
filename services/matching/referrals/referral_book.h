// Which referrals there are of a volunteer, of a role and of a centre, so that a list of them need not read
// everyone's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/matching/lazy_tables.h"
#include "storage/store.h"

namespace brokerage::matching {

// Thread-safe.
class ReferralBook {
 public:
  // What a list asks for; everything that is set must hold.
  struct Question {
    std::optional<std::string> volunteer;    // `centres/{centre}/volunteers/{volunteer}`
    std::optional<std::string> opportunity;  // `centres/{centre}/opportunities/{opportunity}`
    std::optional<std::string> centre;       // `centres/{centre}`: of the volunteer or of the role
    bool live = false;                       // those that live alone
  };

  // The store outlives it.
  explicit ReferralBook(const storage::Store& store);
  ~ReferralBook();

  // From the store's feed, as LazyTables has it. Errors: DATA_LOSS.
  absl::Status Put(absl::string_view name, std::optional<absl::string_view> record);
  void Forget();

  // Names among which are all referrals that fit `question`, in order; nullopt when it asks for all. Errors:
  // the store's, DATA_LOSS.
  absl::StatusOr<std::optional<std::vector<std::string>>> Find(const Question& question) const;

 private:
  class Pages;

  const std::unique_ptr<LazyTables<Pages>> tables_;
};

}  // namespace brokerage::matching

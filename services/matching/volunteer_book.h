// Where to look for the volunteers of a centre of whom something is to be done: who have only enquired or
// registered, who are on a break, and of whom a check, a licence or a break ends soon. Most volunteers are
// none of these, and a list of the others need not read them all.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "brokerage/matching/v1/volunteer.pb.h"
#include "services/matching/lazy_tables.h"
#include "storage/store.h"

namespace brokerage::matching {

// The first day from `today` on, the last one that counts, on which a check or a licence of `volunteer` is
// valid for the last time; nullopt: none ends.
std::optional<absl::CivilDay> NextExpiry(const v1::Volunteer& volunteer, absl::CivilDay today);

// Thread-safe.
class VolunteerBook {
 public:
  // What a list asks for; everything that is set must hold.
  struct Question {
    std::optional<v1::Volunteer::State> state;
    std::optional<absl::CivilDay> break_ends_by;   // break_until_date, at the latest
    std::optional<absl::CivilDay> next_expiry_by;  // NextExpiry, at the latest
    absl::CivilDay today;
  };

  // The store outlives it.
  explicit VolunteerBook(const storage::Store& store);
  ~VolunteerBook();

  // From the store's feed, as LazyTables has it. Errors: DATA_LOSS.
  absl::Status Put(absl::string_view name, std::optional<absl::string_view> record);
  void Forget();

  // Names among which are all volunteers of `centre` (`centres/{centre}`) that fit `question`, in order;
  // nullopt when it asks for nothing that is kept here. Errors: the store's, DATA_LOSS.
  absl::StatusOr<std::optional<std::vector<std::string>>> Find(absl::string_view centre,
                                                               const Question& question) const;

 private:
  class Pages;

  const std::unique_ptr<LazyTables<Pages>> tables_;
};

}  // namespace brokerage::matching

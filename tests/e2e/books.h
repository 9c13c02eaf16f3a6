// Collections of one kind of record, written and read as any caller would: what the kill tests write into.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "tests/e2e/scene.h"

namespace brokerage::e2e {

// What a record says: each version is written into several of its fields, each step is a state.
struct BookEntry {
  int version = 0;
  int step = 0;

  friend bool operator==(const BookEntry&, const BookEntry&) = default;
};

// Thread-safe. Every write carries a request id, so that the same write may be sent again.
class Book {
 public:
  virtual ~Book() = default;

  // The name of the new record, at step 0.
  virtual absl::StatusOr<std::string> Create(int version, const std::string& request_id) const = 0;
  virtual absl::Status Rewrite(const std::string& name, int version, const std::string& request_id) const = 0;
  // Takes the record from `step` to the one after it.
  virtual absl::Status Advance(const std::string& name, int step, const std::string& request_id) const = 0;
  virtual int last_step() const = 0;
  // Every record, by name. DATA_LOSS when one holds parts of two versions.
  virtual absl::StatusOr<std::map<std::string, BookEntry>> List() const = 0;
  // Whether the index or view that is built from the records is equal to `listed`. DATA_LOSS, saying how,
  // when not.
  virtual absl::Status CompareIndex(const std::map<std::string, BookEntry>& listed) const = 0;
};

// `stubs` outlives the book. `organisation` is active.
std::unique_ptr<Book> VolunteerBook(const Stubs& stubs, const std::string& token);
std::unique_ptr<Book> OpportunityBook(const Stubs& stubs, const std::string& token,
                                      const std::string& organisation);
// CompareIndex looks at the matching service's view, once it has caught up.
std::unique_ptr<Book> OrganisationBook(const Stubs& stubs, const std::string& token);

}  // namespace brokerage::e2e

// Writers that remember what was acknowledged to them, and check that it is so.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "absl/status/status.h"

#include "tests/e2e/books.h"

namespace brokerage::e2e {

// One writer. Its writes go to records of its own; at most one of them, the last, has an outcome that it does
// not know. Not thread-safe.
class Writer {
 public:
  explicit Writer(uint64_t seed) : random_(seed) {}

  // Writes into `book`, counting each acknowledged write in `acknowledged`, until the service is lost. OK
  // when it was lost; another error is the service's own refusal, which no write of these deserves.
  absl::Status WriteUntilLost(const Book& book, std::atomic<int>& acknowledged);

  // Checks every record of this writer in `listed`, and takes those away that it accounts for. DATA_LOSS,
  // saying which, when an acknowledged write is missing or one is there that nobody sent.
  absl::Status Account(std::map<std::string, BookEntry>& listed) const;

  // Sends the write of unknown outcome again, if there is one, with its request id: it must happen, once.
  // `listed` is what the store held before.
  absl::Status Resolve(const Book& book, std::map<std::string, BookEntry>& listed);

 private:
  enum class Kind { kCreate, kRewrite, kAdvance };
  struct Write {
    Kind kind = Kind::kCreate;
    std::string name;  // empty: to be created
    BookEntry after;   // what the record says when it has happened
    std::string request_id;
  };

  Write Next(const Book& book);
  // Sends `write`; the record's name.
  static absl::StatusOr<std::string> Send(const Book& book, const Write& write);

  std::mt19937_64 random_;
  std::map<std::string, BookEntry> records_;  // as acknowledged
  std::optional<Write> unknown_;
};

}  // namespace brokerage::e2e

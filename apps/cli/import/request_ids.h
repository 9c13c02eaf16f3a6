// The request ids of an import: the same for the same row of the same file, however often it is run.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::cli {

class RequestIds {
 public:
  // `file_hash` is the SHA-256 of the file's bytes; `parent` the centre that rows are written to, so that the
  // same file may be imported for two; `kind` "volunteers" and the like.
  RequestIds(absl::string_view file_hash, absl::string_view parent, absl::string_view kind);

  // For one step ("create") with the row that begins at `line`: the first 16 bytes of a SHA-256, with the
  // bits of a version 4 UUID set.
  std::string For(int64_t line, absl::string_view step) const;

 private:
  std::string prefix_;
};

}  // namespace brokerage::cli

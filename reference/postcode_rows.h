// Reads the rows of the three kinds of postcode file that can be imported.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "reference/grid.h"
#include "reference/point.h"
#include "reference/postcode.h"

namespace brokerage::reference {

// What a row says: a postcode with its place, or why it is passed over, or what is wrong with it.
struct PostcodeRow {
  enum class Kind { kPlace, kTerminated, kWithoutPosition, kFaulty };
  Kind kind = Kind::kFaulty;
  std::optional<Postcode> postcode;
  Point point;
  std::string district_code;         // empty when the row names none
  std::vector<std::string> reasons;  // of a faulty row, all of them
};

// Reads the rows of one file.
class PostcodeRowReader {
 public:
  virtual ~PostcodeRowReader() = default;
  virtual PostcodeRow Read(const std::vector<std::string>& fields) const = 0;
};

struct PostcodeFormat {
  std::unique_ptr<PostcodeRowReader> reader;
  // Whether the first row is data and no header.
  bool first_row_is_data = false;
};

// The kind of file that begins with `first_row`. `grid` must outlive what is returned. INVALID_ARGUMENT,
// naming the kinds there are, when it is none.
absl::StatusOr<PostcodeFormat> DetectPostcodeFormat(const std::vector<std::string>& first_row,
                                                    const GridConverter& grid);

}  // namespace brokerage::reference

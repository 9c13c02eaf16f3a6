// UK postcodes: the shape, the parts, the usual slips of the pen. Whether one is in use, the tables of places
// say.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::reference {

// A postcode of the right shape: an outcode (A9, A99, AA9, AA99, A9A, AA9A) and an incode (9AA), in capitals.
class Postcode {
 public:
  // Any case, any white space around and between the two halves, or none. Nothing when the shape is wrong.
  static std::optional<Postcode> Parse(absl::string_view text);

  std::string ToString() const;                           // "EC1A 1BB": the one normal form
  absl::string_view outcode() const;                      // "EC1A"
  absl::string_view incode() const;                       // "1BB"
  absl::string_view area() const;                         // "EC"
  absl::string_view postcode_district() const;            // "EC1"; Royal Mail's word, no local authority
  std::optional<absl::string_view> sub_district() const;  // "EC1A", for outcodes that end in a letter
  std::string sector() const;                             // "EC1A 1"
  absl::string_view unit() const;                         // "BB"

  // Order: outcode bytewise, then incode.
  friend bool operator==(const Postcode&, const Postcode&) = default;
  friend auto operator<=>(const Postcode&, const Postcode&) = default;

 private:
  Postcode() = default;
  std::array<char, 4> outcode_{};  // padded with zero bytes
  std::array<char, 3> incode_{};
};

// An outcode alone, in capitals, from any case with white space around it. Nothing when the shape is wrong.
std::optional<std::string> ParseOutcode(absl::string_view text);

// `text` with the letters O, I and the digits 0, 1 exchanged where the shape leaves no doubt which was meant,
// in normal spacing and capitals ("SWIA 2AA" → "SW1A 2AA"). What cannot be a postcode even so comes back
// unchanged; what comes back may still be none, where doubt remains.
std::string FixPostcode(absl::string_view text);

}  // namespace brokerage::reference

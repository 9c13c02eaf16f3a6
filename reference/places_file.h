// The file of imported postcodes: immutable, checksummed, one a reference version.
//
// Format 1, all numbers little-endian, no padding between sections:
//
//   8   magic "BRKPLACE"
//   4   format version, 1
//   4   D, districts         (the first is empty: not known)
//   4   O, outcodes
//   4   N, postcodes
//   D × 9   ONS codes in ASCII, ascending; the empty one is nine zero bytes
//   O × 8   outcode in ASCII padded with zero bytes to 4, ascending; 4: the row of its first postcode
//   N × 2   incode as a number (IncodeNumber), ascending inside an outcode
//   N × 2   index of the district
//   N × 4   latitude, degrees · 10⁷
//   N × 4   longitude, degrees · 10⁷
//   32  SHA-256 of all that stands before
//
// The file's name is that digest in hexadecimal with ".places"; the digest is the reference version. Beside
// it lies CURRENT, whose one line is the name of the file in use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "reference/point.h"
#include "reference/postcode.h"

namespace brokerage::reference {

inline constexpr absl::string_view kPlacesFileSuffix = ".places";
inline constexpr absl::string_view kCurrentPlacesFile = "CURRENT";

// The columns of the file. `first_row` has one entry more than `outcodes`: the number of postcodes.
struct PostcodeTable {
  std::vector<std::string> districts;
  std::vector<std::string> outcodes;
  std::vector<uint32_t> first_row;
  std::vector<uint16_t> incodes;
  std::vector<uint16_t> district_index;
  std::vector<int32_t> latitudes_e7;
  std::vector<int32_t> longitudes_e7;

  std::size_t size() const { return incodes.size(); }
  Point PointAt(std::size_t row) const { return {latitudes_e7[row], longitudes_e7[row]}; }
  const std::string& DistrictAt(std::size_t row) const { return districts[district_index[row]]; }
  // The row of `postcode`.
  std::optional<std::size_t> Find(const Postcode& postcode) const;
};

// "1BB" as a number: 676 · digit + 26 · letter + letter, so at most 6,759. `incode` is a Postcode's.
uint16_t IncodeNumber(absl::string_view incode);

// The bytes of the file.
std::string EncodePlacesFile(const PostcodeTable& table);

struct DecodedPlaces {
  PostcodeTable table;
  std::string version;  // the digest in hexadecimal
};

// DATA_LOSS saying what is wrong when `bytes` are not a whole, undamaged file of format 1; UNIMPLEMENTED when
// they are of a later format.
absl::StatusOr<DecodedPlaces> DecodePlacesFile(absl::string_view bytes);

}  // namespace brokerage::reference

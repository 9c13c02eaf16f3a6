// Brings postcode files into DATA/places: reads them, judges every row, and writes one immutable file.
//
// Three kinds are known by their first row:
//  - OS Code-Point Open: no header; ten columns: postcode, positional quality, eastings, northings, country,
//  NHS region,
//    NHS authority, county, district, ward. Grid references are converted as reference/grid.h says.
//  - ONS Postcode Directory: a header with pcds (or pcd8, pcd2, pcd7, pcd), lat, long, and oslaua, laua or
//  ladNNcd; rows
//    with a date in doterm are terminated postcodes and are passed over.
//  - a header with postcode, lat, lon and, when known, district_code.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace brokerage::reference {

struct ImportFault {
  std::string file;
  int64_t line = 0;
  std::vector<std::string> reasons;  // all of them
};

struct ImportProgress {
  std::string file;
  int64_t rows = 0;        // read so far, of all files
  int64_t bytes_read = 0;  // of all files
  int64_t bytes_total = 0;
};

struct ImportOptions {
  // Write the good rows although others are faulty.
  bool keep_good = false;
  // Called now and then, and at the end of each file, on the calling thread.
  std::function<void(const ImportProgress&)> progress;
};

struct ImportReport {
  int64_t rows_read = 0;         // headers and blank lines are none
  int64_t postcodes = 0;         // distinct good ones
  int64_t duplicates = 0;        // rows that say again what an earlier row said (to 0.00001°); passed over
  int64_t terminated = 0;        // rows of postcodes no longer in use; passed over
  int64_t without_position = 0;  // rows whose source knows no position; passed over
  int64_t without_district = 0;  // good postcodes whose row names no district
  std::vector<ImportFault> faults;  // by file in the order read, then by line
  // What was written; both empty when nothing was, because a row was faulty or no row was good.
  std::string path;
  std::string version;
};

// Reads `inputs`, files or folders of .csv files (taken in the order of their names), and writes
// `places_dir`/<version>.places and `places_dir`/CURRENT, which names it. Nothing is written when any row is
// faulty, unless options.keep_good. Importing the same rows again writes the same file.
//
// A postcode given twice with different facts is a fault of the later row. INVALID_ARGUMENT when an input is
// of no known kind or a folder holds no .csv file; NOT_FOUND when it does not exist; UNAVAILABLE when reading
// or writing fails.
absl::StatusOr<ImportReport> ImportPlaces(const std::vector<std::string>& inputs,
                                          const std::string& places_dir, const ImportOptions& options = {});

}  // namespace brokerage::reference

// Imports a file: every row is read and checked before anything is written.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/status.h"

#include "apps/cli/client/environment.h"
#include "apps/cli/import/import_file.h"
#include "apps/cli/import/import_kind.h"

namespace brokerage::cli {

struct ImportOptions {
  bool keep_good = false;  // write the good rows although others are faulty
  bool dry_run = false;    // check, and write nothing
  bool quiet = false;      // no progress
  int in_flight = 8;       // calls at once
};

struct ImportOutcome {
  std::size_t faulty = 0;   // rows with faults, found before or while writing
  std::size_t written = 0;  // rows whose resource exists and reached the state that it was to reach
  bool writing_began = false;
  // What ended the import early, if anything: then rows that are neither faulty nor written are left, and
  // running it again goes on with them.
  absl::Status stopped;
};

// Fills in the rows of `file`. With a faulty header no row is read: then `file.rows` are untouched and the
// faults are in `header_faults`.
class Importer {
 public:
  // Keeps references to all.
  Importer(const Environment& environment, ImportKind& kind, ImportFile& file, const ImportOptions& options)
      : environment_(environment), kind_(kind), file_(file), options_(options) {}

  ImportOutcome Run(const RequestIds& ids);
  const std::vector<Remark>& header_faults() const { return header_faults_; }

 private:
  void ReadRows(const RowHeader& header);
  absl::Status CheckRows();
  absl::Status WriteRows(const RequestIds& ids);
  absl::Status WriteRow(std::size_t index, const RequestIds& ids);
  // Adds what a service said of a row to its faults, without what follows from faults it has already.
  void AddServiceFaults(const std::vector<Remark>& remarks, ImportRow& row) const;
  std::string GroupOf(const std::string& column) const;

  const Environment& environment_;
  ImportKind& kind_;
  ImportFile& file_;
  const ImportOptions& options_;
  std::vector<Remark> header_faults_;
};

}  // namespace brokerage::cli

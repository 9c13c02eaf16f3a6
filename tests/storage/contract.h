// The contract suite of the storage port: every guarantee of storage/store.h as checks that any engine must
// pass.
//
// A new engine supplies a Subject and a line in contract_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "storage/store.h"

namespace brokerage::storage::contract {

// A database under test and what may befall it. Each check gets a new, empty one.
class Subject {
 public:
  virtual ~Subject() = default;

  virtual Store& store() = 0;
  // Closes the store and opens it again.
  virtual absl::Status Reopen() = 0;
  // Loses the process and whatever is not durable, and opens the store again.
  virtual absl::Status Crash() = 0;
  // A new subject, restored from `backup`.
  virtual absl::StatusOr<std::unique_ptr<Subject>> Restore(const std::string& backup) = 0;
  // What the store is told of free space on its disk. The reserve is kReserveBytes.
  virtual void SetFreeBytes(uint64_t bytes) = 0;
  // Lets every write to the disk fail, until Reopen.
  virtual void BreakWrites() = 0;
  // How often the store said that it takes no more commits.
  virtual int fatal_calls() const = 0;
  // A directory for the check's files, removed with the subject.
  virtual std::string scratch() const = 0;

  static constexpr uint64_t kReserveBytes = uint64_t{1} << 30;
};

struct Check {
  const char* name;                       // the guarantee, as a sentence in CamelCase
  absl::Status (*run)(Subject& subject);  // what is broken, or OK
};

// Guarantees 1 and 3: commits, guards, request ids.
std::vector<Check> CommitChecks();
std::vector<Check> RequestIdChecks();
// Guarantee 6, and deadlines.
std::vector<Check> LimitChecks();
// Guarantee 2, full disks and write errors.
std::vector<Check> DurabilityChecks();
// Get, Scan, Snapshot.
std::vector<Check> ReadChecks();
// Guarantees 4 and 5; Compact.
std::vector<Check> FeedChecks();
// Backup, restore, epochs.
std::vector<Check> BackupChecks();

std::vector<Check> AllChecks();
// The check of that name; aborts when there is none.
Check CheckNamed(const std::string& name);

}  // namespace brokerage::storage::contract

#include <atomic>
#include <utility>

#include "storage/memory_store.h"
#include "tests/storage/scratch.h"
#include "tests/storage/subjects.h"

namespace brokerage::storage::contract {
namespace {

class MemorySubject final : public Subject {
 public:
  Store& store() override { return *store_; }

  absl::Status Reopen() override {
    store_.reset();
    options_.disk->FailWrites(absl::OkStatus());
    options_.store.owner = "contract";
    options_.store.reserve.bytes = kReserveBytes;
    options_.store.reserve.free_bytes = [this](const std::string&) -> absl::StatusOr<uint64_t> {
      return free_bytes_;
    };
    options_.store.committer.on_fatal = [this](const absl::Status&) { ++fatal_calls_; };
    absl::StatusOr<std::unique_ptr<Store>> opened = OpenMemory(options_);
    if (!opened.ok()) return opened.status();
    store_ = *std::move(opened);
    return absl::OkStatus();
  }

  // A write is durable when it is on the disk of memory, which it is at once: closing loses nothing more than
  // a crash.
  absl::Status Crash() override { return Reopen(); }

  absl::StatusOr<std::unique_ptr<Subject>> Restore(const std::string& backup) override {
    auto restored = std::make_unique<MemorySubject>();
    restored->options_.store.owner = "contract";
    const absl::StatusOr<Revision> revision = RestoreMemory(backup, restored->options_);
    if (!revision.ok()) return revision.status();
    if (absl::Status status = restored->Reopen(); !status.ok()) return status;
    return restored;
  }

  void SetFreeBytes(uint64_t bytes) override { free_bytes_ = bytes; }
  void BreakWrites() override { options_.disk->FailWrites(absl::UnavailableError("the disk is broken")); }
  int fatal_calls() const override { return fatal_calls_; }
  std::string scratch() const override { return scratch_.path(); }

 private:
  ScratchDirectory scratch_;
  MemoryOptions options_;
  std::atomic<uint64_t> free_bytes_ = 2 * kReserveBytes;
  std::atomic<int> fatal_calls_ = 0;
  std::unique_ptr<Store> store_;
};

}  // namespace

std::unique_ptr<Subject> NewMemorySubject() {
  auto subject = std::make_unique<MemorySubject>();
  if (!subject->Reopen().ok()) return nullptr;
  return subject;
}

}  // namespace brokerage::storage::contract

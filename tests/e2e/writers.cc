#include "tests/e2e/writers.h"

#include <iterator>

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "base/ids.h"

namespace brokerage::e2e {
namespace {

// Versions stay below every limit of the fields that hold them.
constexpr int kVersions = 9'999;

// Whether an error came from the transport: no answer of the service's own, which always names a reason.
bool IsLost(const absl::Status& status) { return base::ReasonOf(status).empty(); }

}  // namespace

Writer::Write Writer::Next(const Book& book) {
  Write write;
  write.request_id = base::MintUuid4();
  const int version = std::uniform_int_distribution(1, kVersions)(random_);
  const int choice = std::uniform_int_distribution(0, 3)(random_);
  if (records_.empty() || choice == 0) {
    write.kind = Kind::kCreate;
    write.after = {version, 0};
    return write;
  }
  const auto place = std::uniform_int_distribution<std::size_t>(0, records_.size() - 1)(random_);
  const auto& [name, entry] = *std::next(records_.begin(), static_cast<std::ptrdiff_t>(place));
  write.name = name;
  if (choice == 1 && entry.step < book.last_step()) {
    write.kind = Kind::kAdvance;
    write.after = {entry.version, entry.step + 1};
  } else {
    write.kind = Kind::kRewrite;
    write.after = {version, entry.step};
  }
  return write;
}

absl::StatusOr<std::string> Writer::Send(const Book& book, const Write& write) {
  absl::Status status;
  switch (write.kind) {
    case Kind::kCreate:
      return book.Create(write.after.version, write.request_id);
    case Kind::kRewrite:
      status = book.Rewrite(write.name, write.after.version, write.request_id);
      break;
    case Kind::kAdvance:
      status = book.Advance(write.name, write.after.step - 1, write.request_id);
      break;
  }
  if (!status.ok()) return status;
  return write.name;
}

absl::Status Writer::WriteUntilLost(const Book& book, std::atomic<int>& acknowledged) {
  while (true) {
    const Write write = Next(book);
    const auto name = Send(book, write);
    if (!name.ok()) {
      if (!IsLost(name.status())) return name.status();
      unknown_ = write;
      return absl::OkStatus();
    }
    records_[*name] = write.after;
    ++acknowledged;
  }
}

absl::Status Writer::Account(std::map<std::string, BookEntry>& listed) const {
  for (const auto& [name, entry] : records_) {
    const auto found = listed.find(name);
    if (found == listed.end()) return absl::DataLossError(absl::StrCat(name, " is missing"));
    const bool as_acknowledged = found->second == entry;
    const bool as_unknown =
        unknown_.has_value() && unknown_->name == name && found->second == unknown_->after;
    if (!as_acknowledged && !as_unknown) {
      return absl::DataLossError(absl::StrCat(name, " has version ", found->second.version, " at step ",
                                              found->second.step, "; acknowledged was version ",
                                              entry.version, " at step ", entry.step));
    }
    listed.erase(found);
  }
  return absl::OkStatus();
}

absl::Status Writer::Resolve(const Book& book, std::map<std::string, BookEntry>& listed) {
  if (!unknown_.has_value()) return absl::OkStatus();
  const Write write = *unknown_;
  unknown_.reset();
  const auto name = Send(book, write);
  if (!name.ok()) return name.status();
  records_[*name] = write.after;
  listed[*name] = write.after;
  return absl::OkStatus();
}

}  // namespace brokerage::e2e

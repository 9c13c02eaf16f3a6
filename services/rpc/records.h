// One kind of record, read and written: a table over the store, with what every write has in common (the
// request_id, the etag, validate_only, the guard against others).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "base/errors.h"
#include "services/rpc/mutations.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"
#include "storage/store.h"
#include "storage/typed.h"

namespace brokerage::rpc {

// What a write came to.
template <typename Record>
struct Outcome {
  // As it was written; of a retry, as it is now; of validate_only, as it would be written. Its sequence is
  // the commit's, or 0 where nothing was ever written.
  storage::Stored<Record> stored;
  storage::Revision revision;  // of the commit; of a retry the first call's; of validate_only none
  bool replayed = false;       // a retry: the first call did it

  bool committed() const { return revision.sequence > 0; }
};

// Puts into `answer` the etag and the consistency token of what was stored in the service `origin`; neither
// where nothing was.
template <typename Record, typename Resource>
void SetRevision(const Outcome<Record>& outcome, Origin origin, Resource& answer) {
  if (!outcome.committed()) return;
  answer.set_etag(FormatEtag(outcome.revision.epoch, outcome.stored.sequence));
  answer.set_consistency_token(
      FormatConsistencyToken({origin, outcome.revision.epoch, outcome.revision.sequence}));
}

// What a change of a record depends on besides, and what is written beside it.
struct Beside {
  Beside(std::vector<storage::Guard> given = {}) : guards(std::move(given)) {}  // NOLINT: mostly only these
  std::vector<storage::Guard> guards;
  std::vector<storage::Write> writes;
};

// A record that is to be made.
template <typename Record>
struct NewRecord {
  std::string name;
  Record record;
  std::vector<storage::Guard> guards;  // of what else it depends on
};

// OK when `etag`, as a client sent it, is empty or that of `stored`; else EtagMismatch.
template <typename Record>
absl::Status CheckEtag(absl::string_view etag, uint64_t epoch, const storage::Stored<Record>& stored) {
  if (etag.empty() || etag == FormatEtag(epoch, stored.sequence)) return absl::OkStatus();
  return base::EtagMismatch(stored.name);
}

// Thread-safe. The store and the mutations outlive it.
template <typename Record>
class Records {
 public:
  using Stored = storage::Stored<Record>;
  // Answers what is to be made; asked again when someone else changed what it guards. Mints the name.
  using Make = std::function<absl::StatusOr<NewRecord<Record>>()>;
  // Changes `record`, a copy of `stored`, and answers what else the change depends on and comes with; asked
  // again when someone else changed either. It decides whether the caller may.
  using Change = std::function<absl::StatusOr<Beside>(const Stored& stored, Record& record)>;

  // `prefix` is one of storage/keys.h.
  Records(storage::Store& store, const Mutations& mutations, absl::string_view prefix)
      : store_(store), mutations_(mutations), table_(store, prefix) {}

  const storage::Table<Record>& table() const { return table_; }
  uint64_t epoch() const { return store_.GetHealth().revision.epoch; }

  // NotFound when there is none, FromStore's.
  absl::StatusOr<Stored> Get(absl::string_view name) const {
    auto found = table_.Get(name);
    if (!found.ok()) return FromStore(found.status());
    if (!found->has_value()) return base::NotFound(name);
    return **std::move(found);
  }

  // Errors: the plan's, Mutations::Apply's; AlreadyExists when the name is taken.
  absl::StatusOr<Outcome<Record>> Create(const Call& call, const google::protobuf::Message& request,
                                         bool validate_only, const Make& make) const {
    Outcome<Record> outcome;
    const auto plan = [&]() -> absl::StatusOr<Draft> {
      auto made = make();
      if (!made.ok()) return made.status();
      const auto taken = table_.Get(made->name);
      if (!taken.ok()) return FromStore(taken.status());
      if (taken->has_value()) return base::AlreadyExists(made->name);
      Draft draft{made->name, std::move(made->guards), {table_.Put(made->name, made->record)}};
      draft.guards.push_back(storage::Guard::Absent(table_.Key(made->name)));
      outcome.stored.name = std::move(made->name);
      outcome.stored.message = std::move(made->record);
      return draft;
    };
    return Finish(call, request, validate_only, plan, outcome);
  }

  // Errors: NotFound, EtagMismatch, the change's, Mutations::Apply's.
  absl::StatusOr<Outcome<Record>> Update(const Call& call, const google::protobuf::Message& request,
                                         bool validate_only, absl::string_view name,
                                         const Change& change) const {
    Outcome<Record> outcome;
    const auto plan = [&]() -> absl::StatusOr<Draft> {
      auto stored = Get(name);
      if (!stored.ok()) return stored.status();
      outcome.stored = *stored;
      auto beside = change(*stored, outcome.stored.message);
      if (!beside.ok()) return beside.status();
      Draft draft{std::string(name), std::move(beside->guards), std::move(beside->writes)};
      draft.writes.push_back(table_.Put(name, outcome.stored.message));
      draft.guards.push_back(storage::Guard::At(table_.Key(name), stored->sequence));
      return draft;
    };
    return Finish(call, request, validate_only, plan, outcome);
  }

 private:
  absl::StatusOr<Outcome<Record>> Finish(const Call& call, const google::protobuf::Message& request,
                                         bool validate_only,
                                         const std::function<absl::StatusOr<Draft>()>& plan,
                                         Outcome<Record>& outcome) const {
    if (validate_only) {
      const auto draft = plan();
      if (!draft.ok()) return draft.status();
      return std::move(outcome);
    }
    const auto written = mutations_.Apply(call, request, plan);
    if (!written.ok()) return written.status();
    outcome.revision = written->revision;
    outcome.replayed = written->replayed;
    if (!written->replayed) {
      outcome.stored.sequence = written->revision.sequence;
      return std::move(outcome);
    }
    auto now = Get(written->resource);
    if (!now.ok()) return now.status();
    outcome.stored = *std::move(now);
    return std::move(outcome);
  }

  storage::Store& store_;
  const Mutations& mutations_;
  storage::Table<Record> table_;
};

}  // namespace brokerage::rpc

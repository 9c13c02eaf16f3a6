// How the handlers of both resources read and write records: who may, the guards, one commit, the wait for
// the index.
//
// Record is storage::v1::VolunteerRecord or OpportunityRecord.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "base/errors.h"
#include "base/log.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/context.h"
#include "services/matching/visibility.h"
#include "services/rpc/mutations.h"
#include "services/rpc/policy.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"
#include "storage/typed.h"

namespace brokerage::matching {

inline const v1::Volunteer& ResourceOf(const storage::v1::VolunteerRecord& record) {
  return record.volunteer();
}
inline const v1::Opportunity& ResourceOf(const storage::v1::OpportunityRecord& record) {
  return record.opportunity();
}

// The etag of a record, in the epoch that `store` is in.
template <typename Record>
std::string EtagOf(const storage::Stored<Record>& stored, const storage::Store& store) {
  return rpc::FormatEtag(store.GetHealth().revision.epoch, stored.sequence);
}

// The record `name`. Errors: NotFound also when `acting` may not see it; FromStore's.
template <typename Record>
absl::StatusOr<storage::Stored<Record>> ReadSeen(const storage::Table<Record>& table, const std::string& name,
                                                 const rpc::Acting& acting) {
  auto stored = table.Get(name);
  if (!stored.ok()) return rpc::FromStore(stored.status());
  if (!stored->has_value() || !Sees(acting, ResourceOf((*stored)->message))) return base::NotFound(name);
  return **std::move(stored);
}

// What a write came to.
template <typename Record>
struct Outcome {
  Record record;
  std::string etag;               // empty when nothing was stored, for the call only checks
  std::string consistency_token;  // the same
};

// A call that writes, and how.
struct WriteCall {
  const Context& context;
  const rpc::Call& call;
  const google::protobuf::Message& request;
  bool validate_only = false;
};

// Waits for the index to hold `revision`. That it does not come to it is no error: the write has happened.
inline void AwaitIndex(const WriteCall& write, storage::Revision revision) {
  const absl::Status held = write.context.index.AwaitWrite(revision, write.call.deadline());
  if (held.ok()) return;
  base::Log(base::Severity::kWarning, "index.behind",
            {{"method", write.call.method().name},
             {"sequence", revision.sequence},
             {"code", absl::StatusCodeToString(held.code())}});
}

// Commits what `plan` drafts for `planned`, which it fills anew each time it is asked, and answers that; for
// a retry of a request that was acted on, what is stored of its resource now. Errors: Mutations::Apply's;
// NotFound for a retry whose resource has gone.
template <typename Record>
absl::StatusOr<Outcome<Record>> CommitRecord(const WriteCall& write, const storage::Table<Record>& table,
                                             Record& planned,
                                             const std::function<absl::StatusOr<rpc::Draft>()>& plan) {
  if (write.validate_only) {
    if (const auto draft = plan(); !draft.ok()) return draft.status();
    return Outcome<Record>{std::move(planned), "", ""};
  }
  const auto written = write.context.mutations.Apply(write.call, write.request, plan);
  if (!written.ok()) return written.status();
  AwaitIndex(write, written->revision);
  const storage::Revision revision = written->revision;
  Outcome<Record> outcome;
  outcome.consistency_token =
      rpc::FormatConsistencyToken({rpc::Origin::kMatching, revision.epoch, revision.sequence});
  if (written->replayed) {
    auto present = table.Get(written->resource);
    if (!present.ok()) return rpc::FromStore(present.status());
    if (!present->has_value()) return base::NotFound(written->resource);
    outcome.etag = EtagOf(**present, write.context.store);
    outcome.record = std::move((*present)->message);
  } else {
    outcome.etag = rpc::FormatEtag(revision.epoch, revision.sequence);
    outcome.record = std::move(planned);
  }
  return outcome;
}

// Stores `record` as the new `name`. Errors: CommitRecord's.
template <typename Record>
absl::StatusOr<Outcome<Record>> CreateRecord(const WriteCall& write, const storage::Table<Record>& table,
                                             const std::string& name, Record record) {
  return CommitRecord<Record>(write, table, record, [&]() -> absl::StatusOr<rpc::Draft> {
    return rpc::Draft{name, {storage::Guard::Absent(table.Key(name))}, {table.Put(name, record)}};
  });
}

// Changes the record `name` as `edit` does, if it is still at `etag` (empty: whatever it is at). Errors:
// NotFound also for what the caller may not see; PermissionDenied for another centre's; EtagMismatch; the
// edit's; CommitRecord's.
template <typename Record>
absl::StatusOr<Outcome<Record>> ChangeRecord(const WriteCall& write, const storage::Table<Record>& table,
                                             const std::string& name, absl::string_view etag,
                                             const std::function<absl::Status(Record&)>& edit) {
  const rpc::Acting acting = rpc::Policy::ActAs(write.call.caller());
  Record record;
  return CommitRecord<Record>(write, table, record, [&]() -> absl::StatusOr<rpc::Draft> {
    auto stored = ReadSeen(table, name, acting);
    if (!stored.ok()) return stored.status();
    if (!IsOwn(acting, name)) {
      return base::PermissionDenied("This record belongs to another centre: it may be read, not changed.");
    }
    if (!etag.empty() && etag != EtagOf(*stored, write.context.store)) return base::EtagMismatch(name);
    record = std::move(stored->message);
    if (auto edited = edit(record); !edited.ok()) return edited;
    return rpc::Draft{
        name, {storage::Guard::At(table.Key(name), stored->sequence)}, {table.Put(name, record)}};
  });
}

}  // namespace brokerage::matching

// How the handlers of both resources read and write records: who may, one commit, the wait for the index.
//
// Record is storage::v1::VolunteerRecord, OpportunityRecord or WeightSetRecord.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "base/errors.h"
#include "base/log.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/context.h"
#include "services/matching/visibility.h"
#include "services/rpc/policy.h"
#include "services/rpc/records.h"
#include "services/rpc/run.h"

namespace brokerage::matching {

inline const v1::Volunteer& ResourceOf(const storage::v1::VolunteerRecord& record) {
  return record.volunteer();
}
inline const v1::Opportunity& ResourceOf(const storage::v1::OpportunityRecord& record) {
  return record.opportunity();
}

// The record `name`. Errors: NotFound also when `acting` may not see it; FromStore's.
template <typename Record>
absl::StatusOr<storage::Stored<Record>> ReadSeen(const rpc::Records<Record>& records, const std::string& name,
                                                 const rpc::Acting& acting) {
  auto stored = records.Get(name);
  if (stored.ok() && !Sees(acting, ResourceOf(stored->message))) return base::NotFound(name);
  return stored;
}

// A call that writes, and how.
struct WriteCall {
  const Context& context;
  const rpc::Call& call;
  const google::protobuf::Message& request;
  bool validate_only = false;
};

// `written`, once the index holds it. That the index does not come to it is no error: the write has happened.
template <typename Record>
absl::StatusOr<rpc::Outcome<Record>> Indexed(const WriteCall& write,
                                             absl::StatusOr<rpc::Outcome<Record>> written) {
  if (!written.ok() || !written->committed()) return written;
  const absl::Status held = write.context.index.AwaitWrite(written->revision, write.call.deadline());
  if (!held.ok()) {
    base::Log(base::Severity::kWarning, "index.behind",
              {{"method", write.call.method().name},
               {"sequence", written->revision.sequence},
               {"code", absl::StatusCodeToString(held.code())}});
  }
  return written;
}

// Whether `centre`, under which a caller that may makes a record, is one. Errors: CentreDirectory::Await's.
inline absl::Status CheckCentre(const Context& context, const rpc::Call& call, const std::string& centre) {
  if (centre == call.caller().centre) return absl::OkStatus();
  return context.centres.Await(centre, std::min(call.deadline(), absl::Now() + context.centre_wait));
}

// Stores `record` as the new `name`. Errors: rpc::Records::Create's.
template <typename Record>
absl::StatusOr<rpc::Outcome<Record>> CreateRecord(const WriteCall& write, const rpc::Records<Record>& records,
                                                  const std::string& name, const Record& record) {
  return Indexed(write, records.Create(write.call, write.request, write.validate_only, [&] {
    return rpc::NewRecord<Record>{name, record, {}};
  }));
}

// What follows for other records from a change of one, which it may change further. Called when the change is
// made.
template <typename Record>
using Consequences = std::function<absl::StatusOr<rpc::Beside>(const Record& before, Record& after)>;

// Changes the record `name` as `edit` does, if it is still at `etag` (empty: whatever it is at), with its
// `consequences` in the same commit. Errors: NotFound also for what the caller may not see; PermissionDenied
// for another centre's; EtagMismatch; the edit's and the consequences'; rpc::Records::Update's.
template <typename Record>
absl::StatusOr<rpc::Outcome<Record>> ChangeRecord(const WriteCall& write, const rpc::Records<Record>& records,
                                                  const std::string& name, absl::string_view etag,
                                                  const std::function<absl::Status(Record&)>& edit,
                                                  const Consequences<Record>& consequences = nullptr) {
  const rpc::Acting acting = rpc::Policy::ActAs(write.call.caller());
  const auto change = [&](const storage::Stored<Record>& stored,
                          Record& record) -> absl::StatusOr<rpc::Beside> {
    if (!Sees(acting, ResourceOf(record))) return base::NotFound(name);
    if (!IsOwn(acting, name)) {
      return base::PermissionDenied("This record belongs to another centre: it may be read, not changed.");
    }
    if (auto same = rpc::CheckEtag(etag, records.epoch(), stored); !same.ok()) return same;
    if (auto edited = edit(record); !edited.ok()) return edited;
    return consequences ? consequences(stored.message, record) : rpc::Beside();
  };
  return Indexed(write, records.Update(write.call, write.request, write.validate_only, name, change));
}

}  // namespace brokerage::matching

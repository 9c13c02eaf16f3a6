#include "services/rpc/mutations.h"

#include "absl/strings/ascii.h"
#include "google/protobuf/descriptor.h"

#include "base/digest.h"
#include "base/errors.h"
#include "base/limits.h"
#include "base/log.h"
#include "brokerage/storage/v1/record.pb.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::rpc {
namespace {

using storage::v1::RequestRecord;

// Each time someone else won; a caller that lost so often had better read again.
constexpr int kAttempts = 8;
constexpr std::size_t kPurgePage = 1'000;

std::string RequestIdOf(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field == nullptr ? std::string() : request.GetReflection()->GetString(request, field);
}

absl::Time TimeOf(const google::protobuf::Timestamp& moment) {
  return absl::FromUnixSeconds(moment.seconds()) + absl::Nanoseconds(moment.nanos());
}

}  // namespace

absl::StatusOr<Written> Mutations::Apply(const Call& call, const google::protobuf::Message& request,
                                         const std::function<absl::StatusOr<Draft>()>& plan) const {
  const storage::Table<RequestRecord> requests(store_, storage::kRequests);
  const std::string request_id = absl::AsciiStrToLower(RequestIdOf(request));
  const std::string record_name =
      storage::RequestRecordName(call.caller().credential, call.method().full_name, request_id);
  RequestRecord record;
  if (!request_id.empty()) {
    record.set_request_hmac(tokens_.RequestHmac(request, call.caller().credential));
    record.mutable_time()->set_seconds(absl::ToUnixSeconds(call.now()));
  }

  std::string resource = "the record";
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (!request_id.empty()) {
      const auto earlier = requests.Get(record_name);
      if (!earlier.ok()) return FromStore(earlier.status());
      if (earlier->has_value()) {
        const RequestRecord& first = (*earlier)->message;
        if (!base::EqualInConstantTime(first.request_hmac(), record.request_hmac()))
          return base::RequestIdReused();
        const uint64_t epoch = store_.GetHealth().revision.epoch;
        return Written{first.resource_name(), {epoch, (*earlier)->sequence}, true};
      }
    }
    auto draft = plan();
    if (!draft.ok()) return draft.status();
    resource = draft->resource;

    storage::CommitRequest commit;
    commit.guards = std::move(draft->guards);
    commit.writes = std::move(draft->writes);
    commit.deadline = call.deadline();
    if (!request_id.empty()) {
      record.set_resource_name(resource);
      commit.guards.push_back(storage::Guard::Absent(requests.Key(record_name)));
      commit.writes.push_back(requests.Put(record_name, record));
    }
    const auto revision = store_.Commit(std::move(commit));
    if (revision.ok()) return Written{resource, *revision, false};
    if (revision.status().code() != absl::StatusCode::kAborted) return FromStore(revision.status());
  }
  return base::ConcurrentChange(resource);
}

absl::StatusOr<int> Mutations::PurgeRequests(absl::Time before) const {
  const storage::Table<RequestRecord> requests(store_, storage::kRequests);
  int purged = 0;
  std::string after;
  while (true) {
    const auto page = requests.List("", after, kPurgePage);
    if (!page.ok()) return page.status();
    storage::CommitRequest commit;
    for (const auto& stored : *page) {
      if (TimeOf(stored.message.time()) < before) commit.writes.push_back(requests.Delete(stored.name));
    }
    if (!commit.writes.empty()) {
      purged += static_cast<int>(commit.writes.size());
      if (const auto done = store_.Commit(std::move(commit)); !done.ok()) return done.status();
    }
    if (page->size() < kPurgePage) return purged;
    after = page->back().name;
  }
}

absl::Status FromStore(const absl::Status& status) {
  if (status.ok()) return status;
  if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    return base::MakeError(absl::StatusCode::kDeadlineExceeded, base::reason::kDeadlineExceeded,
                           "The deadline passed before the change was stored; nothing was changed.");
  }
  base::Log(base::Severity::kError, "store.error",
            {{"code", absl::StatusCodeToString(status.code())}, {"detail", status.message()}});
  switch (status.code()) {
    case absl::StatusCode::kUnknown:
      return base::OutcomeUnknown();
    case absl::StatusCode::kUnavailable:
      return base::StoreUnavailable();
    case absl::StatusCode::kResourceExhausted:
      return base::StoreFull();
    default:
      return base::Internal();
  }
}

}  // namespace brokerage::rpc

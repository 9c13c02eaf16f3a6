#include "services/registry/admin_handlers.h"

#include <utility>

#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/backups.h"
#include "services/rpc/housekeeping.h"
#include "services/rpc/moments.h"
#include "services/rpc/tokens.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::registry {
namespace {

std::string TokenOf(storage::Revision revision) {
  return rpc::FormatConsistencyToken({rpc::Origin::kRegistry, revision.epoch, revision.sequence});
}

}  // namespace

absl::StatusOr<RecordCounts> CountRecords(const storage::Store& store) {
  RecordCounts counts;
  const storage::Table<storage::v1::OrganisationRecord> organisations(store, storage::kOrganisations);
  const auto counted = organisations.Snapshot([&](const auto& stored) {
    if (stored.message.organisation().state() != v1::Organisation::STATE_DELETED) ++counts.organisations;
    return absl::OkStatus();
  });
  if (!counted.ok()) return counted.status();
  const auto centres = store.Snapshot(storage::kCentres, [&](const storage::EntryView&) {
    ++counts.centres;
    return absl::OkStatus();
  });
  if (!centres.ok()) return centres.status();
  return counts;
}

AdminHandlers::AdminHandlers(const rpc::Runner& runner, storage::Store& store,
                             const rpc::Current<reference::PlaceIndex>& places, AdminOptions options)
    : runner_(runner), store_(store), places_(places), options_(std::move(options)) {}

grpc::Status AdminHandlers::CreateBackup(grpc::ServerContext* context, const v1::CreateBackupRequest* request,
                                         v1::Backup* answer) {
  return runner_.Run(*context, *request, [&](const rpc::Call& call) -> absl::Status {
    const auto made = rpc::MakeBackup(store_, options_.backups_dir, request->backup_id(), call.now());
    if (!made.ok()) return made.status();
    answer->set_name(made->name);
    answer->set_path(made->path);
    answer->set_revision(TokenOf(made->revision));
    *answer->mutable_create_time() = rpc::ToTimestamp(call.now());
    return absl::OkStatus();
  });
}

grpc::Status AdminHandlers::GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                                      v1::ServiceStatus* answer) {
  return runner_.Run(*context, *request, [&](const rpc::Call&) -> absl::Status {
    const auto counts = CountRecords(store_);
    if (!counts.ok()) return rpc::FromStore(counts.status());
    const storage::Health health = store_.GetHealth();
    answer->set_service("registry-service");
    answer->set_version(BROKERAGE_VERSION);
    *answer->mutable_start_time() = rpc::ToTimestamp(options_.started);
    answer->set_serving(rpc::IsServing(health));
    answer->set_engine(options_.engine);
    answer->set_store_revision(TokenOf(health.revision));
    answer->set_places_version(places_.Get()->version());
    answer->set_format_version(options_.format_version);
    answer->set_organisation_count(counts->organisations);
    answer->set_centre_count(counts->centres);
    return absl::OkStatus();
  });
}

}  // namespace brokerage::registry

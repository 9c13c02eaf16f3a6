#include "services/matching/admin_handlers.h"

#include "services/rpc/backups.h"
#include "services/rpc/housekeeping.h"
#include "services/rpc/tokens.h"

namespace brokerage::matching {
namespace {

std::string TokenOf(uint64_t epoch, uint64_t sequence) {
  return rpc::FormatConsistencyToken({rpc::Origin::kMatching, epoch, sequence});
}

}  // namespace

grpc::Status AdminHandlers::CreateBackup(grpc::ServerContext* context, const v1::CreateBackupRequest* request,
                                         v1::Backup* response) {
  return context_.runner.Run(*context, *request, [&](const rpc::Call& call) -> absl::Status {
    const auto made = rpc::MakeBackup(context_.store, options_.backups_dir, request->backup_id(), call.now());
    if (!made.ok()) return made.status();
    response->set_name(made->name);
    response->set_path(made->path);
    response->set_revision(TokenOf(made->revision.epoch, made->revision.sequence));
    response->mutable_create_time()->set_seconds(absl::ToUnixSeconds(call.now()));
    return absl::OkStatus();
  });
}

grpc::Status AdminHandlers::GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                                      v1::ServiceStatus* response) {
  return context_.runner.Run(*context, *request, [&](const rpc::Call& call) -> absl::Status {
    const storage::Health health = context_.store.GetHealth();
    const auto view = index_.Pin();
    const matcher::IndexSize size = view->size();
    response->set_service("matching-service");
    response->set_version(BROKERAGE_VERSION);
    response->mutable_start_time()->set_seconds(absl::ToUnixSeconds(options_.started));
    response->set_serving(rpc::IsServing(health));
    response->set_engine(options_.engine);
    response->set_store_revision(TokenOf(health.revision.epoch, health.revision.sequence));
    response->set_places_version(context_.places.Get()->version());
    response->set_format_version(options_.format_version);
    response->set_volunteer_count(static_cast<int64_t>(size.volunteers));
    response->set_opportunity_count(static_cast<int64_t>(size.opportunities));
    response->set_index_revision(TokenOf(view->revision().epoch, view->revision().sequence));
    *response->mutable_registry_view() = registry_.View(call.now());
    return absl::OkStatus();
  });
}

}  // namespace brokerage::matching

// AdminService of the registry.
#pragma once

#include <string>

#include "absl/time/time.h"

#include "brokerage/registry/v1/admin_service.grpc.pb.h"
#include "reference/places.h"
#include "services/rpc/current.h"
#include "services/rpc/run.h"
#include "storage/store.h"

namespace brokerage::registry {

// What the process knows of itself.
struct AdminOptions {
  std::string backups_dir;  // empty: there are none
  std::string engine;       // of the store, "RocksDB"
  int32_t format_version = 0;
  absl::Time started;
};

// Organisations that are not deleted, and centres. Errors: the store's.
struct RecordCounts {
  int64_t organisations = 0;
  int64_t centres = 0;
};
absl::StatusOr<RecordCounts> CountRecords(const storage::Store& store);

// Thread-safe. The collaborators outlive it.
class AdminHandlers final : public v1::AdminService::Service {
 public:
  AdminHandlers(const rpc::Runner& runner, storage::Store& store,
                const rpc::Current<reference::PlaceIndex>& places, AdminOptions options);

  grpc::Status CreateBackup(grpc::ServerContext* context, const v1::CreateBackupRequest* request,
                            v1::Backup* answer) override;
  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                         v1::ServiceStatus* answer) override;

 private:
  const rpc::Runner& runner_;
  storage::Store& store_;
  const rpc::Current<reference::PlaceIndex>& places_;
  const AdminOptions options_;
};

}  // namespace brokerage::registry

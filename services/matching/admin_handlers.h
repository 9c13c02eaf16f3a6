// AdminService of the matching service.
#pragma once

#include <string>

#include "brokerage/matching/v1/admin_service.grpc.pb.h"
#include "matcher/index.h"
#include "services/matching/context.h"
#include "services/matching/registry_follower.h"

namespace brokerage::matching {

struct AdminOptions {
  std::string backups_dir;
  std::string engine;
  int format_version = 0;
  absl::Time started;
};

class AdminHandlers final : public v1::AdminService::Service {
 public:
  AdminHandlers(const Context& context, const matcher::Index& index, const RegistryFollower& registry,
                AdminOptions options)
      : context_(context), index_(index), registry_(registry), options_(std::move(options)) {}

  grpc::Status CreateBackup(grpc::ServerContext* context, const v1::CreateBackupRequest* request,
                            v1::Backup* response) override;
  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                         v1::ServiceStatus* response) override;

 private:
  const Context& context_;
  const matcher::Index& index_;
  const RegistryFollower& registry_;
  const AdminOptions options_;
};

}  // namespace brokerage::matching

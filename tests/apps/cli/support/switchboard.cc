#include "tests/apps/cli/support/switchboard.h"

#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "services/rpc/status.h"

namespace brokerage::cli {
namespace {

absl::Status LetIn(const grpc::ServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("authorization");
  if (found == metadata.end()) return base::CredentialMissing();
  const std::string shown(found->second.data(), found->second.size());
  return shown == absl::StrCat("Bearer ", kGoodToken) ? absl::OkStatus() : base::CredentialInvalid();
}

}  // namespace

void Switchboard::RefuseBefore(Decide decide) {
  const std::lock_guard<std::mutex> lock(mutex_);
  refuse_ = std::move(decide);
}

void Switchboard::LoseAfter(Decide decide) {
  const std::lock_guard<std::mutex> lock(mutex_);
  lose_ = std::move(decide);
}

void Switchboard::Heal() {
  const std::lock_guard<std::mutex> lock(mutex_);
  refuse_ = nullptr;
  lose_ = nullptr;
}

grpc::Status Switchboard::Serve(grpc::ServerContext* context, absl::string_view method,
                                const std::function<absl::Status()>& work) {
  if (const absl::Status let_in = LetIn(*context); !let_in.ok()) return rpc::ToGrpc(let_in);
  // One call at a time: the fakes need no locks of their own.
  const std::lock_guard<std::mutex> lock(mutex_);
  const int before = calls_[std::string(method)]++;
  absl::Status status = refuse_ ? refuse_(method, before) : absl::OkStatus();
  if (status.ok()) status = work();
  if (status.ok() && lose_) status = lose_(method, before);
  return rpc::ToGrpc(status);
}

int Switchboard::Calls(absl::string_view method) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = calls_.find(std::string(method));
  return found == calls_.end() ? 0 : found->second;
}

absl::StatusOr<std::string> Switchboard::Once(const std::string& request_id,
                                              const google::protobuf::Message& request,
                                              const std::function<std::string()>& create) {
  if (request_id.empty()) return create();
  const std::string key = absl::StrCat(request.GetTypeName(), " ", request_id);
  const auto found = done_.find(key);
  if (found == done_.end()) {
    const std::string name = create();
    done_[key] = {request.SerializeAsString(), name};
    return name;
  }
  if (found->second.first != request.SerializeAsString()) return base::RequestIdReused();
  return found->second.second;
}

Switchboard::Decide Fails(std::string method, int first, int end, absl::Status status) {
  return [=](absl::string_view called, int before) {
    return called == method && before >= first && before < end ? status : absl::OkStatus();
  };
}

}  // namespace brokerage::cli

// What a service says of its health.
#pragma once

#include <chrono>
#include <grpcpp/grpcpp.h>
#include <memory>
#include <string>

#include "grpc/health/v1/health.grpc.pb.h"

namespace brokerage::support {

using HealthStatus = grpc::health::v1::HealthCheckResponse::ServingStatus;

// What is answered now; SERVICE_UNKNOWN for a service that is not there. No name: the whole.
inline HealthStatus HealthOf(const std::shared_ptr<grpc::Channel>& channel, const std::string& service = "") {
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  grpc::health::v1::HealthCheckResponse response;
  const auto status = grpc::health::v1::Health::Stub(channel).Check(&context, request, &response);
  return status.ok() ? response.status() : grpc::health::v1::HealthCheckResponse::SERVICE_UNKNOWN;
}

// Waits until the whole serves. False when it does not for so long that it never will.
inline bool AwaitServing(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  grpc::health::v1::Health::Stub health(channel);
  const auto watch = health.Watch(&context, grpc::health::v1::HealthCheckRequest());
  grpc::health::v1::HealthCheckResponse response;
  while (watch->Read(&response)) {
    if (response.status() != grpc::health::v1::HealthCheckResponse::SERVING) continue;
    context.TryCancel();
    return true;
  }
  return false;
}

}  // namespace brokerage::support

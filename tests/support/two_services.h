// Both services in this process, each over a store of its own, as deploy/up would start them: the registry's
// first start has written the credentials, the matching service follows it and has heard of them.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

#include "reference/places.h"
#include "tests/support/client.h"
#include "tests/support/manual_clock.h"

namespace brokerage::support {

class TwoServices {
 public:
  // Both read `now` and its movements, and know `places`; null: the centroids that are built in.
  explicit TwoServices(absl::Time now, std::shared_ptr<const reference::PlaceIndex> places = nullptr);
  ~TwoServices();

  std::shared_ptr<grpc::Channel> registry() const;
  std::shared_ptr<grpc::Channel> matching() const;
  // A folder of this object's own, which goes with it; the credentials are in it.
  const std::string& directory() const;
  std::string lead_token_file() const;

  // Callers of the registry and of the matching service with the token in a file.
  Client RegistryAs(const std::string& token_file) const;
  Client MatchingAs(const std::string& token_file) const;

  ManualClock clock;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace brokerage::support

// A registry in this process: real handlers over a real store, begun as on a first start, spoken to through
// real stubs; a clock that the test moves.
#pragma once

#include <grpcpp/channel.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "brokerage/registry/v1/admin_service.grpc.pb.h"
#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "brokerage/registry/v1/reference_service.grpc.pb.h"
#include "services/registry/service.h"
#include "services/rpc/server.h"
#include "storage/store.h"
#include "tests/storage/scratch.h"
#include "tests/support/client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/messages.h"
#include "tests/support/outline.h"

namespace brokerage::registry {

using support::Client;
using support::FieldsOf;
using support::Holds;
using support::Outline;
using support::Parse;

using Organisations = v1::OrganisationService::Stub;
using Centres = v1::CentreService::Stub;
using References = v1::ReferenceService::Stub;
using Admin = v1::AdminService::Stub;

inline constexpr char kAshford[] = "centres/ashford";  // leads
inline constexpr char kDover[] = "centres/dover";
inline constexpr char kThanet[] = "centres/thanet";

inline constexpr char kDenied[] = "PERMISSION_DENIED PERMISSION_DENIED";
inline constexpr char kInvalid[] = "INVALID_ARGUMENT INVALID_FIELDS";
inline constexpr char kNotFound[] = "NOT_FOUND NOT_FOUND";
inline constexpr char kBadCredential[] = "UNAUTHENTICATED CREDENTIAL_INVALID";

struct WorldOptions {
  // Null: a memory store of the world's own. Else it outlives the world, and may have been begun before.
  storage::Store* store = nullptr;
  // By default watches are silent for longer than any test lasts.
  absl::Duration heartbeat_period = absl::Hours(1);
};

class World {
 public:
  // At 10:00 UTC on Monday, 15 June 2026, with centres ashford, dover and thanet.
  explicit World(WorldOptions options = {});
  ~World();

  // A caller of `centre` with `role` and `scopes`; always the same credential.
  Client As(const std::string& centre, common::v1::Role role, const std::vector<std::string>& scopes = {});
  Client Lead() { return Client(channel_, lead_token_); }
  Client Caseworker(const std::string& centre) { return As(centre, common::v1::ROLE_CASEWORKER); }
  Client Manager(const std::string& centre) { return As(centre, common::v1::ROLE_MANAGER); }
  Client WithToken(const std::string& token) { return Client(channel_, token); }
  // The token of the matching service, as the first start wrote it.
  const std::string& service_token() const { return service_token_; }
  const std::string& lead_token() const { return lead_token_; }

  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  storage::Store& store() { return *store_; }
  Registry& registry() { return *registry_; }
  const std::string& directory() const { return scratch_.path(); }
  // As the process ends: watches, then the server.
  void Stop();

  support::ManualClock clock;

 private:
  storage::contract::ScratchDirectory scratch_;
  std::unique_ptr<storage::Store> own_store_;
  storage::Store* store_;
  rpc::Metrics metrics_;
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::string lead_token_;
  std::string service_token_;
  std::map<std::string, std::string> tokens_;
};

// What an organisation needs at least.
inline constexpr char kCharity[] = R"(display_name: "Ashford Food Bank" kind: KIND_CHARITY)";

// The calls that tests make most, in a word each; texts write the resource, or the request but for the name.
absl::StatusOr<v1::Organisation> Create(const Client& client, const std::string& organisation,
                                        const std::string& request = "");
absl::StatusOr<v1::Organisation> Get(const Client& client, const std::string& name);
absl::StatusOr<v1::Organisation> Update(const Client& client, const std::string& name,
                                        const std::string& request);
absl::StatusOr<v1::ListOrganisationsResponse> List(const Client& client, const std::string& request);
absl::StatusOr<v1::Credential> CreateCredential(const Client& client, const std::string& parent,
                                                const std::string& credential,
                                                const std::string& request = "");

// The name of a new organisation of `centre`, moved into `state` by the methods that lead there.
std::string MakeOrganisation(World& world, const std::string& centre,
                             v1::Organisation::State state = v1::Organisation::STATE_ACTIVE);

// Calls the method called `method` of OrganisationService that takes a name, an etag and a request_id, with
// what else it asks for.
absl::StatusOr<v1::Organisation> Step(const Client& client, const std::string& method,
                                      const std::string& name, const std::string& etag = "",
                                      const std::string& request_id = "");

}  // namespace brokerage::registry

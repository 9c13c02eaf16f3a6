#include "tests/services/registry/world.h"

#include <gtest/gtest.h>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "base/files.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/registry/bootstrap.h"
#include "storage/memory_store.h"

namespace brokerage::registry {
namespace {

std::string ReadToken(const std::string& path) {
  const auto text = base::ReadFile(path);
  return text.ok() ? std::string(absl::StripAsciiWhitespace(*text)) : std::string();
}

}  // namespace

World::World(WorldOptions options)
    : clock(absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone())),
      own_store_(options.store == nullptr ? storage::NewMemoryStore() : nullptr),
      store_(options.store == nullptr ? own_store_.get() : options.store) {
  const auto begun = Bootstrap(*store_, reference::KentDistricts(), clock, {"ashford", directory()});
  EXPECT_TRUE(begun.ok()) << begun;
  lead_token_ = ReadToken(directory() + "/" + kLeadTokenFile);
  service_token_ = ReadToken(directory() + "/" + kMatchingTokenFile);
  RegistryOptions registry_options;
  registry_options.admin = {directory() + "/backups", "memory", 1, clock.Now()};
  registry_options.heartbeat_period = options.heartbeat_period;
  registry_options.longest_write = absl::Hours(1);  // a slow machine is not a slow reader
  auto registry = Registry::Create(*store_, reference::KentDistricts(),
                                   reference::ShippedPlaces(reference::KentDistricts()), clock, metrics_,
                                   std::move(registry_options));
  EXPECT_TRUE(registry.ok()) << registry.status();
  registry_ = *std::move(registry);
  auto server = rpc::Server::Start({}, registry_->services(), registry_->service_names(), metrics_);
  EXPECT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  channel_ = server_->InProcessChannel();
  for (const char* id : {"dover", "thanet"}) {
    if (lead_token_.empty()) break;  // the store was begun before, by someone else
    v1::CreateCentreRequest request;
    request.set_centre_id(id);
    request.mutable_centre()->set_display_name(absl::StrCat(id, " Volunteer Centre"));
    const auto made = Lead().Call(&Centres::CreateCentre, request);
    EXPECT_TRUE(made.ok()) << made.status();
  }
}

World::~World() { Stop(); }

void World::Stop() {
  registry_->EndWatches();
  server_->Stop();
}

Client World::As(const std::string& centre, common::v1::Role role, const std::vector<std::string>& scopes) {
  std::string& token = tokens_[absl::StrCat(centre, "|", role, "|", absl::StrJoin(scopes, ","))];
  if (token.empty()) {
    v1::CreateCredentialRequest request;
    request.set_parent(centre);
    request.mutable_credential()->set_display_name("A test");
    request.mutable_credential()->set_role(role);
    request.mutable_credential()->mutable_scopes()->Add(scopes.begin(), scopes.end());
    const auto made = Lead().Call(&Centres::CreateCredential, request);
    EXPECT_TRUE(made.ok()) << made.status();
    if (made.ok()) token = made->secret();
  }
  return Client(channel_, token);
}

absl::StatusOr<v1::Organisation> Create(const Client& client, const std::string& organisation,
                                        const std::string& request) {
  auto message = Parse<v1::CreateOrganisationRequest>(request);
  *message.mutable_organisation() = Parse<v1::Organisation>(organisation);
  return client.Call(&Organisations::CreateOrganisation, message);
}

absl::StatusOr<v1::Organisation> Get(const Client& client, const std::string& name) {
  v1::GetOrganisationRequest request;
  request.set_name(name);
  return client.Call(&Organisations::GetOrganisation, request);
}

absl::StatusOr<v1::Organisation> Update(const Client& client, const std::string& name,
                                        const std::string& request) {
  auto message = Parse<v1::UpdateOrganisationRequest>(request);
  message.mutable_organisation()->set_name(name);
  return client.Call(&Organisations::UpdateOrganisation, message);
}

absl::StatusOr<v1::ListOrganisationsResponse> List(const Client& client, const std::string& request) {
  return client.Call(&Organisations::ListOrganisations, Parse<v1::ListOrganisationsRequest>(request));
}

absl::StatusOr<v1::Credential> CreateCredential(const Client& client, const std::string& parent,
                                                const std::string& credential, const std::string& request) {
  auto message = Parse<v1::CreateCredentialRequest>(request);
  message.set_parent(parent);
  *message.mutable_credential() = Parse<v1::Credential>(credential);
  return client.Call(&Centres::CreateCredential, message);
}

std::string MakeOrganisation(World& world, const std::string& centre, v1::Organisation::State state) {
  const auto made = Create(world.Lead(), absl::StrCat(kCharity, " centre: '", centre, "'"));
  EXPECT_TRUE(made.ok()) << made.status();
  if (!made.ok()) return "";
  absl::StatusOr<v1::Organisation> moved = made;
  if (state == v1::Organisation::STATE_SUSPENDED)
    moved = Step(world.Lead(), "SuspendOrganisation", made->name());
  if (state == v1::Organisation::STATE_DELETED)
    moved = Step(world.Lead(), "DeleteOrganisation", made->name());
  EXPECT_TRUE(moved.ok()) << moved.status();
  return made->name();
}

absl::StatusOr<v1::Organisation> Step(const Client& client, const std::string& method,
                                      const std::string& name, const std::string& etag,
                                      const std::string& request_id) {
  const auto fill = [&](auto request) {
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(request_id);
    return request;
  };
  if (method == "DeleteOrganisation") {
    return client.Call(&Organisations::DeleteOrganisation, fill(v1::DeleteOrganisationRequest()));
  }
  if (method == "UndeleteOrganisation") {
    return client.Call(&Organisations::UndeleteOrganisation, fill(v1::UndeleteOrganisationRequest()));
  }
  if (method == "SuspendOrganisation") {
    return client.Call(&Organisations::SuspendOrganisation,
                       fill(Parse<v1::SuspendOrganisationRequest>("reason: 'Nobody answers'")));
  }
  if (method == "ReinstateOrganisation") {
    return client.Call(&Organisations::ReinstateOrganisation, fill(v1::ReinstateOrganisationRequest()));
  }
  if (method == "RecordVerification") {
    return client.Call(&Organisations::RecordVerification,
                       fill(Parse<v1::RecordVerificationRequest>("stage: STAGE_VISITED evidence: 'Seen'")));
  }
  v1::UpdateOrganisationRequest request;
  request.mutable_organisation()->set_name(name);
  request.mutable_organisation()->set_etag(etag);
  request.mutable_organisation()->set_display_name("Another name");
  request.set_request_id(request_id);
  return client.Call(&Organisations::UpdateOrganisation, request);
}

}  // namespace brokerage::registry

#include "tests/support/matching_fixture.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "base/ids.h"
#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/columnar/columnar_index.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "services/matching/convert/tables.h"
#include "services/matching/duplicates.h"
#include "services/matching/index_feed.h"
#include "services/matching/listings.h"
#include "services/matching/opportunity_handlers.h"
#include "services/matching/registry_state.h"
#include "services/matching/reports/district_counts.h"
#include "services/matching/volunteer_handlers.h"
#include "services/rpc/server.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "storage/typed.h"

namespace brokerage::support {
namespace {

// A guard against hanging, far beyond what anything here takes.
constexpr absl::Duration kPatience = absl::Seconds(30);

absl::Time Start() { return absl::FromCivil(absl::CivilSecond(2026, 6, 15, 10, 0, 0), absl::UTCTimeZone()); }

template <typename Request>
const google::protobuf::ServiceDescriptor* ServiceOf() {
  return Request::descriptor()->file()->service(0);
}

rpc::MethodTable Methods() {
  auto table = rpc::MethodTable::Build({ServiceOf<matching::v1::GetVolunteerRequest>(),
                                        ServiceOf<matching::v1::GetOpportunityRequest>(),
                                        ServiceOf<matching::v1::GetWeightSetRequest>()});
  EXPECT_TRUE(table.ok()) << table.status();
  return *std::move(table);
}

}  // namespace

struct MatchingWorld::Impl {
  Impl(const ManualClock& given, bool tcp, absl::Duration centre_wait)
      : clock(given),
        runner(Methods(), credentials, clock, metrics),
        context{*store,     runner,         tokens,        mutations, clock,
                places,     tables,         organisations, centres,   gate,
                duplicates, volunteer_book, referral_book, listings,  base::kDefaultFreshnessPeriod,
                centre_wait} {
    centres.Put(kAshford);
    centres.Put(kDover);
    EXPECT_TRUE(feed.Start().ok());
    rpc::ServerOptions options;
    if (tcp) options.listen = "127.0.0.1:0";
    auto started = rpc::Server::Start(options, {&volunteers, &opportunities}, {}, metrics);
    EXPECT_TRUE(started.ok()) << started.status();
    server = *std::move(started);
    channel = tcp ? grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials())
                  : server->InProcessChannel();
  }
  ~Impl() {
    server->Stop();
    feed.Stop();
  }

  void Commit(storage::Write write) {
    storage::CommitRequest commit;
    commit.writes.push_back(std::move(write));
    const auto done = store->Commit(std::move(commit));
    ASSERT_TRUE(done.ok()) << done.status();
    ASSERT_TRUE(feed.AwaitWrite(*done, absl::Now() + kPatience).ok());
  }

  const ManualClock& clock;
  const matching::ReferenceTables tables = matching::ShippedTables(reference::KentDistricts());
  matching::PlacesInUse places{reference::ShippedPlaces(reference::KentDistricts())};
  std::unique_ptr<storage::Store> store = storage::NewMemoryStore();
  const std::shared_ptr<const matcher::World> world = matching::MakeWorld(tables, {});
  std::unique_ptr<matcher::Index> index = matcher::MakeColumnarIndex(world);
  matching::OrganisationViews organisations;
  matching::CentreViews centres;
  rpc::CredentialDirectory credentials;
  matching::Duplicates duplicates{*store};
  matching::VolunteerBook volunteer_book{*store};
  matching::ReferralBook referral_book{*store};
  matching::Listings listings{tables, organisations, world};
  matching::DistrictCounts districts{*store, tables, world, places, clock};
  matching::IndexFeed feed{*store,
                           {*index, organisations, centres, credentials, duplicates, volunteer_book,
                            referral_book, listings, districts},
                           tables,
                           places,
                           clock};
  Gate gate{feed};
  rpc::Metrics metrics;
  rpc::Runner runner;
  rpc::PageTokens tokens{"a key for tests"};
  rpc::Mutations mutations{*store, tokens};
  const matching::Context context;
  matching::VolunteerHandlers volunteers{context};
  matching::OpportunityHandlers opportunities{context};
  std::unique_ptr<rpc::Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::map<std::string, std::string> tokens_of;  // by credential
};

MatchingWorld::MatchingWorld(bool tcp, absl::Duration centre_wait)
    : clock(Start()), impl_(std::make_unique<Impl>(clock, tcp, centre_wait)) {}
MatchingWorld::~MatchingWorld() = default;

Client MatchingWorld::As(const std::string& centre, common::v1::Role role) {
  const std::string credential = absl::StrCat(centre, "/credentials/", "role-", static_cast<int>(role));
  std::string& token = impl_->tokens_of[credential];
  if (token.empty()) {
    token = rpc::MintToken(absl::StrReplaceAll(centre, {{"centres/", ""}}), "test");
    impl_->credentials.Put({{credential, centre, role, {}}, rpc::HashToken(token)});
  }
  return Client(impl_->channel, token);
}

Client MatchingWorld::NoOne() { return Client(impl_->channel, ""); }

void MatchingWorld::SetOrganisation(absl::string_view name, matcher::OrganisationStanding standing,
                                    const std::string& display_name) {
  impl_->organisations.SetSeen();
  impl_->organisations.Put(name, standing, display_name);
}

void MatchingWorld::SetCentre(absl::string_view name) { impl_->centres.Put(name); }

void MatchingWorld::SetCentresSeen() { impl_->centres.SetSeen(); }

void MatchingWorld::Put(const matching::v1::Volunteer& volunteer) {
  storage::v1::VolunteerRecord record;
  *record.mutable_volunteer() = volunteer;
  impl_->Commit(storage::Table<storage::v1::VolunteerRecord>(*impl_->store, storage::kVolunteers)
                    .Put(volunteer.name(), record));
}

void MatchingWorld::Put(const storage::v1::OpportunityRecord& record) {
  impl_->Commit(storage::Table<storage::v1::OpportunityRecord>(*impl_->store, storage::kOpportunities)
                    .Put(record.opportunity().name(), record));
}

storage::Store& MatchingWorld::store() { return *impl_->store; }
matching::PlacesInUse& MatchingWorld::places() { return impl_->places; }
const matcher::Index& MatchingWorld::index() const { return *impl_->index; }
Gate& MatchingWorld::gate() { return impl_->gate; }

}  // namespace brokerage::support

#include "services/matching/server.h"

#include <functional>
#include <utility>
#include <vector>

#include "base/log.h"
#include "services/matching/admin_handlers.h"
#include "services/matching/context.h"
#include "services/matching/convert/tables.h"
#include "services/matching/duplicates.h"
#include "services/matching/freshness.h"
#include "services/matching/index_feed.h"
#include "services/matching/listings.h"
#include "services/matching/match_queries.h"
#include "services/matching/match_watch.h"
#include "services/matching/matching_handlers.h"
#include "services/matching/opportunity_handlers.h"
#include "services/matching/place_refresh.h"
#include "services/matching/referrals/referral_handlers.h"
#include "services/matching/referrals/shortlisting.h"
#include "services/matching/registry_follower.h"
#include "services/matching/relaxation_queries.h"
#include "services/matching/reports/district_counts.h"
#include "services/matching/reports/report_handlers.h"
#include "services/matching/volunteer_book.h"
#include "services/matching/volunteer_handlers.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/credentials.h"
#include "services/rpc/housekeeping.h"
#include "services/rpc/metrics.h"
#include "services/rpc/mutations.h"
#include "services/rpc/run.h"
#include "services/rpc/secrets.h"
#include "services/rpc/streams.h"

namespace brokerage::matching {
namespace {

const std::vector<std::string>& ServiceNames() {
  static const std::vector<std::string> names = {
      v1::VolunteerService::service_full_name(), v1::OpportunityService::service_full_name(),
      v1::MatchingService::service_full_name(),  v1::ReferralService::service_full_name(),
      v1::ReportService::service_full_name(),    v1::AdminService::service_full_name()};
  return names;
}

}  // namespace

// In the order in which each needs what stands before it.
struct MatchingServer::Impl {
  Impl(MatchingServerOptions given, const MatchingServerParts& parts, rpc::MethodTable methods,
       const std::string& hmac_key)
      : options(std::move(given)),
        store(parts.store),
        clock(parts.clock),
        tables(ShippedTables(parts.districts)),
        places(parts.places),
        world(MakeWorld(tables, parts.waters)),
        index(parts.make_index(world)),
        runner(std::move(methods), credentials, clock, metrics),
        tokens(hmac_key),
        mutations(store, tokens),
        feed(store,
             {*index, organisations, centres, credentials, duplicates, volunteer_book, referral_book,
              listings, districts, tell_news},
             tables, places, clock),
        registry(store, feed, organisations, credentials, clock, options.registry,
                 WatchOptions{options.registry_token}, tell_news),
        context{store,
                runner,
                tokens,
                mutations,
                clock,
                places,
                tables,
                organisations,
                centres,
                feed,
                duplicates,
                volunteer_book,
                referral_book,
                listings,
                options.freshness_period,
                base::kMaxCentreWait,
                options.outreach_budget},
        freshness(feed, registry, news),
        weight_sets(context),
        queries(context, *index, weight_sets, freshness),
        relaxations(context, *index, weight_sets, freshness),
        watch({context, *index, queries, weight_sets, freshness, credentials, streams},
              options.heartbeat_period),
        volunteers(context),
        opportunities(context),
        shortlisting(context, *index, hmac_key),
        referrals(context, shortlisting, weight_sets, freshness),
        matching(context, queries, relaxations, watch, weight_sets),
        reports(context, districts),
        admin(context, *index, registry,
              {options.backups_dir, options.engine, options.format_version, clock.Now()}),
        housekeeping(store, mutations, clock, metrics, HousekeepingOptionsFor()) {}

  rpc::HousekeepingOptions HousekeepingOptionsFor() {
    rpc::HousekeepingOptions chores;
    chores.is_ready = [this] {
      return credentials.EverSeen() && centres.EverSeen() && organisations.EverSeen();
    };
    chores.set_serving = [this](bool serving) { server->SetServing(serving); };
    chores.on_store_failed = options.on_store_failed;
    chores.at_each_check = [this] { feed.NoticeDay(); };
    chores.set_gauges = [this](rpc::Metrics& gauges) {
      const matcher::IndexSize size = index->Pin()->size();
      gauges.SetGauge("brokerage_index_volunteers", "Volunteers in the index.",
                      static_cast<double>(size.volunteers));
      gauges.SetGauge("brokerage_index_volunteer_bytes", "Memory that the index holds for its volunteers.",
                      static_cast<double>(size.volunteer_bytes));
      gauges.SetGauge("brokerage_index_opportunities", "Opportunities in the index, deleted ones apart.",
                      static_cast<double>(size.opportunities));
      gauges.SetGauge("brokerage_index_revision", "The last commit in the index.",
                      static_cast<double>(feed.applied_sequence()));
      gauges.SetGauge("brokerage_streams_open", "Streams that are open now.", streams.open());
      gauges.SetGauge("brokerage_registry_view_age_seconds",
                      "How long ago the registry was last heard, in seconds.",
                      static_cast<double>(registry.View(clock.Now()).age().seconds()));
    };
    return chores;
  }

  // Brings what is stored up to the places in use. Errors: the store's.
  absl::Status PlaceAgain() {
    const auto changed = RefreshPlaces(store, *places.Get(), clock);
    if (!changed.ok()) {
      base::Log(base::Severity::kError, "places.refresh_failed", {{"detail", changed.status().message()}});
      return changed.status();
    }
    if (*changed > 0) base::Log(base::Severity::kInfo, "places.refreshed", {{"records", *changed}});
    return absl::OkStatus();
  }

  const MatchingServerOptions options;
  storage::Store& store;
  const base::Clock& clock;
  const ReferenceTables tables;
  PlacesInUse places;
  const std::shared_ptr<const matcher::World> world;
  const std::unique_ptr<matcher::Index> index;
  // Each may be the last that the service waits for before it serves.
  const std::function<void()> look_again = [this] { housekeeping.Wake(); };
  OrganisationViews organisations{look_again};
  CentreViews centres{look_again};
  rpc::CredentialDirectory credentials{look_again};
  Duplicates duplicates{store};
  VolunteerBook volunteer_book{store};
  ReferralBook referral_book{store};
  Listings listings{tables, organisations, world};
  DistrictCounts districts{store, tables, world, places, clock};
  rpc::News news;
  const std::function<void()> tell_news = [this] { news.Tell(); };
  rpc::Metrics metrics;
  const rpc::Runner runner;
  const rpc::PageTokens tokens;
  const rpc::Mutations mutations;
  IndexFeed feed;
  RegistryFollower registry;
  const Context context;
  const Freshness freshness;
  const WeightSets weight_sets;
  const MatchQueries queries;
  const RelaxationQueries relaxations;
  rpc::Streams streams;
  const MatchWatch watch;
  VolunteerHandlers volunteers;
  OpportunityHandlers opportunities;
  const Shortlisting shortlisting;
  ReferralHandlers referrals;
  MatchingHandlers matching;
  ReportHandlers reports;
  AdminHandlers admin;
  std::unique_ptr<rpc::Server> server;
  rpc::Housekeeping housekeeping;
};

MatchingServer::MatchingServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MatchingServer::~MatchingServer() { Stop(); }

absl::StatusOr<std::unique_ptr<MatchingServer>> MatchingServer::Start(MatchingServerOptions options,
                                                                      const MatchingServerParts& parts) {
  auto methods = rpc::MethodTable::Build(ServiceNames());
  if (!methods.ok()) return methods.status();
  auto hmac_key = rpc::LoadOrMakeHmacKey(parts.store);
  if (!hmac_key.ok()) return hmac_key.status();

  std::unique_ptr<MatchingServer> made(new MatchingServer(
      std::make_unique<Impl>(std::move(options), parts, *std::move(methods), *std::move(hmac_key))));
  Impl& impl = *made->impl_;
  // Places may have been imported while nothing ran. What could not be placed now (a full disk) is at the
  // next start.
  impl.PlaceAgain().IgnoreError();
  if (auto status = impl.feed.Start(); !status.ok()) return status;
  if (auto status = impl.registry.Start(); !status.ok()) return status;

  auto server = rpc::Server::Start(
      impl.options.server,
      {&impl.volunteers, &impl.opportunities, &impl.matching, &impl.referrals, &impl.reports, &impl.admin},
      ServiceNames(), impl.metrics);
  if (!server.ok()) return server.status();
  impl.server = *std::move(server);
  impl.housekeeping.Start();  // says that it serves, once it knows what the registry has
  return made;
}

void MatchingServer::SetPlaces(std::shared_ptr<const reference::PlaceIndex> places) {
  impl_->places.Set(std::move(places));
  impl_->PlaceAgain().IgnoreError();  // logged; the next start goes on with it
  impl_->feed.Reload();
}

void MatchingServer::EndWatches() { impl_->streams.Stop(); }

void MatchingServer::Stop() {
  impl_->housekeeping.Stop();
  impl_->news.Stop();
  EndWatches();
  // Calls first, for they wait on the feed; the feed last, for the registry's watches wait on it too.
  if (impl_->server != nullptr) impl_->server->Stop();
  impl_->registry.Stop();
  impl_->feed.Stop();
}

rpc::Server& MatchingServer::server() { return *impl_->server; }
const matcher::Index& MatchingServer::index() const { return *impl_->index; }
bool MatchingServer::store_failed() const { return impl_->housekeeping.store_failed(); }

}  // namespace brokerage::matching

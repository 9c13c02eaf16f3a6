#include "services/matching/registry_follower.h"

#include <algorithm>
#include <utility>

#include "brokerage/registry/v1/centre_service.grpc.pb.h"
#include "brokerage/registry/v1/organisation_service.grpc.pb.h"
#include "services/matching/registry_views.h"

namespace brokerage::matching {
namespace {

struct OrganisationTraits {
  using Response = registry::v1::WatchOrganisationsResponse;
  using View = storage::v1::OrganisationView;
  static constexpr absl::string_view kName = kOrganisationsWatch;
  static constexpr absl::string_view kPrefix = storage::kOrganisationViews;

  // The channel and its stub's method outlive the reader; the stub itself may go.
  static std::unique_ptr<grpc::ClientReader<Response>> Open(const std::shared_ptr<grpc::Channel>& channel,
                                                            grpc::ClientContext* context,
                                                            const std::string& resume) {
    registry::v1::WatchOrganisationsRequest request;
    request.set_resume_revision(resume);
    return registry::v1::OrganisationService::NewStub(channel)->WatchOrganisations(context, request);
  }
  static bool Item(const Response& response, View* view) {
    if (!response.has_organisation()) return false;
    *view = ViewOf(response.organisation(), response.revision());
    return true;
  }
  static View Gone(View view) {
    view.set_state(registry::v1::Organisation::STATE_DELETED);
    return view;
  }
};

struct CentreTraits {
  using Response = registry::v1::WatchCentresResponse;
  using View = storage::v1::CentreView;
  static constexpr absl::string_view kName = kCentresWatch;
  static constexpr absl::string_view kPrefix = storage::kCentreViews;

  static std::unique_ptr<grpc::ClientReader<Response>> Open(const std::shared_ptr<grpc::Channel>& channel,
                                                            grpc::ClientContext* context,
                                                            const std::string& resume) {
    registry::v1::WatchCentresRequest request;
    request.set_resume_revision(resume);
    return registry::v1::CentreService::NewStub(channel)->WatchCentres(context, request);
  }
  static bool Item(const Response& response, View* view) {
    if (!response.has_centre()) return false;
    view->set_name(response.centre().name());
    return true;
  }
  static View Gone(View view) {
    view.set_gone(true);
    return view;
  }
};

struct CredentialTraits {
  using Response = registry::v1::WatchCredentialsResponse;
  using View = storage::v1::CredentialView;
  static constexpr absl::string_view kName = kCredentialsWatch;
  static constexpr absl::string_view kPrefix = storage::kCredentialViews;

  static std::unique_ptr<grpc::ClientReader<Response>> Open(const std::shared_ptr<grpc::Channel>& channel,
                                                            grpc::ClientContext* context,
                                                            const std::string& resume) {
    registry::v1::WatchCredentialsRequest request;
    request.set_resume_revision(resume);
    return registry::v1::CentreService::NewStub(channel)->WatchCredentials(context, request);
  }
  static bool Item(const Response& response, View* view) {
    if (!response.has_credential()) return false;
    *view = ViewOf(response.credential());
    return true;
  }
  static View Gone(View view) {
    view.set_revoked(true);
    return view;
  }
};

}  // namespace

struct RegistryFollower::Watches {
  RegistryWatch<OrganisationTraits> organisations;
  RegistryWatch<CentreTraits> centres;
  RegistryWatch<CredentialTraits> credentials;
};

RegistryFollower::RegistryFollower(storage::Store& store, IndexGate& index,
                                   const OrganisationViews& organisations,
                                   const rpc::CredentialDirectory& credentials, const base::Clock& clock,
                                   std::shared_ptr<grpc::Channel> channel, WatchOptions options,
                                   std::function<void()> on_applied)
    : organisations_(organisations),
      credentials_(credentials),
      organisations_state_(std::move(on_applied)),
      watches_(new Watches{{store, index, organisations_state_, clock, channel, options},
                           {store, index, centres_state_, clock, channel, options},
                           {store, index, credentials_state_, clock, channel, options}}) {}

RegistryFollower::~RegistryFollower() = default;

absl::Status RegistryFollower::Start() {
  // Credentials first: until they are known nobody is let in, and then what they ask about should be there
  // soon.
  if (auto status = watches_->credentials.Start(); !status.ok()) return status;
  if (auto status = watches_->centres.Start(); !status.ok()) return status;
  return watches_->organisations.Start();
}

void RegistryFollower::Stop() {
  watches_->organisations.Stop();
  watches_->centres.Stop();
  watches_->credentials.Stop();
}

absl::Status RegistryFollower::Await(const rpc::ConsistencyToken& revision, absl::Time deadline) const {
  return organisations_state_.Await(revision, deadline);
}

v1::RegistryView RegistryFollower::View(absl::Time now) const {
  const auto organisations = organisations_state_.Get();
  const auto centres = centres_state_.Get();
  const auto credentials = credentials_state_.Get();
  v1::RegistryView view;
  view.set_seen(organisations_.EverSeen());
  view.set_connected(organisations.connected && centres.connected && credentials.connected);
  if (organisations.last_heard && centres.last_heard && credentials.last_heard) {
    const absl::Time heard =
        std::min({*organisations.last_heard, *centres.last_heard, *credentials.last_heard});
    view.mutable_last_heard_time()->set_seconds(absl::ToUnixSeconds(heard));
    view.mutable_age()->set_seconds(std::max<int64_t>(0, absl::ToInt64Seconds(now - heard)));
  }
  view.set_organisation_count(static_cast<int64_t>(organisations_.size()));
  view.set_credential_count(static_cast<int64_t>(credentials_.size()));
  return view;
}

}  // namespace brokerage::matching

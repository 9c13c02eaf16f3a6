// A matching service in this process: real handlers, store, index and server; a clock that the test moves,
// and a registry that the test speaks for.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "brokerage/common/v1/access.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/opportunity_service.grpc.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "brokerage/matching/v1/volunteer_service.grpc.pb.h"
#include "brokerage/storage/v1/record.pb.h"
#include "matcher/index.h"
#include "matcher/types.h"
#include "services/matching/context.h"
#include "storage/store.h"
#include "tests/support/client.h"
#include "tests/support/manual_clock.h"

namespace brokerage::support {

inline constexpr char kAshford[] = "centres/ashford";
inline constexpr char kDover[] = "centres/dover";

using Volunteers = matching::v1::VolunteerService::Stub;
using Opportunities = matching::v1::OpportunityService::Stub;

// Lets writes through to the feed that it stands before, until it is told to be late.
class Gate final : public matching::IndexGate {
 public:
  explicit Gate(matching::IndexGate& feed) : feed_(feed) {}
  // What AwaitWrite answers from now on; OK: what the feed says.
  void Say(absl::Status answer) { answer_ = std::move(answer); }
  absl::Status AwaitWrite(storage::Revision written, absl::Time deadline) override {
    return answer_.ok() ? feed_.AwaitWrite(written, deadline) : answer_;
  }

 private:
  matching::IndexGate& feed_;
  absl::Status answer_;
};

class MatchingWorld {
 public:
  // At 10:00 UTC on Monday, 15 June 2026. With `tcp` clients come through the network.
  // The registry has told of Ashford and Dover. A write waits `centre_wait` for it to tell of another centre.
  explicit MatchingWorld(bool tcp = false, absl::Duration centre_wait = absl::ZeroDuration());
  ~MatchingWorld();

  // A caller of `centre` with `role`; always the same credential.
  Client As(const std::string& centre, common::v1::Role role);
  Client Caseworker(const std::string& centre) { return As(centre, common::v1::ROLE_CASEWORKER); }
  Client Manager(const std::string& centre) { return As(centre, common::v1::ROLE_MANAGER); }
  Client Lead() { return As(kAshford, common::v1::ROLE_LEAD_ADMIN); }
  Client NoOne();

  // What the registry says of an organisation. It has been heard from then on.
  void SetOrganisation(absl::string_view name, matcher::OrganisationStanding standing,
                       const std::string& display_name = "");

  // What the registry tells of centres from now on: that there is this one; that it told all.
  void SetCentre(absl::string_view name);
  void SetCentresSeen();

  // Stores a record as it is, past every rule, and waits for the index. Its name and state are set.
  void Put(const matching::v1::Volunteer& volunteer);
  void Put(const storage::v1::OpportunityRecord& record);

  storage::Store& store();
  matching::PlacesInUse& places();
  const matcher::Index& index() const;
  Gate& gate();
  ManualClock clock;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace brokerage::support

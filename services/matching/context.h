// What the handlers of the matching service work with. Only main.cc, and tests, put one together.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "base/clock.h"
#include "base/limits.h"
#include "matcher/types.h"
#include "reference/places.h"
#include "services/matching/convert/tables.h"
#include "services/rpc/current.h"
#include "services/rpc/mutations.h"
#include "services/rpc/run.h"
#include "services/rpc/tokens.h"
#include "storage/store.h"

namespace brokerage::matching {

class Duplicates;
class Listings;
class ReferralBook;
class VolunteerBook;

using PlacesInUse = rpc::Current<reference::PlaceIndex>;

// What the registry last said of organisations. Thread-safe.
class OrganisationDirectory {
 public:
  virtual ~OrganisationDirectory() = default;
  // Of `organisations/{organisation}`; kUnknown when the registry never named it.
  virtual matcher::OrganisationStanding StandingOf(absl::string_view name) const = 0;
  // How it is called; empty when the registry never named it.
  virtual std::string DisplayNameOf(absl::string_view name) const = 0;
  // Whether the registry was ever heard out: until then kUnknown says nothing.
  virtual bool EverSeen() const = 0;
};

// The centres that the registry told of. Thread-safe.
class CentreDirectory {
 public:
  virtual ~CentreDirectory() = default;
  // Waits until the registry has told of `centre`. `deadline` is on the machine's clock; errors then:
  // NotFound; RegistryNeverSeen when the registry was never heard out, which says nothing of the centre.
  virtual absl::Status Await(absl::string_view centre, absl::Time deadline) const = 0;
};

// Lets a write wait for the index. Thread-safe.
class IndexGate {
 public:
  virtual ~IndexGate() = default;
  // Until the index holds the commit `written`. `deadline` is on the machine's clock. DEADLINE_EXCEEDED when
  // it does not in time, UNAVAILABLE when it never will.
  virtual absl::Status AwaitWrite(storage::Revision written, absl::Time deadline) = 0;
};

// All of it outlives the handlers.
struct Context {
  storage::Store& store;
  const rpc::Runner& runner;
  const rpc::PageTokens& tokens;
  const rpc::Mutations& mutations;
  const base::Clock& clock;
  const PlacesInUse& places;
  const ReferenceTables& tables;
  const OrganisationDirectory& organisations;
  const CentreDirectory& centres;
  IndexGate& index;
  const Duplicates& duplicates;
  const VolunteerBook& volunteer_book;
  const ReferralBook& referral_book;
  const Listings& listings;
  // How long an opportunity is offered without being confirmed again.
  absl::Duration freshness_period = base::kDefaultFreshnessPeriod;
  // How long a write waits for the registry to tell of the centre that it names: a client may have made it
  // just now.
  absl::Duration centre_wait = base::kMaxCentreWait;
  // How often a volunteer may be asked in base::kOutreachPeriod.
  int outreach_budget = base::kDefaultOutreachBudget;
};

}  // namespace brokerage::matching

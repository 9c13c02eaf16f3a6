// The roles that anybody may find: open, and shared with the county.
//
// What is kept here is what may be told: of a role's place the outcode, and for distances its mean point, for
// some roles are in somebody's home.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/listing.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/opportunity_service.pb.h"
#include "matcher/types.h"
#include "matcher/world.h"
#include "reference/places.h"
#include "services/matching/context.h"
#include "services/matching/convert/tables.h"

namespace brokerage::matching {

// What somebody looks for.
struct ListingSearch {
  std::string centre;  // `centres/{centre}`; empty: any
  std::optional<matcher::GeoPoint> near;
  int64_t radius_m = 0;            // with `near`
  std::vector<std::string> words;  // each as WordsOf writes one
  std::vector<matcher::CauseId> causes;
  std::optional<matcher::SlotSet> when;
  v1::SearchOpportunitiesRequest::RemoteWork remote = v1::SearchOpportunitiesRequest::REMOTE_WORK_UNSPECIFIED;
  matcher::Moment moment;
};

// A role that was found.
struct FoundListing {
  std::string key;  // its place in the order, unique
  v1::Listing listing;
};

// Thread-safe.
class Listings {
 public:
  // All of it outlives this.
  Listings(const ReferenceTables& tables, const OrganisationDirectory& organisations,
           std::shared_ptr<const matcher::World> world)
      : tables_(tables), organisations_(organisations), world_(std::move(world)) {}

  // From the store's feed, in its order: what is stored as that role now, and the same as facts; or that
  // there is none any more.
  void Put(const v1::Opportunity& opportunity, const matcher::OpportunityFacts& facts,
           const reference::PlaceIndex& places);
  void Remove(absl::string_view name);

  // The roles that `search` means, whose keys come after `after`: the first `count` in the order of their
  // keys, and one more when more follow. Nearest first, then remote ones; among equals, and without a place,
  // those confirmed last first.
  std::vector<FoundListing> Find(const ListingSearch& search, absl::string_view after,
                                 std::size_t count) const;

 private:
  struct Role {
    v1::Listing listing;  // without what changes with time, or with who asks
    matcher::OpportunityFacts facts;
    std::optional<matcher::GeoPoint> point;  // of the outcode
    std::string words;                       // of the title and the description, each behind a space
  };
  class Finder;

  // Searching takes its time, and anybody may do it as often as they like: no write waits for it.
  std::vector<std::shared_ptr<const Role>> All() const;

  const ReferenceTables tables_;
  const OrganisationDirectory& organisations_;
  const std::shared_ptr<const matcher::World> world_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<const Role>, std::less<>> roles_;  // by name
};

}  // namespace brokerage::matching

#include "services/matching/listings.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "base/text.h"
#include "matcher/availability.h"
#include "matcher/distance.h"
#include "matcher/skills.h"
#include "services/places/resolve.h"

namespace brokerage::matching {
namespace {

constexpr int64_t kMetresPerKm = 1'000;

bool IsPublic(const v1::Opportunity& opportunity) {
  return opportunity.state() == v1::Opportunity::STATE_OPEN &&
         opportunity.sharing() == common::v1::SHARING_COUNTY;
}

// The half-hours of a week into which some of its time falls.
matcher::SlotSet SlotsOf(const matcher::Schedule& schedule, const matcher::Commitment& commitment) {
  if (const auto* const weekly = std::get_if<matcher::WeeklySchedule>(&schedule)) return weekly->windows;
  if (const auto* const flexible = std::get_if<matcher::FlexibleSchedule>(&schedule)) {
    return flexible->windows.any() ? flexible->windows : matcher::SlotSet().set();
  }
  matcher::SlotSet slots;
  for (const matcher::Session& session : commitment.sessions) {
    for (const matcher::SlotSpan& span : session.spans) slots.set(span.slot);
  }
  return slots;
}

// The folded words of `text`, each behind a space, so that " wo" is found where a word begins so.
std::string WordsOf(absl::string_view text) {
  std::string words;
  for (const std::string& word : base::FoldedWords(text)) absl::StrAppend(&words, " ", word);
  return words;
}

}  // namespace

void Listings::Put(const v1::Opportunity& opportunity, const matcher::OpportunityFacts& facts,
                   const reference::PlaceIndex& places) {
  if (!IsPublic(opportunity)) return Remove(opportunity.name());
  auto role = std::make_shared<Role>();
  role->facts = facts;
  role->words = absl::StrCat(WordsOf(opportunity.title()), WordsOf(opportunity.description()));
  v1::Listing& listing = role->listing;
  listing.set_opportunity(opportunity.name());
  listing.set_title(opportunity.title());
  listing.set_description(opportunity.description());
  listing.set_remote(opportunity.remote());
  if (opportunity.has_place() && !opportunity.remote()) {
    const common::v1::Place outcode = places::OutcodeOnly(opportunity.place(), places, tables_.districts);
    listing.set_outcode(outcode.postcode());
    listing.set_district(outcode.district());
    if (const auto point = places.OutcodeCentroid(outcode.postcode())) role->point = ToGeoPoint(*point);
  }
  if (opportunity.has_schedule()) *listing.mutable_schedule() = opportunity.schedule();
  *listing.mutable_causes() = opportunity.causes();
  for (const auto& skill : opportunity.skills()) listing.add_skills(skill.skill());
  if (opportunity.has_minimum_age()) listing.set_minimum_age(opportunity.minimum_age());
  listing.set_check_level(opportunity.required_check().level());
  *listing.mutable_access_support() = opportunity.access_support();
  listing.set_places_left(static_cast<int32_t>(facts.places) - static_cast<int32_t>(facts.places_filled));
  *listing.mutable_confirm_time() = opportunity.confirm_time();
  const std::unique_lock lock(mutex_);
  roles_[opportunity.name()] = std::move(role);
}

void Listings::Remove(absl::string_view name) {
  const std::unique_lock lock(mutex_);
  if (const auto found = roles_.find(name); found != roles_.end()) roles_.erase(found);
}

// Tries one role after another.
class Listings::Finder {
 public:
  Finder(const Listings& listings, const ListingSearch& search)
      : listings_(listings), search_(search), travel_(listings.world_->waters, {search.near}) {}

  // Its distance in whole kilometres, 0 when that does not count; nullopt when it is not meant.
  std::optional<int64_t> Fits(const Role& role) {
    const matcher::OpportunityFacts& facts = role.facts;
    if (!search_.centre.empty() && facts.centre != search_.centre) return std::nullopt;
    if (facts.places_filled >= facts.places) return std::nullopt;
    if (facts.expire_min && search_.moment.as_of_min >= *facts.expire_min) return std::nullopt;
    using Request = v1::SearchOpportunitiesRequest;
    if (search_.remote == (facts.remote ? Request::REMOTE_WORK_NONE : Request::REMOTE_WORK_ONLY)) {
      return std::nullopt;
    }
    if (!search_.causes.empty() &&
        !matcher::FindSharedCause(search_.causes, facts.causes, listings_.world_->taxonomies.causes)) {
      return std::nullopt;
    }
    const auto distance_km = DistanceKm(role);
    if (!distance_km) return std::nullopt;
    const matcher::Commitment commitment = matcher::CommitmentOf(facts.schedule, search_.moment);
    if (commitment.NoSessionLeft()) return std::nullopt;
    if (search_.when && (SlotsOf(facts.schedule, commitment) & *search_.when).none()) return std::nullopt;
    const Offering& by = OfferedBy(facts.organisation);
    if (!by.active || !HasWords(role, by)) return std::nullopt;
    return distance_km;
  }

  const std::string& OrganisationOf(const Role& role) {
    return OfferedBy(role.facts.organisation).display_name;
  }

 private:
  // An organisation, as it is now.
  struct Offering {
    bool active = false;
    std::string display_name;
    std::string words;
  };

  const Offering& OfferedBy(const std::string& organisation) {
    const auto [known, added] = organisations_.try_emplace(organisation);
    if (added) {
      known->second.active =
          listings_.organisations_.StandingOf(organisation) == matcher::OrganisationStanding::kActive;
      known->second.display_name = listings_.organisations_.DisplayNameOf(organisation);
      known->second.words = WordsOf(known->second.display_name);
    }
    return known->second;
  }

  bool HasWords(const Role& role, const Offering& by) const {
    return std::all_of(search_.words.begin(), search_.words.end(), [&](const std::string& word) {
      const std::string begun = absl::StrCat(" ", word);
      return absl::StrContains(role.words, begun) || absl::StrContains(by.words, begun);
    });
  }

  std::optional<int64_t> DistanceKm(const Role& role) const {
    if (!search_.near || role.facts.remote) return 0;
    if (!role.point) return std::nullopt;
    const int64_t straight_m = matcher::DistanceM(*search_.near, *role.point);
    const auto distance_m = travel_.TravelM(*search_.near, *role.point, straight_m);
    if (!distance_m || *distance_m > search_.radius_m) return std::nullopt;
    return (*distance_m + kMetresPerKm - 1) / kMetresPerKm;
  }

  const Listings& listings_;
  const ListingSearch& search_;
  const matcher::Travel travel_;
  absl::flat_hash_map<std::string, Offering> organisations_;
};

std::vector<std::shared_ptr<const Listings::Role>> Listings::All() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::shared_ptr<const Role>> all;
  all.reserve(roles_.size());
  for (const auto& [name, role] : roles_) all.push_back(role);
  return all;
}

std::vector<FoundListing> Listings::Find(const ListingSearch& search, absl::string_view after,
                                         std::size_t count) const {
  struct Found {
    std::string key;
    int64_t distance_km;
    std::shared_ptr<const Role> role;
  };
  Finder finder(*this, search);
  std::vector<Found> found;
  for (auto& role : All()) {
    const auto distance_km = finder.Fits(*role);
    if (!distance_km) continue;
    const bool far = search.near && role->facts.remote;
    // The later it was confirmed the less.
    const int64_t age = std::numeric_limits<int64_t>::max() - role->listing.confirm_time().seconds();
    std::string key = absl::StrCat(far ? "r" : "p", absl::Dec(*distance_km, absl::kZeroPad6), "|",
                                   absl::Dec(age, absl::kZeroPad20), "|", role->listing.opportunity());
    if (key > after) found.push_back({std::move(key), *distance_km, std::move(role)});
  }
  const std::size_t kept = std::min(found.size(), count + 1);
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                    [](const Found& a, const Found& b) { return a.key < b.key; });
  std::vector<FoundListing> answer;
  for (std::size_t i = 0; i < kept; ++i) {
    v1::Listing listing = found[i].role->listing;
    listing.set_organisation_display_name(finder.OrganisationOf(*found[i].role));
    if (search.near && !listing.remote()) listing.set_distance_km(static_cast<int32_t>(found[i].distance_km));
    answer.push_back({std::move(found[i].key), std::move(listing)});
  }
  return answer;
}

}  // namespace brokerage::matching

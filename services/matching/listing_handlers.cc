// SearchOpportunities: what anybody may find.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/limits.h"
#include "base/resource_names.h"
#include "base/text.h"
#include "reference/postcode.h"
#include "services/matching/convert/times.h"
#include "services/matching/listings.h"
#include "services/matching/opportunity_handlers.h"
#include "services/matching/term_checks.h"
#include "services/places/resolve.h"
#include "services/rpc/requests.h"

namespace brokerage::matching {
namespace {

// Where a search begins: the postcode, or the mean point of the outcode, that `near` is; else a fault.
std::optional<matcher::GeoPoint> BeginningOf(const std::string& near, const reference::PlaceIndex& places,
                                             base::Violations& violations) {
  if (near.empty()) return std::nullopt;
  if (const auto outcode = reference::ParseOutcode(near)) {
    const auto point = places.OutcodeCentroid(*outcode);
    if (point) return ToGeoPoint(*point);
    violations.Add("near", "is not an outcode that is known here");
    return std::nullopt;
  }
  const auto postcode = places::ReadPostcode(near, "near", violations);
  if (!postcode) return std::nullopt;
  const auto place = places.Resolve(*postcode);
  if (place) return ToGeoPoint(place->point);
  violations.Add("near", "is not a postcode that is known here");
  return std::nullopt;
}

// The search that a request means, but for its moment.
ListingSearch SearchOf(const v1::SearchOpportunitiesRequest& request, const ReferenceTables& tables,
                       const reference::PlaceIndex& places, base::Violations& violations) {
  ListingSearch search;
  rpc::CheckName<base::CentreName>(request.centre(), "centre", violations);
  if (const auto centre = base::CentreName::Parse(request.centre()); centre && centre->IsAll()) {
    violations.Add("centre", "must name one centre, or be empty");
  }
  search.centre = request.centre();
  search.near = BeginningOf(request.near(), places, violations);
  search.radius_m = request.has_radius_m() ? request.radius_m() : base::kDefaultSearchRadiusM;
  if (request.has_radius_m() && request.near().empty())
    violations.Add("radius_m", "is only for a search that begins somewhere");
  search.words = base::FoldedWords(request.text());
  CheckCauses(request.causes(), "causes", tables, violations);
  for (const std::string& cause : request.causes()) {
    if (const auto id = CauseIdOf(tables, cause)) search.causes.push_back(*id);
  }
  const std::size_t faults = violations.size();
  CheckWindows(request.when(), "when", violations);
  if (!request.when().empty() && violations.size() == faults) search.when = SlotsOf(request.when());
  search.remote = request.remote();
  return search;
}

}  // namespace

grpc::Status OpportunityHandlers::SearchOpportunities(grpc::ServerContext* context,
                                                      const v1::SearchOpportunitiesRequest* request,
                                                      v1::SearchOpportunitiesResponse* answer) {
  const auto places = context_.places.Get();
  ListingSearch search;
  const auto check = [&](const rpc::Call&, base::Violations& violations) {
    search = SearchOf(*request, context_.tables, *places, violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const rpc::Call& call) -> absl::Status {
    const auto cursor = context_.tokens.Open(*request, call.caller().credential, call.now());
    if (!cursor.ok()) return cursor.status();
    search.moment = MomentAt(call.now());
    const auto count =
        static_cast<std::size_t>(std::min(rpc::PageSize(request->page_size()), base::kMaxSearchPageSize));
    std::vector<FoundListing> found = context_.listings.Find(search, *cursor, count);
    if (found.size() > count) {
      found.pop_back();
      answer->set_next_page_token(
          context_.tokens.Seal(*request, call.caller().credential, found.back().key, call.now()));
    }
    for (FoundListing& one : found) *answer->add_listings() = std::move(one.listing);
    return absl::OkStatus();
  });
}

}  // namespace brokerage::matching

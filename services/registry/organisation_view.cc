#include "services/registry/organisation_view.h"

#include <utility>

#include "services/rpc/moments.h"
#include "services/rpc/policy.h"
#include "services/rpc/tokens.h"

namespace brokerage::registry {

using rpc::FilterKind;
using rpc::FilterValues;
using v1::Organisation;

Organisation Shown(const rpc::Caller& caller, const storage::Stored<storage::v1::OrganisationRecord>& stored,
                   uint64_t epoch) {
  Organisation organisation = stored.message.organisation();
  if (!rpc::Policy::MayWrite(caller, organisation.centre())) {
    organisation = PublicPart(std::move(organisation));
  }
  organisation.set_etag(rpc::FormatEtag(epoch, stored.sequence));
  return organisation;
}

Organisation PublicPart(Organisation organisation) {
  organisation.clear_contact();
  organisation.clear_suspend_reason();
  return organisation;
}

const std::vector<rpc::FilterField<Organisation>>& OrganisationFilterFields() {
  static const auto& fields = *new std::vector<rpc::FilterField<Organisation>>{
      {{"state", FilterKind::kEnum, Organisation::State_descriptor()},
       [](const Organisation& o) { return FilterValues{o.state()}; }},
      {{"kind", FilterKind::kEnum, Organisation::Kind_descriptor()},
       [](const Organisation& o) { return FilterValues{o.kind()}; }},
      {{"size_band", FilterKind::kEnum, v1::SizeBand_descriptor()},
       [](const Organisation& o) { return FilterValues{o.size_band()}; }},
      {{"display_name", FilterKind::kText},
       [](const Organisation& o) { return FilterValues{o.display_name()}; }},
      {{"word", FilterKind::kWord}, [](const Organisation& o) { return rpc::WordsOf(o.display_name()); }},
      {{"centre", FilterKind::kReference}, [](const Organisation& o) { return FilterValues{o.centre()}; }},
      // Served, or worked from.
      {{"district", FilterKind::kReference},
       [](const Organisation& o) {
         FilterValues values(o.districts_served().begin(), o.districts_served().end());
         for (const auto& place : o.places()) values.emplace_back(place.district());
         return values;
       }},
      {{"cause", FilterKind::kReference},
       [](const Organisation& o) { return FilterValues(o.causes().begin(), o.causes().end()); }},
      {{"identifier", FilterKind::kText},
       [](const Organisation& o) { return FilterValues(o.identifiers().begin(), o.identifiers().end()); }},
      {{"verification_stage", FilterKind::kEnum, v1::Verification::Stage_descriptor()},
       [](const Organisation& o) { return FilterValues{o.verification().stage()}; }},
      {{"update_time", FilterKind::kMoment},
       [](const Organisation& o) { return FilterValues{rpc::ToTime(o.update_time())}; }},
  };
  return fields;
}

}  // namespace brokerage::registry

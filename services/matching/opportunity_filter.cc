#include "services/matching/opportunity_filter.h"

#include <string>
#include <utility>

#include "base/resource_names.h"
#include "services/matching/centre_of.h"
#include "services/rpc/moments.h"

namespace brokerage::matching {

using rpc::FilterKind;
using rpc::FilterValues;
using v1::Opportunity;

const std::vector<rpc::FilterField<Opportunity>>& OpportunityFilterFields() {
  static const auto& fields = *new std::vector<rpc::FilterField<Opportunity>>{
      {{"state", FilterKind::kEnum, Opportunity::State_descriptor()},
       [](const Opportunity& o) { return FilterValues{static_cast<int>(o.state())}; }},
      {{"sharing", FilterKind::kEnum, common::v1::Sharing_descriptor()},
       [](const Opportunity& o) { return FilterValues{static_cast<int>(o.sharing())}; }},
      {{"title", FilterKind::kText}, [](const Opportunity& o) { return FilterValues{o.title()}; }},
      {{"word", FilterKind::kWord}, [](const Opportunity& o) { return rpc::WordsOf(o.title()); }},
      {{"centre", FilterKind::kReference},
       [](const Opportunity& o) {
         auto centre = CentreOf<base::OpportunityName>(o.name());
         return centre ? FilterValues{*std::move(centre)} : FilterValues();
       }},
      {{"organisation", FilterKind::kReference},
       [](const Opportunity& o) {
         return o.organisation().empty() ? FilterValues() : FilterValues{o.organisation()};
       }},
      {{"district", FilterKind::kReference},
       [](const Opportunity& o) {
         return o.place().district().empty() ? FilterValues() : FilterValues{o.place().district()};
       }},
      {{"cause", FilterKind::kReference},
       [](const Opportunity& o) { return FilterValues(o.causes().begin(), o.causes().end()); }},
      {{"skill", FilterKind::kReference},
       [](const Opportunity& o) {
         FilterValues values;
         for (const auto& skill : o.skills()) values.emplace_back(skill.skill());
         return values;
       }},
      {{"remote", FilterKind::kFlag}, [](const Opportunity& o) { return FilterValues{o.remote()}; }},
      {{"expire_time", FilterKind::kMoment},
       [](const Opportunity& o) {
         return o.has_expire_time() ? FilterValues{rpc::ToTime(o.expire_time())} : FilterValues();
       }},
      {{"update_time", FilterKind::kMoment},
       [](const Opportunity& o) { return FilterValues{rpc::ToTime(o.update_time())}; }},
  };
  return fields;
}

}  // namespace brokerage::matching

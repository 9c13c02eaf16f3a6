#include "services/matching/referrals/referral_filter.h"

#include "base/resource_names.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/rpc/moments.h"

namespace brokerage::matching {

using rpc::FilterKind;
using rpc::FilterValues;
using v1::Referral;

const std::vector<rpc::FilterField<Referral>>& ReferralFilterFields() {
  static const auto& fields = *new std::vector<rpc::FilterField<Referral>>{
      {{"stage", FilterKind::kEnum, Referral::Stage_descriptor()},
       [](const Referral& r) { return FilterValues{static_cast<int>(r.stage())}; }},
      {{"live", FilterKind::kFlag}, [](const Referral& r) { return FilterValues{IsLive(r.stage())}; }},
      {{"volunteer", FilterKind::kReference}, [](const Referral& r) { return FilterValues{r.volunteer()}; }},
      {{"opportunity", FilterKind::kReference},
       [](const Referral& r) { return FilterValues{r.opportunity()}; }},
      {{"centre", FilterKind::kReference},
       [](const Referral& r) {
         const auto name = base::ReferralName::Parse(r.name());
         return name ? FilterValues{name->Parent().Format()} : FilterValues();
       }},
      {{"create_time", FilterKind::kMoment},
       [](const Referral& r) { return FilterValues{rpc::ToTime(r.create_time())}; }},
      {{"update_time", FilterKind::kMoment},
       [](const Referral& r) { return FilterValues{rpc::ToTime(r.update_time())}; }},
  };
  return fields;
}

}  // namespace brokerage::matching

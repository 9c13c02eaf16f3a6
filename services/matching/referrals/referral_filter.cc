#include "services/matching/referrals/referral_filter.h"

#include <algorithm>
#include <string>
#include <variant>

#include "base/resource_names.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/rpc/moments.h"
#include "services/rpc/mutations.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::matching {

using rpc::FilterKind;
using rpc::FilterOp;
using rpc::FilterValues;
using v1::Referral;

namespace {

using Names = std::vector<std::string>;

bool AsksForLive(const rpc::Filter<Referral>& filter) {
  const auto* live = filter.Find("live", FilterOp::kEqual);
  if (live != nullptr && std::get<bool>(*live)) return true;
  const auto* stage = filter.Find("stage", FilterOp::kEqual);
  return stage != nullptr && IsLive(static_cast<Referral::Stage>(std::get<int>(*stage)));
}

// The name that `field` must have; null: any.
const std::string* NameOf(const rpc::Filter<Referral>& filter, absl::string_view field) {
  const auto* name = filter.Find(field, FilterOp::kEqual);
  if (name == nullptr) name = filter.Find(field, FilterOp::kHas);
  return name == nullptr ? nullptr : &std::get<std::string>(*name);
}

// What `pick` takes of the ledger of `name`, in order; nothing when that is not a Name.
template <typename Name, typename Ledger, typename Pick>
absl::StatusOr<Names> NamesIn(const storage::Store& store, absl::string_view prefix, const std::string& name,
                              const Pick& pick) {
  if (!Name::Parse(name)) return Names();
  const auto ledger = storage::Table<Ledger>(store, prefix).Get(name);
  if (!ledger.ok()) return rpc::FromStore(ledger.status());
  Names names;
  if (ledger->has_value()) pick((*ledger)->message, names);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

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

absl::StatusOr<rpc::Among> AmongReferrals(const rpc::Filter<Referral>& filter, const storage::Store& store) {
  rpc::Among among = rpc::AmongOneCentre(filter);
  if (!AsksForLive(filter)) return among;
  absl::StatusOr<Names> names;
  if (const std::string* volunteer = NameOf(filter, "volunteer")) {
    names = NamesIn<base::VolunteerName, storage::v1::VolunteerReferrals>(
        store, storage::kVolunteerReferrals, *volunteer, [](const auto& ledger, Names& live) {
          for (const auto& pair : ledger.pairs()) {
            if (!pair.live_referral().empty()) live.push_back(pair.live_referral());
          }
        });
  } else if (const std::string* opportunity = NameOf(filter, "opportunity")) {
    names = NamesIn<base::OpportunityName, storage::v1::OpportunityReferrals>(
        store, storage::kOpportunityReferrals, *opportunity, [](const auto& ledger, Names& live) {
          for (const auto& one : ledger.live()) live.push_back(one.referral());
        });
  } else {
    return among;
  }
  if (!names.ok()) return names.status();
  among.names = *std::move(names);
  return among;
}

}  // namespace brokerage::matching

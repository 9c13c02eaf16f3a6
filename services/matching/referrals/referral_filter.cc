#include "services/matching/referrals/referral_filter.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/resource_names.h"
#include "services/matching/centre_of.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/rpc/moments.h"
#include "services/rpc/mutations.h"

namespace brokerage::matching {

using rpc::FilterKind;
using rpc::FilterOp;
using rpc::FilterValues;
using v1::Referral;

namespace {

bool AsksForLive(const rpc::Filter<Referral>& filter) {
  const auto* live = filter.Find("live", FilterOp::kEqual);
  if (live != nullptr && std::get<bool>(*live)) return true;
  const auto* stage = filter.Find("stage", FilterOp::kEqual);
  return stage != nullptr && IsLive(static_cast<Referral::Stage>(std::get<int>(*stage)));
}

// The name that `field` must have; nullopt: any.
std::optional<std::string> NameOf(const rpc::Filter<Referral>& filter, absl::string_view field) {
  for (const FilterOp op : {FilterOp::kEqual, FilterOp::kHas}) {
    if (const auto* name = filter.Find(field, op)) return std::get<std::string>(*name);
  }
  return std::nullopt;
}

}  // namespace

const std::vector<rpc::FilterField<Referral>>& ReferralFilterFields() {
  static const auto& fields = *new std::vector<rpc::FilterField<Referral>>{
      {{"stage", FilterKind::kEnum, Referral::Stage_descriptor()},
       [](const Referral& r) { return FilterValues{static_cast<int>(r.stage())}; }},
      {{"live", FilterKind::kFlag}, [](const Referral& r) { return FilterValues{IsLive(r.stage())}; }},
      {{"name", FilterKind::kReference}, [](const Referral& r) { return FilterValues{r.name()}; }},
      {{"volunteer", FilterKind::kReference}, [](const Referral& r) { return FilterValues{r.volunteer()}; }},
      {{"opportunity", FilterKind::kReference},
       [](const Referral& r) { return FilterValues{r.opportunity()}; }},
      {{"centre", FilterKind::kReference},
       [](const Referral& r) {
         auto centre = CentreOf<base::ReferralName>(r.name());
         return centre ? FilterValues{*std::move(centre)} : FilterValues();
       }},
      {{"create_time", FilterKind::kMoment},
       [](const Referral& r) { return FilterValues{rpc::ToTime(r.create_time())}; }},
      {{"update_time", FilterKind::kMoment},
       [](const Referral& r) { return FilterValues{rpc::ToTime(r.update_time())}; }},
  };
  return fields;
}

absl::StatusOr<rpc::Among> AmongReferrals(const rpc::Filter<Referral>& filter, const rpc::Acting& acting,
                                          const ReferralBook& book) {
  rpc::Among among = rpc::AmongOneCentre(filter);
  if (auto name = NameOf(filter, "name")) {
    const bool is_one = base::ReferralName::Parse(*name).has_value();
    among.names = is_one ? std::vector{*std::move(name)} : std::vector<std::string>();
    return among;
  }
  ReferralBook::Question question{NameOf(filter, "volunteer"), NameOf(filter, "opportunity"),
                                  acting.all ? std::nullopt : std::optional(acting.centre),
                                  AsksForLive(filter)};
  if (among.name_prefix.empty() || question.volunteer || question.opportunity || question.live) {
    auto names = book.Find(question);
    if (!names.ok()) return rpc::FromStore(names.status());
    among.names = *std::move(names);
  }
  return among;
}

}  // namespace brokerage::matching

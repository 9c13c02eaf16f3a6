#include "services/matching/volunteer_filter.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/strip.h"

#include "base/resource_names.h"
#include "services/matching/centre_of.h"
#include "services/rpc/moments.h"

namespace brokerage::matching {

using rpc::FilterKind;
using rpc::FilterOp;
using rpc::FilterValues;
using v1::Volunteer;

namespace {

// The last day that `field` may have.
std::optional<absl::CivilDay> LatestDay(const rpc::Filter<Volunteer>& filter, absl::string_view field) {
  for (const FilterOp op : {FilterOp::kEqual, FilterOp::kLess, FilterOp::kLessOrEqual}) {
    if (const auto* day = filter.Find(field, op)) return std::get<absl::CivilDay>(*day);
  }
  return std::nullopt;
}

}  // namespace

std::vector<rpc::FilterField<Volunteer>> VolunteerFilterFields(absl::CivilDay today) {
  return {
      {{"state", FilterKind::kEnum, Volunteer::State_descriptor()},
       [](const Volunteer& v) { return FilterValues{static_cast<int>(v.state())}; }},
      {{"sharing", FilterKind::kEnum, common::v1::Sharing_descriptor()},
       [](const Volunteer& v) { return FilterValues{static_cast<int>(v.sharing())}; }},
      {{"display_name", FilterKind::kText},
       [](const Volunteer& v) { return FilterValues{v.display_name()}; }},
      {{"word", FilterKind::kWord}, [](const Volunteer& v) { return rpc::WordsOf(v.display_name()); }},
      {{"centre", FilterKind::kReference},
       [](const Volunteer& v) {
         auto centre = CentreOf<base::VolunteerName>(v.name());
         return centre ? FilterValues{*std::move(centre)} : FilterValues();
       }},
      {{"district", FilterKind::kReference},
       [](const Volunteer& v) {
         return v.home().district().empty() ? FilterValues() : FilterValues{v.home().district()};
       }},
      {{"skill", FilterKind::kReference},
       [](const Volunteer& v) {
         FilterValues values;
         for (const auto& skill : v.skills()) values.emplace_back(skill.skill());
         return values;
       }},
      {{"cause", FilterKind::kReference},
       [](const Volunteer& v) { return FilterValues(v.causes().begin(), v.causes().end()); }},
      {{"update_time", FilterKind::kMoment},
       [](const Volunteer& v) { return FilterValues{rpc::ToTime(v.update_time())}; }},
      {{"break_until_date", FilterKind::kDate},
       [](const Volunteer& v) {
         return v.has_break_until_date() ? FilterValues{rpc::ToDay(v.break_until_date())} : FilterValues();
       }},
      {{"next_expire_date", FilterKind::kDate},
       [today](const Volunteer& v) {
         const auto next = NextExpiry(v, today);
         return next ? FilterValues{*next} : FilterValues();
       }},
  };
}

absl::StatusOr<rpc::Among> AmongVolunteers(const rpc::Filter<Volunteer>& filter, const VolunteerBook& book,
                                           absl::CivilDay today) {
  rpc::Among among = rpc::AmongOneCentre(filter);
  if (among.name_prefix.empty()) return among;
  VolunteerBook::Question question{std::nullopt, LatestDay(filter, "break_until_date"),
                                   LatestDay(filter, "next_expire_date"), today};
  if (const auto* state = filter.Find("state", FilterOp::kEqual))
    question.state = static_cast<Volunteer::State>(std::get<int>(*state));
  auto names = book.Find(absl::StripSuffix(among.name_prefix, "/"), question);
  if (!names.ok()) return rpc::FromStore(names.status());
  among.names = *std::move(names);
  return among;
}

}  // namespace brokerage::matching

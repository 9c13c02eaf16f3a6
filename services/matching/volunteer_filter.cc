#include "services/matching/volunteer_filter.h"

#include <string>

#include "base/resource_names.h"
#include "services/rpc/moments.h"

namespace brokerage::matching {

using rpc::FilterKind;
using rpc::FilterValues;
using v1::Volunteer;

const std::vector<rpc::FilterField<Volunteer>>& VolunteerFilterFields() {
  static const auto& fields = *new std::vector<rpc::FilterField<Volunteer>>{
      {{"state", FilterKind::kEnum, Volunteer::State_descriptor()},
       [](const Volunteer& v) { return FilterValues{static_cast<int>(v.state())}; }},
      {{"sharing", FilterKind::kEnum, common::v1::Sharing_descriptor()},
       [](const Volunteer& v) { return FilterValues{static_cast<int>(v.sharing())}; }},
      {{"display_name", FilterKind::kText},
       [](const Volunteer& v) { return FilterValues{v.display_name()}; }},
      {{"word", FilterKind::kText}, [](const Volunteer& v) { return rpc::WordsOf(v.display_name()); }},
      {{"centre", FilterKind::kReference},
       [](const Volunteer& v) {
         const auto name = base::VolunteerName::Parse(v.name());
         return name ? FilterValues{name->Parent().Format()} : FilterValues();
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
  };
  return fields;
}

}  // namespace brokerage::matching

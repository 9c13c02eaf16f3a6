#include "matcher/ages.h"

#include <chrono>
#include <tuple>

namespace brokerage::matcher {

int64_t AgeOn(const BirthDate& birth, Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  const auto month_of_year = static_cast<unsigned>(date.month());
  const auto day_of_month = static_cast<unsigned>(date.day());
  const int64_t years = static_cast<int>(date.year()) - birth.year;
  // 28 February is before 29 February and 1 March is after it, in every year.
  const bool birthday_to_come = std::make_tuple(month_of_year, day_of_month) <
                                std::make_tuple(unsigned{birth.month}, unsigned{birth.day});
  return years - (birthday_to_come ? 1 : 0);
}

bool AgeHolds(const OpportunityFacts& opportunity, const VolunteerRef& volunteer, Day first_day,
              Day last_day) {
  const bool limited = opportunity.minimum_age.has_value() || opportunity.maximum_age.has_value();
  if (!volunteer.birth_date.has_value()) return !limited;
  const int64_t first_age = AgeOn(*volunteer.birth_date, first_day);
  if (opportunity.minimum_age.has_value() && first_age < int64_t{*opportunity.minimum_age}) return false;
  if (opportunity.maximum_age.has_value() &&
      AgeOn(*volunteer.birth_date, last_day) > int64_t{*opportunity.maximum_age}) {
    return false;
  }
  return !opportunity.guardian_consent || first_age >= kAdultAge || volunteer.guardian_consent;
}

}  // namespace brokerage::matcher

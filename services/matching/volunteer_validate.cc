#include "services/matching/volunteer_validate.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/clock.h"
#include "base/limits.h"
#include "services/matching/term_checks.h"
#include "services/matching/time_checks.h"
#include "services/matching/volunteer_states.h"
#include "services/places/resolve.h"
#include "services/rpc/contact_shapes.h"
#include "services/rpc/moments.h"
#include "services/rpc/validate.h"

namespace brokerage::matching {
namespace {

using v1::Volunteer;

bool SharingAgreed(const Volunteer& volunteer) {
  return std::any_of(
      volunteer.consents().begin(), volunteer.consents().end(), [](const v1::Consent& consent) {
        return consent.purpose() == v1::Consent::PURPOSE_SHARING && !consent.has_withdrawn_time();
      });
}

// Checks one record; a function for each group of fields.
class Checker {
 public:
  Checker(const Rules& rules, absl::string_view path, base::Violations& violations)
      : rules_(rules), path_(path), violations_(violations) {}

  void Contact(Volunteer& volunteer) {
    const v1::Contact& contact = volunteer.contact();
    if (contact.phone().empty() && contact.email().empty() && contact.postcode().empty() &&
        volunteer.home().postcode().empty()) {
      Add("contact", "needs a phone number, an email address or a postcode");
    }
    rpc::CheckEmailAddress(contact.email(), Path("contact.email"), violations_);
    rpc::CheckPhoneNumber(contact.phone(), Path("contact.phone"), violations_);
    if (!contact.postcode().empty()) {
      places::NormalisePostcode(*volunteer.mutable_contact()->mutable_postcode(), Path("contact.postcode"),
                                violations_);
    }
  }

  void DateOfBirth(const Volunteer& volunteer) {
    const auto& born = volunteer.date_of_birth();
    if (!volunteer.has_date_of_birth() || !rpc::DateExists(born)) return;
    if (born.year() < base::kMinBirthYear || rpc::ToDay(born) > base::LondonDate(rules_.now)) {
      Add("date_of_birth", absl::StrCat("must be between ", base::kMinBirthYear, " and today"));
    }
  }

  void Home(const Volunteer* before, Volunteer& volunteer) {
    if (!volunteer.has_home()) return;
    if (before != nullptr && before->has_home() && places::SamePlaceGiven(before->home(), volunteer.home())) {
      *volunteer.mutable_home() = before->home();
      return;
    }
    places::ResolvePlace(*volunteer.mutable_home(), Path("home"), rules_.places, violations_);
  }

  void Licences(const Volunteer& volunteer) {
    std::set<int> kinds;
    for (int i = 0; i < volunteer.licences_size(); ++i) {
      if (!kinds.insert(volunteer.licences(i).kind()).second) {
        Add(absl::StrCat("licences[", i, "].kind"), "is there twice");
      }
    }
  }

  void Checks(const Volunteer& volunteer) {
    for (int i = 0; i < volunteer.checks_size(); ++i) {
      const auto& check = volunteer.checks(i);
      const std::string item = absl::StrCat("checks[", i, "]");
      const bool barred = check.level() == common::v1::CHECK_LEVEL_ENHANCED_BARRED;
      if (barred && check.barred_lists().empty()) {
        Add(absl::StrCat(item, ".barred_lists"), "must name the lists that were consulted");
      } else if (!barred && !check.barred_lists().empty()) {
        Add(absl::StrCat(item, ".barred_lists"), "are for an enhanced check with barred lists only");
      }
      if (check.has_issue_date() && check.has_expire_date() && rpc::DateExists(check.issue_date()) &&
          rpc::DateExists(check.expire_date()) &&
          rpc::ToDay(check.expire_date()) < rpc::ToDay(check.issue_date())) {
        Add(absl::StrCat(item, ".expire_date"), "must not be before its date of issue");
      }
    }
  }

  void Consents(const Volunteer& volunteer) {
    for (int i = 0; i < volunteer.consents_size(); ++i) {
      const auto& consent = volunteer.consents(i);
      const std::string item = absl::StrCat("consents[", i, "]");
      if (consent.has_given_time() && rpc::ToTime(consent.given_time()) > rules_.now) {
        Add(absl::StrCat(item, ".given_time"), "must not be in the future");
      }
      if (!consent.has_withdrawn_time()) continue;
      const absl::Time withdrawn = rpc::ToTime(consent.withdrawn_time());
      if (withdrawn > rules_.now) Add(absl::StrCat(item, ".withdrawn_time"), "must not be in the future");
      if (consent.has_given_time() && withdrawn < rpc::ToTime(consent.given_time())) {
        Add(absl::StrCat(item, ".withdrawn_time"), "must not be before it was given");
      }
    }
  }

  void Sharing(const Volunteer* before, Volunteer& volunteer) {
    if (volunteer.sharing() == common::v1::SHARING_UNSPECIFIED) {
      volunteer.set_sharing(common::v1::SHARING_CENTRE);
    }
    if (volunteer.sharing() != common::v1::SHARING_COUNTY || SharingAgreed(volunteer)) return;
    if (before != nullptr && SharingAgreed(*before)) {
      volunteer.set_sharing(common::v1::SHARING_CENTRE);
    } else {
      Add("sharing", "SHARING_COUNTY needs a consent of PURPOSE_SHARING in force");
    }
  }

  void Terms(const Volunteer& volunteer) {
    CheckSkills(volunteer.skills(), Path("skills"), rules_.tables, violations_);
    CheckCauses(volunteer.causes(), Path("causes"), rules_.tables, violations_);
    CheckLanguages(volunteer.languages(), Path("languages"), rules_.tables, violations_);
    CheckAccessNeeds(volunteer.access_needs(), Path("access_needs"), rules_.tables, violations_);
    CheckWindows(volunteer.availability().weekly(), Path("availability.weekly"), violations_);
    CheckExceptions(volunteer.availability().exceptions(), Path("availability.exceptions"), violations_);
  }

 private:
  std::string Path(absl::string_view field) const { return absl::StrCat(path_, field); }
  void Add(absl::string_view field, absl::string_view fault) { violations_.Add(Path(field), fault); }

  const Rules& rules_;
  absl::string_view path_;
  base::Violations& violations_;
};

}  // namespace

void CheckVolunteer(const Rules& rules, absl::string_view path, const Volunteer* before, Volunteer& volunteer,
                    base::Violations& violations) {
  rpc::CheckMessage(volunteer, path, violations);
  Checker checker(rules, path, violations);
  checker.Contact(volunteer);
  checker.DateOfBirth(volunteer);
  checker.Home(before, volunteer);
  checker.Licences(volunteer);
  checker.Checks(volunteer);
  checker.Consents(volunteer);
  checker.Sharing(before, volunteer);
  checker.Terms(volunteer);
  if (before != nullptr && IsRegistered(before->state())) CheckRegistered(volunteer, path, violations);
}

}  // namespace brokerage::matching

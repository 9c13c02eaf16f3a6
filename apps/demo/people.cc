#include "apps/demo/people.h"

#include <array>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "apps/demo/abilities.h"
#include "apps/demo/names.h"
#include "base/clock.h"

namespace brokerage::demo {
namespace {

namespace matching = brokerage::matching::v1;

// In thousandths of all volunteers.
constexpr int kShared = 600;
constexpr int kWithdrewSharing = 20;  // of those not shared
constexpr int kOtherCentre = 40;      // are with a centre that is not their home's
constexpr int kRemoteOnly = 60;       // of those who accept remote roles

google::protobuf::Timestamp TimeOn(absl::CivilDay day, int minute_of_day) {
  google::protobuf::Timestamp time;
  const absl::CivilMinute minute = absl::CivilMinute(day) + minute_of_day;
  time.set_seconds(absl::ToUnixSeconds(absl::FromCivil(minute, base::LondonTimeZone())));
  return time;
}

// Addresses and numbers that no one can have: example.org (RFC 2606), and numbers that Ofcom keeps for drama.
matching::Contact MakeContact(const PersonName& name, uint64_t index, Random& random) {
  matching::Contact contact;
  contact.set_given_name(name.given);
  contact.set_family_name(name.family);
  if (random.Chance(950)) {
    contact.set_email(
        absl::AsciiStrToLower(absl::StrFormat("%s.%s.%d@example.org", name.given, name.family, index)));
  }
  if (contact.email().empty() || random.Chance(280)) {
    constexpr std::array<absl::string_view, 3> kPrefixes = {"07700 900", "01632 960", "020 7946 0"};
    contact.set_phone(absl::StrFormat("%s%03d", random.Pick(kPrefixes), random.Between(0, 999)));
  }
  return contact;
}

void AddConsent(matching::Consent::Purpose purpose, absl::CivilDay given, matching::Volunteer* volunteer) {
  matching::Consent& consent = *volunteer->add_consents();
  consent.set_purpose(purpose);
  *consent.mutable_given_time() = TimeOn(given, 11 * 60);
}

void AddConsents(const Person& person, absl::CivilDay today, Random& random, matching::Volunteer* volunteer) {
  const absl::CivilDay joined = today - random.Between(2, 900);
  if (random.Chance(920)) AddConsent(matching::Consent::PURPOSE_CONTACT, joined, volunteer);
  if (random.Chance(kShared)) {
    AddConsent(matching::Consent::PURPOSE_SHARING, joined, volunteer);
    volunteer->set_sharing(common::v1::SHARING_COUNTY);
  } else {
    volunteer->set_sharing(common::v1::SHARING_CENTRE);
    if (random.Chance(kWithdrewSharing)) {
      AddConsent(matching::Consent::PURPOSE_SHARING, joined, volunteer);
      *volunteer->mutable_consents(volunteer->consents_size() - 1)->mutable_withdrawn_time() =
          TimeOn(today - 1, 15 * 60);
    }
  }
  if (person.age < 18 && random.Chance(750))
    AddConsent(matching::Consent::PURPOSE_GUARDIAN, joined, volunteer);
  if (volunteer->access_needs_size() > 0) AddConsent(matching::Consent::PURPOSE_HEALTH, joined, volunteer);
  if (random.Chance(300)) AddConsent(matching::Consent::PURPOSE_PUBLICITY, joined, volunteer);
}

std::string PickNotes(const Person& person, Random& random) {
  constexpr std::array<absl::string_view, 6> kNotes = {
      "Called in at the centre and would like to start soon.",
      "Would rather start with a taster session.",
      "Prefers a phone call to email.",
      "Has volunteered with us before and was reliable.",
      "Would like to volunteer together with a friend.",
      "Comes by bus, so needs a role near a stop.",
  };
  return std::string(kNotes[random.Below(person.drives ? kNotes.size() - 1 : kNotes.size())]);
}

// An enquiry has not been asked for much yet.
void ForgetWhatEnquiriesLack(Random& random, matching::Volunteer* volunteer) {
  volunteer->clear_checks();
  volunteer->clear_licences();
  volunteer->clear_availability();
  volunteer->clear_notes();
  if (random.Chance(600)) volunteer->clear_skills();
  if (random.Chance(600)) volunteer->clear_date_of_birth();
  if (random.Chance(500)) volunteer->clear_travel_radius_m();
  if (random.Chance(500)) volunteer->clear_home();
}

}  // namespace

CountyVolunteer MakeVolunteer(uint64_t seed, uint64_t index, absl::CivilDay today, const Homes& homes) {
  Random random = Random::For(seed, "volunteer", index);
  const std::string& district = homes.PickDistrict(random);
  const Area& area = homes.PickArea(district, /*outside=*/true, random);
  const Person person = PickPerson(area, today, random);

  CountyVolunteer result;
  const std::string& centre = random.Chance(kOtherCentre) ? homes.PickDistrict(random) : district;
  result.centre = absl::StrCat("centres/", centre);

  matching::Volunteer& volunteer = result.volunteer;
  const PersonName name = PickName(static_cast<int>(person.birth.year()), random);
  volunteer.set_display_name(absl::StrCat(name.given, " ", name.family));
  *volunteer.mutable_contact() = MakeContact(name, index, random);
  *volunteer.mutable_date_of_birth() = ToDate(person.birth);
  *volunteer.mutable_home() = homes.PickPlace(area, random);
  if (!volunteer.home().postcode().empty())
    volunteer.mutable_contact()->set_postcode(volunteer.home().postcode());

  volunteer.set_accepts_remote(random.Chance(person.stage->accepts_remote));
  if (!volunteer.accepts_remote() || !random.Chance(kRemoteOnly)) {
    volunteer.set_travel_radius_m(PickTravelRadius(person, random));
  }
  for (auto& skill : PickSkills(person, random)) *volunteer.add_skills() = std::move(skill);
  *volunteer.mutable_availability() = PickAvailability(person, random);
  for (auto& cause : PickCauses(person, random)) volunteer.add_causes(std::move(cause));
  for (auto& language : PickLanguages(person, random)) volunteer.add_languages(std::move(language));
  for (auto& licence : PickLicences(person, today, random)) *volunteer.add_licences() = std::move(licence);
  for (auto& check : PickChecks(person, today, random)) *volunteer.add_checks() = std::move(check);
  for (auto& need : PickAccessNeeds(person, random)) volunteer.add_access_needs(std::move(need));
  if (random.Chance(120)) volunteer.set_placement_limit(random.Chance(800) ? 2 : 3);
  AddConsents(person, today, random, &volunteer);
  if (random.Chance(130)) volunteer.set_notes(PickNotes(person, random));
  if (random.Chance(450))
    *volunteer.mutable_last_contact_time() = TimeOn(today - random.Between(1, 120), 14 * 60);

  using State = matching::Volunteer;
  constexpr std::array<State::State, 5> kStates = {State::STATE_SEARCHING, State::STATE_ENQUIRY,
                                                   State::STATE_REGISTERED, State::STATE_ON_BREAK,
                                                   State::STATE_LEFT};
  constexpr std::array<int, 5> kShares = {830, 60, 45, 45, 20};
  result.state = kStates[random.Weighted(kShares)];
  if (result.state == State::STATE_ENQUIRY) ForgetWhatEnquiriesLack(random, &volunteer);
  if (result.state == State::STATE_ON_BREAK && random.Chance(700)) {
    result.break_until = ToDate(today + random.Between(7, 120));
  }
  return result;
}

}  // namespace brokerage::demo

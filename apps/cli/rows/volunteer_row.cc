#include "apps/cli/rows/volunteer_row.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

#include "apps/cli/output/text.h"
#include "apps/cli/rows/cells.h"
#include "apps/cli/rows/holdings.h"
#include "apps/cli/rows/windows.h"
#include "base/clock.h"

namespace brokerage::cli {
namespace {

using matching::v1::Consent;
using matching::v1::Volunteer;

constexpr std::pair<const char*, Consent::Purpose> kConsentColumns[] = {
    {"sharing_consent_date", Consent::PURPOSE_SHARING},
    {"guardian_consent_date", Consent::PURPOSE_GUARDIAN},
    {"contact_consent_date", Consent::PURPOSE_CONTACT},
    {"health_consent_date", Consent::PURPOSE_HEALTH},
    {"publicity_consent_date", Consent::PURPOSE_PUBLICITY},
};

const std::vector<FieldColumn>& Fields() {
  static const auto& fields = *new std::vector<FieldColumn>{
      {"display_name", "display_name"},
      {"contact.given_name", "given_name"},
      {"contact.family_name", "family_name"},
      {"contact.email", "email"},
      {"contact.phone", "phone"},
      {"contact.postcode", "postcode"},
      {"contact.address_lines", "address"},
      {"date_of_birth", "date_of_birth"},
      {"home", "home_postcode"},
      {"home.latitude", "home_latitude"},
      {"home.longitude", "home_longitude"},
      {"travel_radius_m", "travel_radius_km"},
      {"accepts_remote", "accepts_remote"},
      {"skills", "skills"},
      {"availability", "availability"},
      {"causes", "causes"},
      {"languages", "languages"},
      {"licences", "licences"},
      {"checks", "checks"},
      {"access_needs", "access_needs"},
      {"sharing", "sharing"},
      {"placement_limit", "placement_limit"},
      {"consents", "sharing_consent_date"},
      {"notes", "notes"},
      {"last_contact_time", "last_contact_date"},
  };
  return fields;
}

// The beginning of a day in London: what stands for a moment of which only the date is known.
google::protobuf::Timestamp StartOf(const common::v1::Date& date) {
  return ToTimestamp(
      absl::FromCivil(absl::CivilDay(date.year(), date.month(), date.day()), base::LondonTimeZone()));
}

void ReadContact(RowReader& row, Volunteer* volunteer) {
  auto* contact = volunteer->mutable_contact();
  contact->set_given_name(std::string(row.Cell("given_name")));
  contact->set_family_name(std::string(row.Cell("family_name")));
  contact->set_email(std::string(row.Cell("email")));
  contact->set_phone(std::string(row.Cell("phone")));
  contact->set_postcode(std::string(row.Cell("postcode")));
  for (const absl::string_view line : RowReader::SplitList(row.Cell("address"))) {
    contact->add_address_lines(std::string(line));
  }
  std::string name(row.Cell("display_name"));
  if (name.empty()) name = absl::StrCat(contact->given_name(), " ", contact->family_name());
  volunteer->set_display_name(std::string(absl::StripAsciiWhitespace(name)));
  if (volunteer->display_name().empty()) row.Fault("display_name", "is needed, or given_name or family_name");
}

void ReadHome(RowReader& row, Volunteer* volunteer) {
  const auto latitude = row.Read("home_latitude", ParseDegrees);
  const auto longitude = row.Read("home_longitude", ParseDegrees);
  if (row.Has("home_latitude") != row.Has("home_longitude")) {
    row.Fault(row.Has("home_latitude") ? "home_longitude" : "home_latitude", "is needed beside the other");
  }
  if (row.Has("home_postcode") && row.Has("home_latitude")) {
    row.Fault("home_postcode", "and home_latitude are two places: give one");
  }
  if (latitude && longitude) {
    volunteer->mutable_home()->set_latitude(*latitude);
    volunteer->mutable_home()->set_longitude(*longitude);
    return;
  }
  // Most people set out from their address.
  const absl::string_view postcode =
      row.Has("home_postcode") ? row.Cell("home_postcode") : row.Cell("postcode");
  if (!postcode.empty()) volunteer->mutable_home()->set_postcode(std::string(postcode));
}

void ReadOffer(RowReader& row, const Words& words, Volunteer* volunteer) {
  for (SkillEntry& entry :
       row.ReadList("skills", [&](absl::string_view text) { return ParseSkillEntry(text, words); })) {
    if (entry.importance) row.Fault("skills", "have no importance for a volunteer: leave * out");
    auto* skill = volunteer->add_skills();
    skill->set_skill(std::move(entry.skill));
    if (entry.level) skill->set_level(*entry.level);
  }
  const ParsedWindows windows = ParseWindows(row.Cell("availability"), Rounding::kInward);
  for (const std::string& fault : windows.faults) row.Fault("availability", fault);
  for (const std::string& note : windows.notes) row.Note("availability", note);
  for (const auto& window : windows.windows) *volunteer->mutable_availability()->add_weekly() = window;

  for (auto& cause : row.ReadList("causes", [&](absl::string_view text) { return words.Cause(text); })) {
    volunteer->add_causes(std::move(cause));
  }
  for (auto& language :
       row.ReadList("languages", [&](absl::string_view text) { return words.Language(text); })) {
    volunteer->add_languages(std::move(language));
  }
  for (auto& need :
       row.ReadList("access_needs", [&](absl::string_view text) { return words.AccessNeed(text); })) {
    volunteer->add_access_needs(std::move(need));
  }
  for (const auto& licence : row.ReadList("licences", ParseHeldLicence)) *volunteer->add_licences() = licence;
  for (auto& check : row.ReadList("checks", ParseHeldCheck)) {
    check.set_seen_by(std::string(row.Cell("checks_seen_by")));
    *volunteer->add_checks() = std::move(check);
  }
}

void ReadSharing(RowReader& row, Volunteer* volunteer) {
  if (const auto sharing = row.Read("sharing", ParseEnum<common::v1::Sharing>))
    volunteer->set_sharing(*sharing);
  for (const auto& [column, purpose] : kConsentColumns) {
    if (const auto date = row.Read(column, ParseDate)) {
      auto* consent = volunteer->add_consents();
      consent->set_purpose(purpose);
      *consent->mutable_given_time() = StartOf(*date);
    }
  }
  if (volunteer->sharing() == common::v1::SHARING_COUNTY && !row.Has("sharing_consent_date")) {
    row.Fault("sharing_consent_date", "is needed to share with the county");
  }
}

void ReadState(RowReader& row, VolunteerRow* result) {
  const auto state = row.Read("state", ParseEnum<Volunteer::State>);
  if (!state) return;
  if (*state > Volunteer::STATE_SEARCHING) {
    row.Fault("state",
              "is reached by what happens here and not by an import: write enquiry, registered or searching");
    return;
  }
  result->state = *state;
  if (*state == Volunteer::STATE_ENQUIRY) return;
  const bool remote_unread = row.Has("accepts_remote") && !ParseYesNo(row.Cell("accepts_remote")).ok();
  if (result->volunteer.accepts_remote() || remote_unread) return;
  const std::string reason = absl::StrCat(
      "is needed for the state ", EnumWord(*Volunteer::State_descriptor(), *state), ", or accepts_remote");
  if (!row.Has("postcode") && !row.Has("home_postcode") && !row.Has("home_latitude"))
    row.Fault("postcode", reason);
  if (!row.Has("travel_radius_km")) row.Fault("travel_radius_km", reason);
}

}  // namespace

const std::vector<Column>& VolunteerColumns() {
  static const auto& columns = *new std::vector<Column>{
      {"external_id", "Your own number for the row: not stored, but named in every report", "A-0017"},
      {"display_name", "How they are called in lists; empty: given and family name", "Ann Baker"},
      {"given_name", "First name", "Ann"},
      {"family_name", "Last name", "Baker"},
      {"email", "Up to 254 bytes", "ann@example.org"},
      {"phone", "Digits, spaces and + ( ) - .", "01233 555 0100"},
      {"postcode", "Of their address, and where they set out from", "TN23 1PL", false, "home"},
      {"address", "Lines separated by semicolons", "1 Mill Lane; Ashford"},
      {"date_of_birth", "2001-03-31 or 31/3/2001", "1984-06-02"},
      {"home_postcode", "Where they set out from, when it is elsewhere", "", false, "home"},
      {"home_latitude", "The same in degrees north, with home_longitude", "", false, "home"},
      {"home_longitude", "Degrees east", "", false, "home"},
      {"travel_radius_km", "How far they travel: 8, 8.5 km or 5 miles; empty: remote roles only", "12"},
      {"accepts_remote", "yes or no", "yes"},
      {"skills", "Skills with a level from 1 to 5: id, label or synonym", "first-aid:4; Driving"},
      {"availability", "Weekly windows; each shrinks to the half hour", "Mon 09:00-12:30; Wed, Fri 6pm-9pm"},
      {"causes", "Causes: id, label or synonym", "animal-welfare"},
      {"languages", "Codes or names; bfi is British Sign Language", "en; bfi"},
      {"licences", "Licences, each with its last day of validity if it has one", "car; first-aid 2027-05-01"},
      {"checks", "DBS checks: level, workforces, date of issue, list=, until=, update-service",
       "enhanced children 2025-03-01 update-service"},
      {"checks_seen_by", "Who saw the certificates", "J. Smith"},
      {"access_needs", "Support that they need: id or label", "step-free-access"},
      {"sharing", "centre or county; county needs sharing_consent_date", "county", false, "sharing"},
      {"sharing_consent_date", "When they agreed to be shared with the county", "2026-01-15", false,
       "sharing"},
      {"guardian_consent_date", "When a guardian agreed, for those under 18", ""},
      {"contact_consent_date", "When they agreed to be contacted about roles", "2026-01-15"},
      {"health_consent_date", "When they agreed that health or access needs are recorded", "2026-01-15"},
      {"publicity_consent_date", "When they agreed to photographs and publicity", ""},
      {"placement_limit", "How many placements they want at once, 1 to 20; empty: 1", "2"},
      {"notes", "For your own centre only", "Prefers mornings"},
      {"last_contact_date", "When staff last spoke to them", "2026-01-20"},
      {"state", "enquiry (as when empty), registered or searching", "searching"},
  };
  return columns;
}

VolunteerRow ReadVolunteerRow(RowReader& row, const Words& words) {
  VolunteerRow result;
  Volunteer& volunteer = result.volunteer;
  ReadContact(row, &volunteer);
  if (const auto date = row.Read("date_of_birth", ParseDate)) *volunteer.mutable_date_of_birth() = *date;
  ReadHome(row, &volunteer);
  if (const auto radius = row.Read("travel_radius_km", ParseTravelDistance))
    volunteer.set_travel_radius_m(*radius);
  volunteer.set_accepts_remote(row.Read("accepts_remote", ParseYesNo).value_or(false));
  ReadOffer(row, words, &volunteer);
  ReadSharing(row, &volunteer);
  if (const auto limit = row.Read("placement_limit", ParseWhole)) volunteer.set_placement_limit(*limit);
  volunteer.set_notes(std::string(row.Cell("notes")));
  if (const auto date = row.Read("last_contact_date", ParseDate)) {
    *volunteer.mutable_last_contact_time() = StartOf(*date);
  }
  ReadState(row, &result);
  return result;
}

std::string VolunteerColumnOf(const VolunteerRow& row, absl::string_view field) {
  std::string column = ColumnOfField(Fields(), "volunteer", field);
  const bool from_address = row.volunteer.home().postcode() == row.volunteer.contact().postcode();
  return column == "home_postcode" && from_address ? "postcode" : column;
}

}  // namespace brokerage::cli

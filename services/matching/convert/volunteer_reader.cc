#include "services/matching/convert/volunteer_reader.h"

#include <optional>
#include <protozero/exception.hpp>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <utility>

#include "base/resource_names.h"
#include "services/matching/convert/enums.h"
#include "services/matching/convert/locate.h"
#include "services/matching/convert/times.h"
#include "services/matching/convert/volunteer_parts.h"

namespace brokerage::matching {
namespace {

using stored::Bytes;
using stored::Date;
using stored::EnumOf;
using stored::Fields;
using stored::Next;
using stored::Number;
using stored::Take;
using stored::TextOf;

// A volunteer of whom nothing is stated, in the memory of another.
void Reset(matcher::VolunteerFacts& facts) {
  matcher::VolunteerFacts fresh;
  const auto keep = [&](auto... lists) {
    ((fresh.*lists = std::move(facts.*lists), (fresh.*lists).clear()), ...);
  };
  using Facts = matcher::VolunteerFacts;
  keep(&Facts::name, &Facts::centre, &Facts::display_name, &Facts::skills, &Facts::extra, &Facts::away,
       &Facts::causes, &Facts::languages, &Facts::licences, &Facts::checks, &Facts::access_needs);
  facts = std::move(fresh);
}

void Assign(std::string& to, absl::string_view text) { to.assign(text.data(), text.size()); }

// Fills the facts of one volunteer.
class Filler {
 public:
  Filler(const ReferenceTables& tables, const reference::PlaceIndex& places,
         std::vector<schedule::WeeklyWindow>& windows, matcher::VolunteerFacts& facts, HomeArea& area)
      : tables_(tables), places_(places), windows_(windows), facts_(facts), area_(area) {
    Reset(facts_);
    area_.outcode.clear();
    windows_.clear();
  }

  void Fill(Fields envelope, int field) {
    while (envelope.next()) {
      if (envelope.tag_and_type() == Bytes(field)) {
        ReadVolunteer(envelope.get_message());
      } else {
        envelope.skip();
      }
    }
    Finish();
  }

 private:
  void ReadVolunteer(Fields in);
  void ReadAvailability(Fields in);
  void Finish();

  const ReferenceTables& tables_;
  const reference::PlaceIndex& places_;
  std::vector<schedule::WeeklyWindow>& windows_;
  std::vector<schedule::Interval> extra_;  // few volunteers have any
  std::vector<schedule::Interval> away_;
  std::optional<Date> birth_date_;
  std::optional<Date> break_until_;
  stored::Place home_;
  matcher::VolunteerFacts& facts_;
  HomeArea& area_;
};

void Filler::ReadVolunteer(Fields in) {
  using Message = v1::Volunteer;
  const auto add = [](auto& list, const auto& id) {
    if (id) list.push_back(*id);
  };
  while (in.next()) {
    switch (in.tag_and_type()) {
      case Bytes(Message::kNameFieldNumber):
        Assign(facts_.name, TextOf(in));
        break;
      case Bytes(Message::kDisplayNameFieldNumber):
        Assign(facts_.display_name, TextOf(in));
        break;
      case Number(Message::kStateFieldNumber):
        facts_.state = ToFacts(EnumOf<Message::State>(in));
        break;
      case Bytes(Message::kDateOfBirthFieldNumber):
        Take(in, birth_date_);
        break;
      case Bytes(Message::kHomeFieldNumber):
        Take(in, home_);
        break;
      case Number(Message::kTravelRadiusMFieldNumber):
        facts_.travel_radius_m = static_cast<uint32_t>(in.get_int32());
        break;
      case Number(Message::kAcceptsRemoteFieldNumber):
        facts_.accepts_remote = in.get_bool();
        break;
      case Bytes(Message::kSkillsFieldNumber): {
        const auto held = Next<stored::HeldSkill>(in);
        if (const auto id = SkillIdOf(tables_, held.skill)) {
          facts_.skills.push_back(
              {*id, held.level ? static_cast<uint8_t>(*held.level) : matcher::kDefaultHeldLevel});
        }
        break;
      }
      case Bytes(Message::kAvailabilityFieldNumber):
        ReadAvailability(in.get_message());
        break;
      case Bytes(Message::kCausesFieldNumber):
        add(facts_.causes, CauseIdOf(tables_, TextOf(in)));
        break;
      case Bytes(Message::kLanguagesFieldNumber):
        add(facts_.languages, LanguageIdOf(tables_, TextOf(in)));
        break;
      case Bytes(Message::kLicencesFieldNumber): {
        const auto held = Next<stored::HeldLicence>(in);
        matcher::HeldLicence licence{static_cast<matcher::LicenceKind>(held.kind), std::nullopt};
        if (held.expire_date) licence.expire_day = held.expire_date->ToDay();
        facts_.licences.push_back(licence);
        break;
      }
      case Bytes(Message::kChecksFieldNumber): {
        const auto held = Next<stored::HeldCheck>(in);
        matcher::HeldCheck check{ToFacts(held.level), held.workforces, held.barred_lists,
                                 held.issue_date.ToDay(), std::nullopt};
        if (held.expire_date) check.expire_day = held.expire_date->ToDay();
        facts_.checks.push_back(check);
        break;
      }
      case Bytes(Message::kAccessNeedsFieldNumber):
        add(facts_.access_needs, AccessNeedOf(tables_, TextOf(in)));
        break;
      case Number(Message::kSharingFieldNumber):
        facts_.sharing = ToFacts(EnumOf<common::v1::Sharing>(in));
        break;
      case Number(Message::kPlacementLimitFieldNumber):
        facts_.placement_limit = static_cast<uint32_t>(in.get_int32());
        break;
      case Bytes(Message::kConsentsFieldNumber): {
        const auto consent = Next<stored::Consent>(in);
        if (consent.purpose == v1::Consent::PURPOSE_GUARDIAN && !consent.withdrawn_time) {
          facts_.guardian_consent = true;
        }
        break;
      }
      case Bytes(Message::kBreakUntilDateFieldNumber):
        Take(in, break_until_);
        break;
      default:
        in.skip();
    }
  }
}

void Filler::ReadAvailability(Fields in) {
  using Message = v1::Availability;
  while (in.next()) {
    switch (in.tag_and_type()) {
      case Bytes(Message::kWeeklyFieldNumber): {
        const auto window = Next<stored::WeeklyWindow>(in);
        windows_.push_back({window.day_of_week - 1, window.start.ToMinutes(), window.end.ToMinutes()});
        break;
      }
      case Bytes(Message::kExceptionsFieldNumber): {
        const auto exception = Next<stored::Exception>(in);
        const schedule::Interval interval{MinuteOf(exception.start.seconds), MinuteOf(exception.end.seconds)};
        if (exception.kind == v1::AvailabilityException::KIND_EXTRA) extra_.push_back(interval);
        if (exception.kind == v1::AvailabilityException::KIND_AWAY) away_.push_back(interval);
        break;
      }
      default:
        in.skip();
    }
  }
}

// What several fields tell together, and what they tell in any order.
void Filler::Finish() {
  if (const auto centre = base::CentreOfVolunteer(facts_.name)) Assign(facts_.centre, *centre);
  if (break_until_) facts_.on_break_until = break_until_->ToDay();
  if (birth_date_) {
    facts_.birth_date =
        matcher::BirthDate{static_cast<int16_t>(birth_date_->year), static_cast<uint8_t>(birth_date_->month),
                           static_cast<uint8_t>(birth_date_->day)};
  }
  Assign(area_.district, home_.district);
  if (auto home = LocateHome(home_, places_)) {
    facts_.home = ToGeoPoint(home->point);
    if (const auto centroid = places_.OutcodeCentroid(home->outcode)) {
      facts_.outcode_centroid = ToGeoPoint(*centroid);
    }
    area_.outcode = std::move(home->outcode);
  }
  facts_.free = schedule::SlotsOf(windows_);
  if (!extra_.empty()) facts_.extra = UnitedOf(std::move(extra_));
  if (!away_.empty()) facts_.away = UnitedOf(std::move(away_));
}

}  // namespace

absl::Status VolunteerReader::Read(absl::string_view envelope, int field) {
  if (count_ == facts_.size()) {
    facts_.emplace_back();
    areas_.emplace_back();
  }
  try {
    Filler(tables_, places_, windows_, facts_[count_], areas_[count_])
        .Fill(Fields(envelope.data(), envelope.size()), field);
  } catch (const protozero::exception& fault) {  // how Protozero says that bytes are no message
    return absl::DataLossError(fault.what());
  }
  ++count_;
  return absl::OkStatus();
}

matcher::VolunteerFacts ToFacts(const v1::Volunteer& volunteer, const ReferenceTables& tables,
                                const reference::PlaceIndex& places) {
  constexpr int kField = 1;
  std::string envelope;
  protozero::pbf_writer(envelope).add_message(kField, volunteer.SerializeAsString());
  VolunteerReader reader(tables, places);
  return reader.Read(envelope, kField).ok() ? reader.facts().front() : matcher::VolunteerFacts();
}

}  // namespace brokerage::matching

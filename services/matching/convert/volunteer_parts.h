// Parts of stored volunteers, each with what facts are made of: fields read one after another as they lie.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <protozero/types.hpp>
#include <type_traits>

#include "absl/strings/string_view.h"

#include "brokerage/common/v1/availability.pb.h"
#include "brokerage/common/v1/check.pb.h"
#include "brokerage/common/v1/date_time.pb.h"
#include "brokerage/common/v1/licence.pb.h"
#include "brokerage/common/v1/place.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "matcher/types.h"
#include "services/matching/convert/enums.h"
#include "services/matching/convert/locate.h"
#include "services/matching/convert/times.h"

namespace brokerage::matching::stored {

// A message of which one field after another is read. Of a field that should be there once the last counts,
// and messages are merged, as everywhere in Protocol Buffers: what is read is never reset.
using Fields = protozero::pbf_reader;

// A field as it lies: its number and its wire type. One of another type is passed over, as an unknown one is.
constexpr uint32_t Number(int field) {
  return protozero::tag_and_type(field, protozero::pbf_wire_type::varint);
}
constexpr uint32_t Double(int field) {
  return protozero::tag_and_type(field, protozero::pbf_wire_type::fixed64);
}
// A text, a message, or packed numbers.
constexpr uint32_t Bytes(int field) {
  return protozero::tag_and_type(field, protozero::pbf_wire_type::length_delimited);
}

inline absl::string_view TextOf(Fields& field) {
  const auto view = field.get_view();
  return {view.data(), view.size()};
}

template <typename Enum>
Enum EnumOf(Fields& field) {
  return static_cast<Enum>(field.get_enum());
}

// Reads a field into where it belongs.
inline void Take(Fields& field, int32_t& value) { value = field.get_int32(); }
inline void Take(Fields& field, int64_t& value) { value = field.get_int64(); }
inline void Take(Fields& field, std::optional<int32_t>& value) { value = field.get_int32(); }
inline void Take(Fields& field, std::optional<double>& value) { value = field.get_double(); }
inline void Take(Fields& field, absl::string_view& value) { value = TextOf(field); }
template <typename Enum>
requires std::is_enum_v<Enum>
void Take(Fields& field, Enum& value) { value = EnumOf<Enum>(field); }
template <typename Part>
requires requires(Part& part, Fields in) { part.Read(in); }
void Take(Fields& field, Part& part) { part.Read(field.get_message()); }
template <typename Part>
requires requires(Part& part, Fields in) { part.Read(in); }
void Take(Fields& field, std::optional<Part>& part) { Take(field, part ? *part : part.emplace()); }
template <typename Reader>
requires std::invocable<Reader&, Fields&>
void Take(Fields& field, Reader& reader) { reader(field); }

template <typename Value>
struct Field {
  uint32_t where;
  Value& value;
};

// Reads those fields of a message, and passes over all others.
template <typename... Values>
void ReadFields(Fields in, Field<Values>... fields) {
  while (in.next()) {
    const uint32_t where = in.tag_and_type();
    const bool is_read = (... || (where == fields.where && (Take(in, fields.value), true)));
    if (!is_read) in.skip();
  }
}

struct Date {
  using Message = common::v1::Date;
  int32_t year = 0;
  int32_t month = 0;
  int32_t day = 0;

  void Read(Fields in) {
    ReadFields(in, Field{Number(Message::kYearFieldNumber), year},
               Field{Number(Message::kMonthFieldNumber), month},
               Field{Number(Message::kDayFieldNumber), day});
  }
  matcher::Day ToDay() const { return DayOf(year, month, day); }
};

struct Place : StatedPlace {
  using Message = common::v1::Place;

  void Read(Fields in) {
    ReadFields(in, Field{Bytes(Message::kPostcodeFieldNumber), postcode},
               Field{Double(Message::kLatitudeFieldNumber), latitude},
               Field{Double(Message::kLongitudeFieldNumber), longitude},
               Field{Bytes(Message::kDistrictFieldNumber), district},
               Field{Number(Message::kPrecisionFieldNumber), precision});
  }
};

struct HeldSkill {
  using Message = v1::HeldSkill;
  absl::string_view skill;
  std::optional<int32_t> level;

  void Read(Fields in) {
    ReadFields(in, Field{Bytes(Message::kSkillFieldNumber), skill},
               Field{Number(Message::kLevelFieldNumber), level});
  }
};

struct TimeOfDay {
  using Message = common::v1::TimeOfDay;
  int32_t hours = 0;
  int32_t minutes = 0;

  void Read(Fields in) {
    ReadFields(in, Field{Number(Message::kHoursFieldNumber), hours},
               Field{Number(Message::kMinutesFieldNumber), minutes});
  }
  int ToMinutes() const { return hours * 60 + minutes; }
};

struct WeeklyWindow {
  using Message = common::v1::WeeklyWindow;
  int32_t day_of_week = 0;
  TimeOfDay start;
  TimeOfDay end;

  void Read(Fields in) {
    ReadFields(in, Field{Number(Message::kDayOfWeekFieldNumber), day_of_week},
               Field{Bytes(Message::kStartTimeFieldNumber), start},
               Field{Bytes(Message::kEndTimeFieldNumber), end});
  }
};

struct Timestamp {
  int64_t seconds = 0;

  void Read(Fields in) {
    ReadFields(in, Field{Number(google::protobuf::Timestamp::kSecondsFieldNumber), seconds});
  }
};

struct Exception {
  using Message = v1::AvailabilityException;
  Timestamp start;
  Timestamp end;
  Message::Kind kind = Message::KIND_UNSPECIFIED;

  void Read(Fields in) {
    ReadFields(in, Field{Bytes(Message::kStartTimeFieldNumber), start},
               Field{Bytes(Message::kEndTimeFieldNumber), end},
               Field{Number(Message::kKindFieldNumber), kind});
  }
};

struct HeldLicence {
  using Message = common::v1::HeldLicence;
  common::v1::LicenceKind kind = common::v1::LICENCE_KIND_UNSPECIFIED;
  std::optional<Date> expire_date;

  void Read(Fields in) {
    ReadFields(in, Field{Number(Message::kKindFieldNumber), kind},
               Field{Bytes(Message::kExpireDateFieldNumber), expire_date});
  }
};

// A list of an enumeration as a set: one by one, or packed.
template <typename Enum, typename Set>
struct OneOf {
  Set& set;
  void operator()(Fields& field) const { set |= ToFacts(EnumOf<Enum>(field)); }
};
template <typename Enum, typename Set>
struct ManyOf {
  Set& set;
  void operator()(Fields& field) const {
    for (const int word : field.get_packed_enum()) set |= ToFacts(static_cast<Enum>(word));
  }
};

struct HeldCheck {
  using Message = common::v1::HeldCheck;
  common::v1::CheckLevel level = common::v1::CHECK_LEVEL_UNSPECIFIED;
  matcher::WorkforceSet workforces = 0;
  matcher::BarredListSet barred_lists = 0;
  Date issue_date;
  std::optional<Date> expire_date;

  void Read(Fields in) {
    const OneOf<common::v1::Workforce, matcher::WorkforceSet> workforce{workforces};
    const ManyOf<common::v1::Workforce, matcher::WorkforceSet> packed_workforces{workforces};
    const OneOf<common::v1::BarredList, matcher::BarredListSet> list{barred_lists};
    const ManyOf<common::v1::BarredList, matcher::BarredListSet> packed_lists{barred_lists};
    ReadFields(in, Field{Number(Message::kLevelFieldNumber), level},
               Field{Number(Message::kWorkforcesFieldNumber), workforce},
               Field{Bytes(Message::kWorkforcesFieldNumber), packed_workforces},
               Field{Number(Message::kBarredListsFieldNumber), list},
               Field{Bytes(Message::kBarredListsFieldNumber), packed_lists},
               Field{Bytes(Message::kIssueDateFieldNumber), issue_date},
               Field{Bytes(Message::kExpireDateFieldNumber), expire_date});
  }
};

struct Consent {
  using Message = v1::Consent;
  Message::Purpose purpose = Message::PURPOSE_UNSPECIFIED;
  std::optional<Timestamp> withdrawn_time;

  void Read(Fields in) {
    ReadFields(in, Field{Number(Message::kPurposeFieldNumber), purpose},
               Field{Bytes(Message::kWithdrawnTimeFieldNumber), withdrawn_time});
  }
};

// Of a repeated field.
template <typename Part>
Part Next(Fields& in) {
  Part part;
  part.Read(in.get_message());
  return part;
}

}  // namespace brokerage::matching::stored

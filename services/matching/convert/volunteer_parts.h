// Parts of stored volunteers, each with what facts are made of: fields read one after another as they lie.
#pragma once

#include <cstdint>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <protozero/types.hpp>

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

template <typename T>
T& Stated(std::optional<T>& value) {
  return value ? *value : value.emplace();
}

struct Date {
  int32_t year = 0;
  int32_t month = 0;
  int32_t day = 0;

  void Read(Fields in) {
    using Message = common::v1::Date;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(Message::kYearFieldNumber):
          year = in.get_int32();
          break;
        case Number(Message::kMonthFieldNumber):
          month = in.get_int32();
          break;
        case Number(Message::kDayFieldNumber):
          day = in.get_int32();
          break;
        default:
          in.skip();
      }
    }
  }
  matcher::Day ToDay() const { return matching::DayOf(year, month, day); }
};

struct Place : StatedPlace {
  void Read(Fields in) {
    using Message = common::v1::Place;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Bytes(Message::kPostcodeFieldNumber):
          postcode = TextOf(in);
          break;
        case Double(Message::kLatitudeFieldNumber):
          latitude = in.get_double();
          break;
        case Double(Message::kLongitudeFieldNumber):
          longitude = in.get_double();
          break;
        case Number(Message::kPrecisionFieldNumber):
          precision = EnumOf<common::v1::PlacePrecision>(in);
          break;
        default:
          in.skip();
      }
    }
  }
};

struct HeldSkill {
  absl::string_view skill;
  std::optional<int32_t> level;

  void Read(Fields in) {
    using Message = v1::HeldSkill;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Bytes(Message::kSkillFieldNumber):
          skill = TextOf(in);
          break;
        case Number(Message::kLevelFieldNumber):
          level = in.get_int32();
          break;
        default:
          in.skip();
      }
    }
  }
};

struct TimeOfDay {
  int32_t hours = 0;
  int32_t minutes = 0;

  void Read(Fields in) {
    using Message = common::v1::TimeOfDay;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(Message::kHoursFieldNumber):
          hours = in.get_int32();
          break;
        case Number(Message::kMinutesFieldNumber):
          minutes = in.get_int32();
          break;
        default:
          in.skip();
      }
    }
  }
  int ToMinutes() const { return hours * 60 + minutes; }
};

struct WeeklyWindow {
  int day_of_week = 0;
  TimeOfDay start;
  TimeOfDay end;

  void Read(Fields in) {
    using Message = common::v1::WeeklyWindow;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(Message::kDayOfWeekFieldNumber):
          day_of_week = in.get_enum();
          break;
        case Bytes(Message::kStartTimeFieldNumber):
          start.Read(in.get_message());
          break;
        case Bytes(Message::kEndTimeFieldNumber):
          end.Read(in.get_message());
          break;
        default:
          in.skip();
      }
    }
  }
};

struct Timestamp {
  int64_t seconds = 0;

  void Read(Fields in) {
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(google::protobuf::Timestamp::kSecondsFieldNumber):
          seconds = in.get_int64();
          break;
        default:
          in.skip();
      }
    }
  }
};

struct Exception {
  Timestamp start;
  Timestamp end;
  int kind = v1::AvailabilityException::KIND_UNSPECIFIED;

  void Read(Fields in) {
    using Message = v1::AvailabilityException;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Bytes(Message::kStartTimeFieldNumber):
          start.Read(in.get_message());
          break;
        case Bytes(Message::kEndTimeFieldNumber):
          end.Read(in.get_message());
          break;
        case Number(Message::kKindFieldNumber):
          kind = in.get_enum();
          break;
        default:
          in.skip();
      }
    }
  }
};

struct HeldLicence {
  int kind = common::v1::LICENCE_KIND_UNSPECIFIED;
  std::optional<Date> expire_date;

  void Read(Fields in) {
    using Message = common::v1::HeldLicence;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(Message::kKindFieldNumber):
          kind = in.get_enum();
          break;
        case Bytes(Message::kExpireDateFieldNumber):
          Stated(expire_date).Read(in.get_message());
          break;
        default:
          in.skip();
      }
    }
  }
};

struct HeldCheck {
  common::v1::CheckLevel level = common::v1::CHECK_LEVEL_UNSPECIFIED;
  matcher::WorkforceSet workforces = 0;
  matcher::BarredListSet barred_lists = 0;
  Date issue_date;
  std::optional<Date> expire_date;

  void Read(Fields in) {
    using Message = common::v1::HeldCheck;
    const auto add_workforce = [&](int word) {
      workforces |= ToFacts(static_cast<common::v1::Workforce>(word));
    };
    const auto add_list = [&](int word) {
      barred_lists |= ToFacts(static_cast<common::v1::BarredList>(word));
    };
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(Message::kLevelFieldNumber):
          level = EnumOf<common::v1::CheckLevel>(in);
          break;
        case Number(Message::kWorkforcesFieldNumber):
          add_workforce(in.get_enum());
          break;
        case Bytes(Message::kWorkforcesFieldNumber):
          for (const int word : in.get_packed_enum()) add_workforce(word);
          break;
        case Number(Message::kBarredListsFieldNumber):
          add_list(in.get_enum());
          break;
        case Bytes(Message::kBarredListsFieldNumber):
          for (const int word : in.get_packed_enum()) add_list(word);
          break;
        case Bytes(Message::kIssueDateFieldNumber):
          issue_date.Read(in.get_message());
          break;
        case Bytes(Message::kExpireDateFieldNumber):
          Stated(expire_date).Read(in.get_message());
          break;
        default:
          in.skip();
      }
    }
  }
};

struct Consent {
  int purpose = v1::Consent::PURPOSE_UNSPECIFIED;
  bool withdrawn = false;

  void Read(Fields in) {
    using Message = v1::Consent;
    while (in.next()) {
      switch (in.tag_and_type()) {
        case Number(Message::kPurposeFieldNumber):
          purpose = in.get_enum();
          break;
        case Bytes(Message::kWithdrawnTimeFieldNumber):
          withdrawn = true;
          in.skip();
          break;
        default:
          in.skip();
      }
    }
  }
};

// Of a repeated field.
template <typename Message>
Message Next(Fields& in) {
  Message message;
  message.Read(in.get_message());
  return message;
}

}  // namespace brokerage::matching::stored

// Stored volunteers are read from their bytes as Protocol Buffers reads them. What each field tells is in
// facts_fields_test.cc.
#include "services/matching/convert/volunteer_reader.h"

#include <algorithm>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <optional>
#include <protozero/pbf_writer.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/unknown_field_set.h"

#include "brokerage/storage/v1/record.pb.h"
#include "reference/districts.h"
#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using storage::v1::VolunteerRecord;
using support::Parse;

constexpr int kField = VolunteerRecord::kVolunteerFieldNumber;

// Everything that a record may state.
constexpr char kWhole[] = R"(volunteer {
    name: "centres/ashford/volunteers/v1" display_name: "V" state: STATE_ON_BREAK
    contact { given_name: "V" family_name: "W" email: "v@example.org" phone: "01632 960145" postcode: "CT1 1AA"
              address_lines: "1 High Street" }
    date_of_birth { year: 2008 month: 6 day: 19 }
    home { postcode: "TN23 1PL" latitude: 51.125 longitude: 1.3125 district: "districts/E07000108"
           precision: PLACE_PRECISION_POSTCODE }
    travel_radius_m: 8000 accepts_remote: true
    skills { skill: "skills/cooking" level: 4 } skills { skill: "skills/spreadsheets" }
    availability {
      weekly { day_of_week: DAY_OF_WEEK_TUESDAY start_time { hours: 9 minutes: 30 }
               end_time { hours: 11 minutes: 30 } }
      weekly { day_of_week: DAY_OF_WEEK_SATURDAY start_time { hours: 23 } end_time { hours: 24 } }
      exceptions { start_time { seconds: 1200 nanos: 1 } end_time { seconds: 1800 nanos: 1 } kind: KIND_AWAY }
      exceptions { start_time { seconds: 600 } end_time { seconds: 660 } kind: KIND_EXTRA }
    }
    causes: "causes/environment" causes: "causes/care" languages: "cy" languages: "bfi"
    licences { kind: LICENCE_KIND_FIRST_AID expire_date { year: 2027 month: 3 day: 31 } }
    checks { level: CHECK_LEVEL_ENHANCED_BARRED workforces: WORKFORCE_CHILDREN workforces: WORKFORCE_OTHER
             barred_lists: BARRED_LIST_CHILDREN issue_date { year: 2024 month: 2 day: 29 }
             expire_date { year: 2027 month: 3 day: 31 } update_service: true seen_by: "S" }
    access_needs: "lift" access_needs: "step-free-access" sharing: SHARING_COUNTY placement_limit: 3
    consents { purpose: PURPOSE_GUARDIAN given_time { seconds: 5 nanos: 1 }
               withdrawn_time { seconds: 6 nanos: 1 } }
    notes: "N" last_contact_time { seconds: 7 nanos: 1 } break_until_date { year: 2026 month: 5 day: 4 }
    create_time { seconds: 8 nanos: 1 } update_time { seconds: 9 nanos: 1 } etag: "E" consistency_token: "T"
    possible_duplicates: "D" })";

// The fields that facts are made of.
const std::set<std::string>& FieldsRead() {
  static const std::set<std::string> fields = {
      "volunteer",
      "volunteer.access_needs",
      "volunteer.accepts_remote",
      "volunteer.availability",
      "volunteer.availability.exceptions",
      "volunteer.availability.exceptions.end_time",
      "volunteer.availability.exceptions.end_time.seconds",
      "volunteer.availability.exceptions.kind",
      "volunteer.availability.exceptions.start_time",
      "volunteer.availability.exceptions.start_time.seconds",
      "volunteer.availability.weekly",
      "volunteer.availability.weekly.day_of_week",
      "volunteer.availability.weekly.end_time",
      "volunteer.availability.weekly.end_time.hours",
      "volunteer.availability.weekly.end_time.minutes",
      "volunteer.availability.weekly.start_time",
      "volunteer.availability.weekly.start_time.hours",
      "volunteer.availability.weekly.start_time.minutes",
      "volunteer.break_until_date",
      "volunteer.break_until_date.day",
      "volunteer.break_until_date.month",
      "volunteer.break_until_date.year",
      "volunteer.causes",
      "volunteer.checks",
      "volunteer.checks.barred_lists",
      "volunteer.checks.expire_date",
      "volunteer.checks.expire_date.day",
      "volunteer.checks.expire_date.month",
      "volunteer.checks.expire_date.year",
      "volunteer.checks.issue_date",
      "volunteer.checks.issue_date.day",
      "volunteer.checks.issue_date.month",
      "volunteer.checks.issue_date.year",
      "volunteer.checks.level",
      "volunteer.checks.workforces",
      "volunteer.consents",
      "volunteer.consents.purpose",
      "volunteer.consents.withdrawn_time",
      "volunteer.date_of_birth",
      "volunteer.date_of_birth.day",
      "volunteer.date_of_birth.month",
      "volunteer.date_of_birth.year",
      "volunteer.display_name",
      "volunteer.home",
      "volunteer.home.district",
      "volunteer.home.latitude",
      "volunteer.home.longitude",
      "volunteer.home.postcode",
      "volunteer.home.precision",
      "volunteer.languages",
      "volunteer.licences",
      "volunteer.licences.expire_date",
      "volunteer.licences.expire_date.day",
      "volunteer.licences.expire_date.month",
      "volunteer.licences.expire_date.year",
      "volunteer.licences.kind",
      "volunteer.name",
      "volunteer.placement_limit",
      "volunteer.sharing",
      "volunteer.skills",
      "volunteer.skills.level",
      "volunteer.skills.skill",
      "volunteer.state",
      "volunteer.travel_radius_m",
  };
  return fields;
}

// All of them, so that equal words are equal facts.
std::string WordsOf(const matcher::VolunteerFacts& facts) {
  const auto& [name, centre, display_name, state, on_break_until, sharing, placement_limit, home,
               outcode_centroid, travel_radius_m, accepts_remote, skills, free, extra, away, causes,
               languages, licences, checks, birth_date, guardian_consent, access_needs] = facts;
  const auto number = [](const auto& value) { return value ? absl::StrCat(*value) : std::string("-"); };
  const auto point = [](const auto& at) {
    return at ? absl::StrCat(at->latitude_e7, ",", at->longitude_e7) : std::string("-");
  };
  std::string words = absl::StrCat(name, "|", centre, "|", display_name, "|", static_cast<int>(state), "|",
                                   number(on_break_until), "|", static_cast<int>(sharing), "|");
  absl::StrAppend(&words, placement_limit, "|", point(home), "|", point(outcode_centroid), "|",
                  number(travel_radius_m), "|", accepts_remote, "|", free.to_string(), "|", guardian_consent);
  for (const auto& skill : skills) absl::StrAppend(&words, "|skill ", skill.skill, " ", int{skill.level});
  for (const auto& interval : extra) absl::StrAppend(&words, "|extra ", interval.start_min, interval.end_min);
  for (const auto& interval : away) absl::StrAppend(&words, "|away ", interval.start_min, interval.end_min);
  for (const auto cause : causes) absl::StrAppend(&words, "|cause ", cause);
  for (const auto language : languages) absl::StrAppend(&words, "|language ", language);
  for (const auto& licence : licences) {
    absl::StrAppend(&words, "|licence ", licence.kind, " ", number(licence.expire_day));
  }
  for (const auto& check : checks) {
    absl::StrAppend(&words, "|check ", static_cast<int>(check.level), " ", int{check.workforces}, " ",
                    int{check.barred_lists}, " ", check.issue_day, " ", number(check.expire_day));
  }
  if (birth_date) absl::StrAppend(&words, "|born ", birth_date->year, " ", int{birth_date->month}, " ");
  if (birth_date) absl::StrAppend(&words, int{birth_date->day});
  for (const auto need : access_needs) absl::StrAppend(&words, "|need ", need);
  return words;
}

class VolunteerReaderTest : public ::testing::Test {
 protected:
  // Nothing: the bytes are no record.
  std::optional<std::string> Read(const std::string& bytes) const {
    VolunteerReader reader(tables_, *places_);
    const auto read = reader.Read(bytes, kField);
    EXPECT_EQ(read.code(), read.ok() ? absl::StatusCode::kOk : absl::StatusCode::kDataLoss);
    EXPECT_EQ(reader.facts().size(), read.ok() ? 1u : 0u);
    if (!read.ok()) return std::nullopt;
    return Words(reader, 0);
  }
  static std::string Words(const VolunteerReader& reader, std::size_t volunteer) {
    const HomeArea& area = reader.areas()[volunteer];
    return absl::StrCat(WordsOf(reader.facts()[volunteer]), "|", area.district, "|", area.outcode);
  }
  std::string Facts(const VolunteerRecord& record) const {
    return Read(record.SerializeAsString()).value_or("not read");
  }

  const ReferenceTables tables_ = ShippedTables(reference::KentDistricts());
  const std::shared_ptr<const reference::PlaceIndex> places_ =
      reference::ShippedPlaces(reference::KentDistricts());
};

using Path = std::vector<const FieldDescriptor*>;

std::string NameOf(const Path& path) {
  std::string name;
  for (const FieldDescriptor* const field : path) {
    absl::StrAppend(&name, name.empty() ? "" : ".", field->name());
  }
  return name;
}

bool IsThere(const Message& message, const FieldDescriptor* field) {
  const auto& reflection = *message.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : reflection.HasField(message, field);
}

// Every field at any depth, once; all are in `message`, lists with one item at least.
void AddPaths(const Message& message, const Path& to, std::vector<Path>& paths) {
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    Path path = to;
    path.push_back(field);
    paths.push_back(path);
    ASSERT_TRUE(IsThere(message, field)) << NameOf(path) << " is not in the whole record";
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    AddPaths(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, 0)
                                  : reflection.GetMessage(message, field),
             path, paths);
  }
}

// As it is without that field: below a list, of its first item.
VolunteerRecord Without(VolunteerRecord record, const Path& path) {
  Message* message = &record;
  for (const FieldDescriptor* const field : path) {
    const auto& reflection = *message->GetReflection();
    if (!IsThere(*message, field)) break;
    if (field == path.back()) {
      reflection.ClearField(message, field);
    } else if (field->is_repeated()) {
      message = reflection.MutableRepeatedMessage(message, field, 0);
    } else {
      message = reflection.MutableMessage(message, field);
    }
  }
  return record;
}

TEST_F(VolunteerReaderTest, WhatFactsAreMadeOfIsReadAndNothingElse) {
  const auto whole = Parse<VolunteerRecord>(kWhole);
  // A whole record hides it: its consent was withdrawn.
  const auto guarded = Parse<VolunteerRecord>("volunteer { consents { purpose: PURPOSE_GUARDIAN } }");
  std::vector<Path> paths;
  AddPaths(whole, {}, paths);
  std::set<std::string> read;
  for (const Path& path : paths) {
    for (const VolunteerRecord& record : {whole, guarded}) {
      if (Facts(Without(record, path)) != Facts(record)) read.insert(NameOf(path));
    }
  }
  std::vector<std::string> told_otherwise;
  std::set_symmetric_difference(read.begin(), read.end(), FieldsRead().begin(), FieldsRead().end(),
                                std::back_inserter(told_otherwise));
  EXPECT_THAT(told_otherwise, ::testing::IsEmpty());
}

TEST_F(VolunteerReaderTest, WhatComesTwiceIsMerged) {
  const std::vector<std::string> texts = {
      kWhole,
      "",
      "volunteer { consents { purpose: PURPOSE_GUARDIAN } }",
      "volunteer { name: 'centres/dover/volunteers/v2' state: STATE_LEFT accepts_remote: true }",
      "volunteer { home { postcode: 'CT1 1AA' } date_of_birth { day: 7 } break_until_date { month: 2 } }",
      "volunteer { home { latitude: 51.5 } travel_radius_m: 0 placement_limit: 1 sharing: SHARING_CENTRE }",
      "volunteer { home { longitude: 0.5 } skills { level: 2 } availability { weekly { } exceptions { } } }",
      "volunteer { licences { expire_date { } } checks { expire_date { } } consents { } causes: 'x' }",
  };
  for (const std::string& first : texts) {
    for (const std::string& second : texts) {
      const std::string bytes = Parse<VolunteerRecord>(first).SerializeAsString() +
                                Parse<VolunteerRecord>(second).SerializeAsString();
      VolunteerRecord merged;
      ASSERT_TRUE(merged.ParseFromString(bytes));
      EXPECT_EQ(Read(bytes), Facts(merged)) << first << "\n" << second;
    }
  }
}

TEST_F(VolunteerReaderTest, ARecordThatIsCutIsNoRecord) {
  const google::protobuf::LogSilencer silencer;
  const std::string bytes = Parse<VolunteerRecord>(kWhole).SerializeAsString();
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    VolunteerRecord record;
    const bool is_record = record.ParseFromString(bytes.substr(0, size));
    EXPECT_EQ(Read(bytes.substr(0, size)).has_value(), is_record) << size;
  }
}

TEST_F(VolunteerReaderTest, DamagedBytesAreReadAsTheyAreParsed) {
  const std::string bytes = Parse<VolunteerRecord>(kWhole).SerializeAsString();
  const google::protobuf::LogSilencer silencer;
  int both = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int damage : {1, 2, 8, 0x80, 0xff}) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ damage);
      const auto read = Read(damaged);
      VolunteerRecord record;
      if (!read || !record.ParseFromString(damaged)) continue;
      EXPECT_EQ(*read, Facts(record)) << at << " " << damage;
      ++both;
    }
  }
  EXPECT_GT(both, 1'000);
}

TEST_F(VolunteerReaderTest, UnknownFieldsArePassedOver) {
  const std::string whole = Facts(Parse<VolunteerRecord>(kWhole));
  auto record = Parse<VolunteerRecord>(kWhole);
  v1::Volunteer& volunteer = *record.mutable_volunteer();
  for (Message* const message : std::initializer_list<Message*>{
           &record, &volunteer, volunteer.mutable_home(), volunteer.mutable_skills(0),
           volunteer.mutable_availability()->mutable_weekly(0), volunteer.mutable_checks(0)}) {
    auto& unknown = *message->GetReflection()->MutableUnknownFields(message);
    unknown.AddVarint(1'000, ~uint64_t{0});
    unknown.AddFixed32(1'001, 1);
    unknown.AddFixed64(1'002, 1);
    unknown.AddLengthDelimited(1'003)->assign("\xff\xff");
    // A known number, of another type.
    unknown.AddFixed32(1, 1);
  }
  EXPECT_EQ(Facts(record), whole);
}

TEST_F(VolunteerReaderTest, ListsOfNumbersMayBePackedOrNot) {
  const auto bytes_of = [](const std::function<void(protozero::pbf_writer&)>& write_lists) {
    std::string check;
    protozero::pbf_writer writer(check);
    write_lists(writer);
    std::string volunteer;
    protozero::pbf_writer(volunteer).add_message(v1::Volunteer::kChecksFieldNumber, check);
    std::string record;
    protozero::pbf_writer(record).add_message(kField, volunteer);
    return record;
  };
  using Check = common::v1::HeldCheck;
  const std::vector<int> both = {1, 2};
  const auto packed = Read(bytes_of([&](protozero::pbf_writer& check) {
    check.add_packed_enum(Check::kWorkforcesFieldNumber, both.begin(), both.end());
    check.add_packed_enum(Check::kBarredListsFieldNumber, both.begin(), both.end());
  }));
  const auto apart = Read(bytes_of([&](protozero::pbf_writer& check) {
    for (const int word : both) check.add_enum(Check::kWorkforcesFieldNumber, word);
    for (const int word : both) check.add_enum(Check::kBarredListsFieldNumber, word);
  }));
  EXPECT_EQ(packed, apart);
  EXPECT_EQ(packed, Facts(Parse<VolunteerRecord>(
                        "volunteer { checks { workforces: WORKFORCE_CHILDREN workforces: WORKFORCE_ADULTS "
                        "barred_lists: BARRED_LIST_CHILDREN barred_lists: BARRED_LIST_ADULTS } }")));
}

TEST_F(VolunteerReaderTest, NothingOfOneIsLeftForTheNext) {
  const std::string whole = Parse<VolunteerRecord>(kWhole).SerializeAsString();
  VolunteerReader reader(tables_, *places_);
  ASSERT_TRUE(reader.Read(whole, kField).ok());
  ASSERT_TRUE(reader.Read(whole, kField).ok());
  ASSERT_EQ(reader.facts().size(), 2u);
  reader.Clear();
  ASSERT_TRUE(reader.Read("", kField).ok());
  EXPECT_FALSE(reader.Read(whole.substr(0, whole.size() / 2), kField).ok());
  ASSERT_TRUE(reader.Read(whole, kField).ok());
  ASSERT_EQ(reader.facts().size(), 2u);
  ASSERT_EQ(reader.areas().size(), 2u);
  EXPECT_EQ(Words(reader, 0), absl::StrCat(WordsOf(matcher::VolunteerFacts()), "||"));
  EXPECT_EQ(Words(reader, 1), Facts(Parse<VolunteerRecord>(kWhole)));
}

}  // namespace
}  // namespace brokerage::matching

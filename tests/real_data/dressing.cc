#include "tests/real_data/dressing.h"

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "apps/demo/notation.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/files.h"

namespace brokerage::real_data {
namespace {

using matching::v1::Opportunity;

constexpr absl::string_view kHeader =
    "source,id,centre,place,skills,schedule,minimum_coverage_bp,places,ages,guardian_consent,check,licences,"
    "languages,"
    "causes,access_support,sharing,standing";
constexpr absl::string_view kFile = "tests/real_data/dressing.csv";

enum Column : std::size_t {
  kSource,
  kId,
  kCentre,
  kPlace,
  kSkills,
  kSchedule,
  kCoverage,
  kPlaces,
  kAges,
  kGuardian,
  kCheck,
  kLicences,
  kLanguages,
  kCauses,
  kSupport,
  kSharing,
  kStanding,
  kColumns
};

// Nothing for an empty field.
absl::StatusOr<std::optional<int>> ParseNumber(absl::string_view text) {
  if (text.empty()) return std::nullopt;
  int number = 0;
  if (!absl::SimpleAtoi(text, &number)) return absl::InvalidArgumentError(absl::StrCat("no number: ", text));
  return number;
}

absl::Status AddNumbers(const std::vector<std::string>& fields, Opportunity& role) {
  const auto coverage = ParseNumber(fields[kCoverage]);
  if (!coverage.ok()) return coverage.status();
  if (*coverage) role.set_minimum_coverage_bp(**coverage);
  const auto places = ParseNumber(fields[kPlaces]);
  if (!places.ok()) return places.status();
  if (*places) role.set_places(**places);
  const std::pair<std::string, std::string> ages = absl::StrSplit(fields[kAges], absl::MaxSplits('-', 1));
  const auto youngest = ParseNumber(ages.first);
  if (!youngest.ok()) return youngest.status();
  if (*youngest) role.set_minimum_age(**youngest);
  const auto oldest = ParseNumber(ages.second);
  if (!oldest.ok()) return oldest.status();
  if (*oldest) role.set_maximum_age(**oldest);
  return absl::OkStatus();
}

absl::Status AddRequirements(const std::vector<std::string>& fields, Opportunity& role) {
  const auto skills = demo::ParseWantedSkills(fields[kSkills]);
  if (!skills.ok()) return skills.status();
  for (const auto& skill : *skills) *role.add_skills() = skill;
  const auto check = demo::ParseRequiredCheck(fields[kCheck]);
  if (!check.ok()) return check.status();
  if (check->level() != common::v1::CHECK_LEVEL_UNSPECIFIED) *role.mutable_required_check() = *check;
  const auto licences = demo::ParseLicences(fields[kLicences]);
  if (!licences.ok()) return licences.status();
  for (const auto licence : *licences) role.add_licences(licence);
  for (const std::string& language : demo::Words(fields[kLanguages])) role.add_languages(language);
  for (const std::string& cause : demo::Words(fields[kCauses]))
    role.add_causes(absl::StrCat("causes/", cause));
  for (const std::string& support : demo::Words(fields[kSupport])) role.add_access_support(support);
  return absl::OkStatus();
}

absl::StatusOr<Dressing> ParseRow(const std::vector<std::string>& fields) {
  if (fields.size() != kColumns)
    return absl::InvalidArgumentError(absl::StrCat("has ", fields.size(), " fields"));
  Dressing dressing;
  Opportunity& role = dressing.role;
  dressing.centre = fields[kCentre];
  if (fields[kPlace] == "own") {
    dressing.place_of_row = true;
  } else if (fields[kPlace] == "remote") {
    role.set_remote(true);
  } else {
    role.mutable_place()->set_postcode(fields[kPlace]);
  }
  if (fields[kSchedule] == "sessions") {
    dressing.sessions_of_row = true;
  } else {
    const auto schedule = demo::ParseSchedule(fields[kSchedule], base::LondonTimeZone());
    if (!schedule.ok()) return schedule.status();
    if (schedule->kind_case() != matching::v1::Schedule::KIND_NOT_SET) *role.mutable_schedule() = *schedule;
  }
  if (const absl::Status status = AddNumbers(fields, role); !status.ok()) return status;
  if (const absl::Status status = AddRequirements(fields, role); !status.ok()) return status;
  role.set_guardian_consent(fields[kGuardian] == "yes");
  role.set_sharing(fields[kSharing] == "county" ? common::v1::SHARING_COUNTY : common::v1::SHARING_CENTRE);
  dressing.paused = fields[kStanding] == "paused";
  dressing.organisation_suspended = fields[kStanding] == "suspended";
  return dressing;
}

}  // namespace

absl::StatusOr<DressingTable> ParseDressing(absl::string_view csv) {
  DressingTable table;
  absl::Status status;
  bool first = true;
  base::ReadCsv(csv, [&](const base::CsvRow& row) {
    const auto fail = [&](absl::string_view why) {
      status = absl::InvalidArgumentError(absl::StrCat("line ", row.line, ": ", why));
      return false;
    };
    if (!row.fault.empty()) return fail(row.fault);
    if (first) {
      first = false;
      return absl::StrJoin(row.fields, ",") == kHeader || fail("unknown columns");
    }
    auto dressing = ParseRow(row.fields);
    if (!dressing.ok()) return fail(dressing.status().message());
    if (!table.emplace(std::make_pair(row.fields[kSource], row.fields[kId]), *std::move(dressing)).second) {
      return fail("the same role twice");
    }
    return true;
  });
  if (!status.ok()) return status;
  return table;
}

absl::StatusOr<DressingTable> LoadDressing() {
  const auto csv = base::ReadFile(std::string(kFile));
  if (!csv.ok()) return csv.status();
  return ParseDressing(*csv);
}

}  // namespace brokerage::real_data

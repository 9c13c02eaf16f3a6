#include "tests/real_data/real_roles.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "apps/demo/notation.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/files.h"
#include "base/text.h"
#include "services/rpc/validate.h"

namespace brokerage::real_data {
namespace {

using matching::v1::Opportunity;
using nlohmann::json;

constexpr int64_t kMaxSessionMinutes = 7 * 24 * 60;

// Empty when it is missing or no text.
std::string TextOf(const json& row, const char* field) {
  const auto found = row.find(field);
  return found != row.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<double> NumberOf(const json& row, const char* field) {
  const auto found = row.find(field);
  if (found == row.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<absl::Time> MomentOf(const json& session, const char* field) {
  absl::CivilSecond civil;
  if (!absl::ParseCivilTime(TextOf(session, field), &civil)) return std::nullopt;
  return absl::FromCivil(civil, base::LondonTimeZone());
}

// "<p>" and the like: a text that was written for a browser.
bool HasMarkup(absl::string_view text) {
  for (std::size_t at = text.find('<'); at != absl::string_view::npos; at = text.find('<', at + 1)) {
    const absl::string_view rest = text.substr(at + 1);
    if (rest.empty()) continue;
    const auto next = static_cast<unsigned char>(rest.front());
    if ((absl::ascii_isalpha(next) || next == '/' || next == '!') &&
        rest.find('>') != absl::string_view::npos) {
      return true;
    }
  }
  return false;
}

// Why the session cannot be; empty when it can.
std::string FaultOfSession(const std::optional<absl::Time>& start, const std::optional<absl::Time>& end) {
  if (!start) return "has no start";
  if (!end) return "has no end";
  if (*end <= *start) return "ends before it starts";
  const int64_t seconds = absl::ToInt64Seconds(*end - *start);
  if (absl::ToUnixSeconds(*start) % 60 != 0 || seconds % 60 != 0) return "is not on whole minutes";
  if (seconds > kMaxSessionMinutes * 60) {
    return absl::StrCat("lasts ", seconds / 86'400, " days; 7 is the most");
  }
  return "";
}

void AddSessions(const json& row, Opportunity& role, std::vector<std::string>& reasons) {
  const auto sessions = row.find("sessions");
  if (sessions == row.end() || !sessions->is_array() || sessions->empty()) {
    reasons.emplace_back("sessions: none is given");
    return;
  }
  for (std::size_t i = 0; i < sessions->size(); ++i) {
    const json& session = (*sessions)[i];
    const auto start = MomentOf(session, "start");
    const auto end = MomentOf(session, "end");
    if (std::string fault = FaultOfSession(start, end); !fault.empty()) {
      reasons.push_back(absl::StrCat("sessions[", i, "]: ", fault));
      continue;
    }
    *role.mutable_schedule()->mutable_dated()->add_sessions() =
        demo::MakeSession(*start, static_cast<int>(absl::ToInt64Minutes(*end - *start)));
  }
}

void AddPlace(const json& row, Opportunity& role, std::vector<std::string>& reasons) {
  if (const std::string postcode = TextOf(row, "postcode"); !postcode.empty()) {
    role.mutable_place()->set_postcode(postcode);
    return;
  }
  const auto latitude = NumberOf(row, "lat");
  const auto longitude = NumberOf(row, "lon");
  if (!latitude || !longitude || (*latitude == 0 && *longitude == 0)) {
    reasons.emplace_back("place: neither a postcode nor coordinates");
    return;
  }
  role.mutable_place()->set_latitude(*latitude);
  role.mutable_place()->set_longitude(*longitude);
}

// The texts of a row.
void AddTexts(const json& row, Opportunity& role, std::vector<std::string>& reasons) {
  role.set_title(std::string(absl::StripAsciiWhitespace(TextOf(row, "title"))));
  role.set_description(std::string(
      absl::StripAsciiWhitespace(absl::StrReplaceAll(TextOf(row, "description"), {{"\r\n", "\n"}}))));
  if (HasMarkup(role.title())) reasons.emplace_back("title: holds markup");
  if (HasMarkup(role.description())) reasons.emplace_back("description: holds markup");
}

// The organisation of a row, by name, or by id where the platform gives no name.
void SetOrganisation(const json& row, RealRole& result, std::vector<std::string>& reasons) {
  const std::string name(absl::StripAsciiWhitespace(TextOf(row, "organisation")));
  const std::string id = TextOf(row, "organisation_id");
  if (!name.empty()) {
    result.organisation_key = base::FoldCase(name);
    result.organisation_name = name;
  } else if (!id.empty()) {
    result.organisation_key = base::FoldCase(id);
    result.organisation_name =
        absl::StrCat("Organisation ", id.substr(0, 8), " at ", TextOf(row, "platform_host"));
  } else {
    reasons.emplace_back("organisation: none is given");
  }
}

struct ReadRow {
  RealRole role;
  std::vector<std::string> reasons;
};

ReadRow ReadOne(absl::string_view source, const json& row, const DressingTable& table) {
  ReadRow result;
  RealRole& role = result.role;
  role.source = std::string(source);
  if (!row.is_object()) {
    result.reasons.emplace_back("is no record");
    return result;
  }
  role.id = TextOf(row, "id");
  const auto dressing = table.find({role.source, role.id});
  if (dressing == table.end()) {
    result.reasons.emplace_back("id: nothing is said about this role");
    return result;
  }
  role.centre = absl::StrCat("centres/", dressing->second.centre);
  role.opportunity = dressing->second.role;
  role.paused = dressing->second.paused;
  role.organisation_suspended = dressing->second.organisation_suspended;
  AddTexts(row, role.opportunity, result.reasons);
  SetOrganisation(row, role, result.reasons);
  if (dressing->second.place_of_row) AddPlace(row, role.opportunity, result.reasons);
  if (dressing->second.sessions_of_row) AddSessions(row, role.opportunity, result.reasons);
  base::Violations violations;
  rpc::CheckMessage(role.opportunity, "", violations);
  for (const auto& [field, description] : violations.fields()) {
    result.reasons.push_back(absl::StrCat(field, ": ", description));
  }
  return result;
}

}  // namespace

absl::StatusOr<RealRoles> ReadRealRoles(absl::string_view source, absl::string_view text,
                                        const DressingTable& dressing) {
  const json rows = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!rows.is_array()) return absl::InvalidArgumentError(absl::StrCat(source, ": is no list of records"));
  RealRoles result;
  std::set<std::string> seen;
  for (const json& row : rows) {
    ReadRow read = ReadOne(source, row, dressing);
    if (!read.role.id.empty() && !seen.insert(read.role.id).second)
      read.reasons.emplace_back("id: given twice");
    if (read.reasons.empty()) {
      result.roles.push_back(std::move(read.role));
    } else {
      result.refused.push_back({read.role.source, read.role.id, std::move(read.reasons)});
    }
  }
  return result;
}

absl::StatusOr<RealRoles> LoadRealRoles(const std::string& dir, const DressingTable& dressing) {
  constexpr std::array<std::pair<absl::string_view, absl::string_view>, 3> kFiles = {
      {{"kent", "opportunities_kent_real.json"},
       {"doit", "opportunities_uk_doit.json"},
       {"teamkinetic", "opportunities_uk_teamkinetic.json"}}};
  RealRoles all;
  std::set<std::string> seen;
  for (const auto& [source, file] : kFiles) {
    const auto text = base::ReadFile(absl::StrCat(dir, "/opportunities/", file));
    if (!text.ok()) return text.status();
    auto some = ReadRealRoles(source, *text, dressing);
    if (!some.ok()) return some.status();
    for (RefusedRow& refused : some->refused) all.refused.push_back(std::move(refused));
    for (RealRole& role : some->roles) {
      if (seen.insert(role.id).second) {
        all.roles.push_back(std::move(role));
      } else {
        all.refused.push_back({role.source, role.id, {"id: an earlier file has this role"}});
      }
    }
  }
  return all;
}

}  // namespace brokerage::real_data

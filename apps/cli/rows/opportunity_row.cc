#include "apps/cli/rows/opportunity_row.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "apps/cli/rows/cells.h"
#include "apps/cli/rows/holdings.h"
#include "apps/cli/rows/opportunity_schedule.h"

namespace brokerage::cli {
namespace {

using matching::v1::Opportunity;

constexpr absl::string_view kSkillsColumn = "required_skills or wanted_skills";

const std::vector<FieldColumn>& Fields() {
  static const auto& fields = *new std::vector<FieldColumn>{
      {"organisation", "organisation"},
      {"title", "title"},
      {"description", "description"},
      {"place", "postcode"},
      {"place.latitude", "latitude"},
      {"place.longitude", "longitude"},
      {"remote", "remote"},
      {"skills", std::string(kSkillsColumn)},
      {"schedule.weekly", "weekly"},
      {"schedule.dated", "sessions"},
      {"schedule.dated.recurrence", "recurrence"},
      {"schedule.dated.recurrence.exdates", "left_out"},
      {"schedule.flexible", "flexible_time"},
      {"schedule.flexible.minimum_block_minutes", "flexible_block"},
      {"schedule.flexible.windows", "flexible_windows"},
      {"minimum_coverage_bp", "minimum_coverage"},
      {"places", "places"},
      {"minimum_age", "minimum_age"},
      {"maximum_age", "maximum_age"},
      {"guardian_consent", "guardian_consent"},
      {"required_check", "check_level"},
      {"required_check.workforces", "check_workforces"},
      {"required_check.barred_lists", "check_barred_lists"},
      {"required_check.eligibility_basis", "check_eligibility"},
      {"licences", "licences"},
      {"languages", "languages"},
      {"causes", "causes"},
      {"access_support", "access_support"},
      {"sharing", "sharing"},
  };
  return fields;
}

void ReadPlace(RowReader& row, Opportunity* opportunity) {
  opportunity->set_remote(row.Read("remote", ParseYesNo).value_or(false));
  const auto latitude = row.Read("latitude", ParseDegrees);
  const auto longitude = row.Read("longitude", ParseDegrees);
  if (row.Has("latitude") != row.Has("longitude")) {
    row.Fault(row.Has("latitude") ? "longitude" : "latitude", "is needed beside the other");
  }
  if (row.Has("postcode") && row.Has("latitude"))
    row.Fault("postcode", "and latitude are two places: give one");
  if (opportunity->remote() && (row.Has("postcode") || row.Has("latitude"))) {
    row.Fault("remote", "cannot be yes beside a place: give one");
    return;
  }
  if (latitude && longitude) {
    opportunity->mutable_place()->set_latitude(*latitude);
    opportunity->mutable_place()->set_longitude(*longitude);
  } else if (row.Has("postcode")) {
    opportunity->mutable_place()->set_postcode(std::string(row.Cell("postcode")));
  }
}

void ReadSkills(RowReader& row, const Words& words, absl::string_view column, bool required,
                Opportunity* opportunity) {
  for (SkillEntry& entry :
       row.ReadList(column, [&](absl::string_view text) { return ParseSkillEntry(text, words); })) {
    auto* skill = opportunity->add_skills();
    skill->set_skill(std::move(entry.skill));
    if (entry.level) skill->set_level(*entry.level);
    if (entry.importance) skill->set_importance(*entry.importance);
    skill->set_required(required);
  }
}

void ReadCheck(RowReader& row, Opportunity* opportunity) {
  const bool others =
      row.Has("check_workforces") || row.Has("check_barred_lists") || row.Has("check_eligibility");
  if (!row.Has("check_level")) {
    if (others) row.Fault("check_level", "is needed beside the other columns of the check");
    return;
  }
  auto* check = opportunity->mutable_required_check();
  for (const auto workforce : row.ReadList("check_workforces", ParseEnum<common::v1::Workforce>)) {
    check->add_workforces(workforce);
  }
  for (const auto list : row.ReadList("check_barred_lists", ParseEnum<common::v1::BarredList>)) {
    check->add_barred_lists(list);
  }
  for (const auto basis : row.ReadList("check_eligibility", ParseEnum<common::v1::EligibilityBasis>)) {
    check->add_eligibility_basis(basis);
  }
  const auto level = row.Read("check_level", ParseEnum<common::v1::CheckLevel>);
  const bool with_lists = level == common::v1::CHECK_LEVEL_ENHANCED && row.Has("check_barred_lists");
  if (level) check->set_level(with_lists ? common::v1::CHECK_LEVEL_ENHANCED_BARRED : *level);
}

void ReadRequirements(RowReader& row, const Words& words, Opportunity* opportunity) {
  ReadSkills(row, words, "required_skills", true, opportunity);
  ReadSkills(row, words, "wanted_skills", false, opportunity);
  if (const auto age = row.Read("minimum_age", ParseWhole)) opportunity->set_minimum_age(*age);
  if (const auto age = row.Read("maximum_age", ParseWhole)) opportunity->set_maximum_age(*age);
  opportunity->set_guardian_consent(row.Read("guardian_consent", ParseYesNo).value_or(false));
  ReadCheck(row, opportunity);
  for (const auto licence : row.ReadList("licences", ParseEnum<common::v1::LicenceKind>)) {
    opportunity->add_licences(licence);
  }
  for (auto& language :
       row.ReadList("languages", [&](absl::string_view text) { return words.Language(text); })) {
    opportunity->add_languages(std::move(language));
  }
  for (auto& cause : row.ReadList("causes", [&](absl::string_view text) { return words.Cause(text); })) {
    opportunity->add_causes(std::move(cause));
  }
  for (auto& need :
       row.ReadList("access_support", [&](absl::string_view text) { return words.AccessNeed(text); })) {
    opportunity->add_access_support(std::move(need));
  }
}

void ReadState(RowReader& row, OpportunityRow* result) {
  const auto state = row.Read("state", ParseEnum<Opportunity::State>);
  if (!state) return;
  if (*state > Opportunity::STATE_OPEN) {
    row.Fault("state",
              "is reached by what happens here and not by an import: write draft, submitted or open");
    return;
  }
  result->state = *state;
  if (*state == Opportunity::STATE_DRAFT) return;
  const std::string reason =
      absl::StrCat("is needed for the state ", EnumWord(*Opportunity::State_descriptor(), *state));
  if (result->organisation.empty()) row.Fault("organisation", reason);
  const bool remote_unread = row.Has("remote") && !ParseYesNo(row.Cell("remote")).ok();
  if (!result->opportunity.remote() && !remote_unread && !row.Has("postcode") && !row.Has("latitude")) {
    row.Fault("postcode", absl::StrCat(reason, ", unless it is remote"));
  }
}

}  // namespace

const std::vector<Column>& OpportunityColumns() {
  static const auto& columns = *new std::vector<Column>{
      {"external_id", "Your own number for the row: not stored, but named in every report", "R-104"},
      {"organisation", "Its name, an identifier such as GB-CHC-1001778, or organisations/ID",
       "Ashford Foodbank"},
      {"title", "What it is called", "Kitchen helper", true},
      {"description", "What one does there", "Helps to cook and serve a warm lunch."},
      {"postcode", "Where it happens", "TN23 1PL", false, "place"},
      {"latitude", "The same in degrees north, with longitude, when there is no postcode", "", false,
       "place"},
      {"longitude", "Degrees east", "", false, "place"},
      {"remote", "yes when it is done from anywhere; then no place", "no", false, "place"},
      {"required_skills",
       "Without these, at that level, someone is no match: first-aid:3*5 is level 3, importance 5",
       "Food hygiene:2*5", false, "skills"},
      {"wanted_skills", "These count towards the score", "cooking; teamwork*2", false, "skills"},
      {"weekly", "All these windows, every week; each grows to the half hour", "Mon-Fri 09:00-12:30", false,
       "schedule"},
      {"sessions", "Or these dates: 2026-12-05 09:00 3h; 2026-12-12 09:00-12:00", "", false, "schedule"},
      {"recurrence", "And, or instead, from a first one on: 2026-12-01 19:00 2h FREQ=WEEKLY;BYDAY=TU", "",
       false, "schedule"},
      {"left_out", "without these dates: 2026-12-29; 2027-01-05", "", false, "schedule"},
      {"flexible_time", "Or so much time a week: 3h, 90 min", "", false, "schedule"},
      {"flexible_block", "in pieces of at least this; empty: 1h", "", false, "schedule"},
      {"flexible_windows", "within these windows; empty: at any time", "", false, "schedule"},
      {"minimum_coverage", "The least share of its time that a volunteer must cover: 50%", "50%"},
      {"places", "How many people it needs; empty: 1", "3"},
      {"minimum_age", "On the first date", "16", false, "age"},
      {"maximum_age", "On the last date", "", false, "age"},
      {"guardian_consent", "yes when those under 18 need it", "yes"},
      {"check_level", "The DBS check: none, basic, standard or enhanced", "enhanced", false, "check"},
      {"check_workforces", "children, adults, other", "adults", false, "check"},
      {"check_barred_lists", "children, adults: for regulated activity", "", false, "check"},
      {"check_eligibility",
       "Why it may be asked: none, exceptions-order, work-with-children, work-with-adults, "
       "regulated-activity-children, regulated-activity-adults",
       "work-with-adults", false, "check"},
      {"licences", "Licences that it asks for", "food-hygiene"},
      {"languages", "Codes or names that it asks for", "en"},
      {"causes", "What it serves: id, label or synonym", "anti-poverty"},
      {"access_support", "Support that it offers: id or label", "step-free-access"},
      {"sharing", "centre or county", "county"},
      {"state", "draft (as when empty), submitted or open", "open"},
  };
  return columns;
}

OpportunityRow ReadOpportunityRow(RowReader& row, const Words& words) {
  OpportunityRow result;
  Opportunity& opportunity = result.opportunity;
  result.organisation = std::string(row.Cell("organisation"));
  opportunity.set_title(std::string(row.Cell("title")));
  if (opportunity.title().empty()) row.Fault("title", "is needed");
  opportunity.set_description(std::string(row.Cell("description")));
  ReadPlace(row, &opportunity);
  ReadRequirements(row, words, &opportunity);
  for (const auto& skill : opportunity.skills()) result.required_skill_count += skill.required() ? 1 : 0;
  if (auto schedule = ReadSchedule(row)) *opportunity.mutable_schedule() = *std::move(schedule);
  if (const auto share = row.Read("minimum_coverage", ParsePercent))
    opportunity.set_minimum_coverage_bp(*share);
  if (const auto places = row.Read("places", ParseWhole)) opportunity.set_places(*places);
  if (const auto sharing = row.Read("sharing", ParseEnum<common::v1::Sharing>))
    opportunity.set_sharing(*sharing);
  ReadState(row, &result);
  return result;
}

std::string OpportunityColumnOf(const OpportunityRow& row, absl::string_view field) {
  std::string column = ColumnOfField(Fields(), "opportunity", field);
  if (column != kSkillsColumn) return column;
  const std::size_t open = field.find("skills[");
  int index = 0;
  if (open == absl::string_view::npos ||
      !absl::SimpleAtoi(field.substr(open + 7, field.find(']') - open - 7), &index)) {
    return row.required_skill_count > 0 ? "required_skills" : "wanted_skills";
  }
  return index < row.required_skill_count ? "required_skills" : "wanted_skills";
}

}  // namespace brokerage::cli

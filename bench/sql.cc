// Everything that is the same for all rows is worked out here and written as a number; what rows differ in is
// left to the database.
#include "bench/sql.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"

#include "bench/rows.h"

namespace brokerage::bench {
namespace {

constexpr int kFullCredit = 120;
constexpr int kWantedColumns = 5;
constexpr double kMetresPerDegree = 111'190;
constexpr double kBoxSlackM = 10;

// matcher/distance.cc, in the same order of operations.
std::string DistanceSql(absl::string_view lat_a, absl::string_view lon_a, absl::string_view lat_b,
                        absl::string_view lon_b) {
  constexpr absl::string_view kUnit = "(pi() / 180.0::float8 / 1e7::float8)";
  return absl::Substitute(
      "floor(2 * 6371008.8::float8 * asin(least(1.0::float8, sqrt("
      "sin(($2 * $4 - $0 * $4) / 2) * sin(($2 * $4 - $0 * $4) / 2) + cos($0 * $4) * cos($2 * $4) * "
      "(sin(($3 - $1) * $4 / 2) * sin(($3 - $1) * $4 / 2))))) + 0.5)::bigint",
      lat_a, lon_a, lat_b, lon_b, kUnit);
}

// R(a, b) of matcher/round.h.
std::string Rounded(absl::string_view a, absl::string_view b) {
  return absl::Substitute("((2 * ($0) + ($1)) / (2 * ($1)))", a, b);
}

// Who sees only what is shared with their centre needs no other test of sharing.
std::string Visible(const matcher::Visibility& visibility) {
  if (visibility.sees_all) return "true";
  return absl::Substitute("(centre = $0 OR county)", CentreNumber(visibility.centre));
}

std::string IntArray(const std::vector<int>& numbers) {
  return absl::StrCat("'{", absl::StrJoin(numbers, ","), "}'::int[]");
}

std::string CausesPart(uint64_t met, const matcher::Weights& weights) {
  return absl::StrFormat("CASE WHEN causes & %d <> 0 THEN %d ELSE 0 END", met,
                         int64_t{weights.causes} * 1'000'000);
}

// R(Σ weight · part, Σ weight), of which causes, and only they, may be absent.
std::string Score(const std::vector<std::string>& parts, int64_t weight, const std::string& causes,
                  bool role_states_causes, const matcher::Weights& weights) {
  const std::string sum = absl::StrJoin(parts, " + ");
  if (!role_states_causes) return weight == 0 ? "0::bigint" : Rounded(sum, absl::StrCat(weight));
  const std::string all_weights =
      absl::Substitute("CASE WHEN causes = 0 THEN $0 ELSE $1 END", weight, weight + weights.causes);
  return Rounded(absl::StrCat(sum, " + ", causes), all_weights);
}

std::string SkillsPart(const RoleRow& role) {
  std::vector<std::string> earned;
  for (const matcher::WantedSkill& wanted : role.skills) {
    std::vector<int> worth;
    for (int code = 0; code < kCreditCodes; ++code)
      worth.push_back(wanted.importance * CreditOf(code, wanted.level));
    earned.push_back(absl::Substitute("($0)[get_byte(credits, $1) + 1]", IntArray(worth), wanted.skill));
  }
  return Rounded(absl::StrCat("1000000::bigint * (", absl::StrJoin(earned, " + "), ")"),
                 absl::StrCat(kFullCredit * role.importance));
}

std::string CoveredSql(const RoleRow& role) {
  if (role.kind == RoleRow::kWeekly)
    return absl::StrFormat("bit_count(free & X'%s') * 30", HexOf(role.windows));
  return absl::StrFormat("least(%d, free_hours)::bigint", role.committed);
}

std::vector<std::string> VolunteerConditions(const RoleRow& role, const matcher::Visibility& visibility) {
  std::vector<std::string> conditions = {"available", Visible(visibility)};
  if (role.remote) conditions.push_back("remote");
  if (visibility.sees_all && !role.county)
    conditions.push_back(absl::StrFormat("(county OR centre = %d)", role.centre));
  for (const matcher::WantedSkill& wanted : role.skills) {
    if (wanted.required) {
      conditions.push_back(
          absl::StrFormat("get_byte(credits, %d) >= %d", wanted.skill, wanted.level * kLevels));
    }
  }
  if (role.check.level != matcher::CheckLevel::kNone) {
    conditions.push_back(absl::StrFormat("check_level >= %d", static_cast<int>(role.check.level)));
    if (role.check.workforces != 0)
      conditions.push_back(absl::StrFormat("workforces & %1$d = %1$d", role.check.workforces));
    if (role.check.barred_lists != 0)
      conditions.push_back(absl::StrFormat("barred_lists & %1$d = %1$d", role.check.barred_lists));
  }
  if (role.licences != 0) conditions.push_back(absl::StrFormat("licences & %1$d = %1$d", role.licences));
  if (role.languages != 0) conditions.push_back(absl::StrFormat("languages & %1$d = %1$d", role.languages));
  if (role.born_by.has_value()) conditions.push_back(absl::StrCat("birth <= ", *role.born_by));
  if (role.born_from.has_value()) conditions.push_back(absl::StrCat("birth >= ", *role.born_from));
  if (role.kind != RoleRow::kUnscheduled && role.minimum_coverage_bp > 0) {
    conditions.push_back(
        absl::StrFormat("10000 * (%s) >= %d", CoveredSql(role), role.minimum_coverage_bp * role.committed));
  }
  return conditions;
}

std::string VolunteersSql(const VolunteersQuestion& question, const matcher::Taxonomies& taxonomies) {
  const RoleRow role = RowOf(question.role, 0, taxonomies);
  const matcher::Weights& weights = question.weights;
  std::vector<std::string> conditions = VolunteerConditions(role, question.visibility);
  std::vector<std::string> parts;
  int64_t weight = 0;
  if (!role.skills.empty()) {
    parts.push_back(absl::StrCat(weights.skills, " * ", SkillsPart(role)));
    weight += weights.skills;
  }
  weight += weights.location;
  std::string from = "records";
  if (role.remote) {
    parts.push_back(absl::StrCat(int64_t{weights.location} * 1'000'000, "::bigint"));
  } else {
    const std::string latitude = absl::StrCat(role.place->latitude_e7);
    const std::string longitude = absl::StrCat(role.place->longitude_e7);
    conditions.push_back("radius IS NOT NULL AND home_lat IS NOT NULL");
    conditions.push_back(
        absl::Substitute("reach(home_lat, home_lon, centroid_lat, centroid_lon, radius) && ST_Point($0 / "
                         "1e7::float8, $1 / 1e7::float8)",
                         longitude, latitude));
    const std::string distance =
        absl::StrFormat("CASE WHEN centre = %d THEN %s ELSE %s END", role.centre,
                        DistanceSql("home_lat", "home_lon", latitude, longitude),
                        DistanceSql("centroid_lat", "centroid_lon", latitude, longitude));
    // OFFSET 0 keeps the distance from being worked out twice.
    from = absl::Substitute("(SELECT *, $0 AS distance FROM records WHERE $1 OFFSET 0) AS near", distance,
                            absl::StrJoin(conditions, " AND "));
    conditions = {"distance <= radius"};
    parts.push_back(
        absl::StrCat(weights.location, " * ", Rounded("1000000 * (radius - distance)", "radius")));
  }
  if (role.kind != RoleRow::kUnscheduled) {
    parts.push_back(
        absl::StrCat(weights.availability, " * ",
                     Rounded(absl::StrCat("1000000 * ", CoveredSql(role)), absl::StrCat(role.committed))));
    weight += weights.availability;
  }
  const std::string score =
      Score(parts, weight, CausesPart(role.causes_met, weights), role.causes != 0, weights);
  return absl::Substitute(
      "SELECT key, score AS rank, score FROM (SELECT key, $0 AS score FROM $1 WHERE $2) AS scored "
      "ORDER BY score DESC, key LIMIT $3",
      score, from, absl::StrJoin(conditions, " AND "), kTop);
}

// Credits of one volunteer for every skill and wanted level, in the order that CreditAt reads.
std::string CreditsSql(const VolunteerRow& volunteer) {
  std::vector<int> credits;
  for (const uint8_t code : volunteer.credits) {
    for (int level = 1; level < kLevels; ++level) credits.push_back(CreditOf(code, level));
  }
  return IntArray(credits);
}

std::string CreditAt(const std::string& credits, int column) {
  return absl::Substitute("($0)[s$1 * 5 + l$1]", credits, column);
}

std::string RolesSql(const RolesQuestion& question, const matcher::Taxonomies& taxonomies) {
  const VolunteerRow volunteer = RowOf(question.volunteer, {}, taxonomies);
  const matcher::Weights& weights = question.weights;
  const std::string credits = CreditsSql(volunteer);
  std::vector<std::string> required;
  std::vector<std::string> earned;
  for (int column = 1; column <= kWantedColumns; ++column) {
    required.push_back(
        absl::Substitute("(r$0 = 0 OR $1 = $2)", column, CreditAt(credits, column), kFullCredit));
    earned.push_back(absl::Substitute("i$0 * $1", column, CreditAt(credits, column)));
  }
  const std::string latitude = absl::StrCat(volunteer.home->latitude_e7);
  const std::string longitude = absl::StrCat(volunteer.home->longitude_e7);
  const std::string distance =
      absl::StrFormat("CASE WHEN remote THEN 0 WHEN centre = %d THEN %s ELSE %s END", volunteer.centre,
                      DistanceSql(latitude, longitude, "place_lat", "place_lon"),
                      DistanceSql(absl::StrCat(volunteer.centroid->latitude_e7),
                                  absl::StrCat(volunteer.centroid->longitude_e7), "place_lat", "place_lon"));
  const std::string covered = absl::StrFormat(
      "CASE kind WHEN %d THEN bit_count(windows & X'%s') * 30 WHEN %d THEN least(committed, %d) "
      "ELSE 0 END",
      RoleRow::kWeekly, HexOf(volunteer.free), RoleRow::kFlexible, volunteer.free_hours_minutes);
  const double north = (static_cast<double>(*volunteer.radius_m) + kBoxSlackM) / kMetresPerDegree;
  const std::string box = absl::Substitute(
      "(NOT remote AND ST_Point(place_lon / 1e7::float8, place_lat / 1e7::float8) && ST_Expand(ST_Envelope("
      "ST_Collect(ST_Point($0 / 1e7::float8, $1 / 1e7::float8), ST_Point($2 / 1e7::float8, $3 / "
      "1e7::float8))), "
      "$4 / cos(radians($1 / 1e7::float8 + $4)), $4))",
      longitude, latitude, volunteer.centroid->longitude_e7, volunteer.centroid->latitude_e7, north);
  std::vector<std::string> conditions = {
      Visible(question.visibility),
      volunteer.remote ? absl::StrCat("(remote OR ", box, ")") : box,
      absl::StrFormat("languages & ~%d = 0", volunteer.languages),
      absl::StrFormat("licences & ~%d = 0", volunteer.licences),
      absl::StrFormat("(check_level = 0 OR (check_level <= %d AND workforces & ~%d = 0 AND "
                      "barred_lists & ~%d = 0))",
                      static_cast<int>(volunteer.check.level), volunteer.check.workforces,
                      volunteer.check.barred_lists),
      absl::StrJoin(required, " AND ")};
  if (!volunteer.birth.has_value()) {
    conditions.push_back("born_by IS NULL AND born_from IS NULL");
  } else {
    conditions.push_back(
        absl::StrFormat("(born_by IS NULL OR born_by >= %d) AND (born_from IS NULL OR "
                        "born_from <= %d)",
                        *volunteer.birth, *volunteer.birth));
  }
  if (question.visibility.sees_all && !volunteer.county)
    conditions.push_back(absl::StrFormat("(county OR centre = %d)", volunteer.centre));
  const int64_t radius = *volunteer.radius_m;
  const std::string near = absl::Substitute(
      "(SELECT *, $0 AS distance, ($1)::bigint AS covered, ($2)::bigint AS earned FROM records WHERE $3 "
      "OFFSET 0) "
      "AS near",
      distance, covered, absl::StrJoin(earned, " + "), absl::StrJoin(conditions, " AND "));
  const std::string causes_weight =
      absl::StrCat("CASE WHEN causes = 0 THEN 0 ELSE ", volunteer.causes == 0 ? 0 : weights.causes, " END");
  const std::string sum = absl::StrJoin(
      {absl::Substitute("CASE WHEN importance = 0 THEN 0 ELSE $0 * ((2000000 * earned + 120 * importance) / "
                        "greatest(1, 240 * importance)) END",
                        weights.skills),
       absl::Substitute("$0 * CASE WHEN remote THEN 1000000 ELSE $1 END", weights.location,
                        Rounded(absl::Substitute("1000000 * ($0 - distance)", radius), absl::StrCat(radius))),
       absl::Substitute("CASE WHEN committed = 0 THEN 0 ELSE $0 * ((2000000 * covered + committed) / "
                        "greatest(1, 2 * committed)) END",
                        weights.availability),
       CausesPart(volunteer.causes_met, weights)},
      " + ");
  const std::string weight = absl::Substitute(
      "(CASE WHEN importance = 0 THEN 0 ELSE $0 END + $1 + CASE WHEN committed = 0 THEN 0 ELSE $2 END + $3)",
      weights.skills, weights.location, weights.availability, causes_weight);
  const std::string scored = absl::Substitute(
      "(SELECT key, places, connections, $0 AS score FROM $1 WHERE distance <= $2 AND "
      "10000 * covered >= minimum_coverage_bp * committed OFFSET 0) AS scored",
      Rounded(sum, weight), near, radius);
  const std::string rank = Rounded("score * (places * 10000)",
                                   absl::Substitute("(places * 10000 + $0 * connections)", weights.alpha_bp));
  return absl::Substitute(
      "SELECT key, $0 AS rank, score FROM $1 ORDER BY rank DESC, score DESC, key LIMIT $2", rank, scored,
      kTop);
}

}  // namespace

std::string SqlOf(const Question& question, const matcher::Taxonomies& taxonomies) {
  if (const auto* volunteers = std::get_if<VolunteersQuestion>(&question.asked))
    return VolunteersSql(*volunteers, taxonomies);
  return RolesSql(std::get<RolesQuestion>(question.asked), taxonomies);
}

}  // namespace brokerage::bench

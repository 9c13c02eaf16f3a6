#include "bench/tables.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace brokerage::bench {
namespace {

constexpr std::size_t kWantedColumns = 5;  // a role of the benchmark wants no more skills

template <typename Number>
std::string OrUnknown(const std::optional<Number>& number) {
  return number.has_value() ? absl::StrCat(*number) : "\\N";
}

std::string LineOf(const std::optional<matcher::GeoPoint>& point) {
  return point.has_value() ? absl::StrCat(point->latitude_e7, "\t", point->longitude_e7) : "\\N\t\\N";
}

std::string LineOf(const std::vector<matcher::WantedSkill>& skills) {
  std::string line;
  for (std::size_t i = 0; i < kWantedColumns; ++i) {
    if (i > 0) line += '\t';
    if (i < skills.size()) {
      absl::StrAppend(&line, skills[i].skill, "\t", skills[i].level, "\t", skills[i].importance, "\t",
                      skills[i].required);
    } else {
      line += "0\t1\t0\t0";
    }
  }
  return line;
}

std::string LineOf(const matcher::Visibility& visibility, const matcher::Weights& weights) {
  return absl::StrJoin(
      {visibility.sees_all ? -1 : CentreNumber(visibility.centre), static_cast<int>(weights.skills),
       static_cast<int>(weights.location), static_cast<int>(weights.availability),
       static_cast<int>(weights.causes), static_cast<int>(weights.alpha_bp)},
      "\t");
}

}  // namespace

std::string LineOf(const VolunteerRow& row) {
  return absl::StrJoin(
      {absl::StrCat(row.key), absl::StrCat(row.causes), LineOf(row.home), LineOf(row.centroid),
       OrUnknown(row.radius_m), absl::StrCat(row.languages), absl::StrCat(row.licences), OrUnknown(row.birth),
       absl::StrCat(row.free_hours_minutes), absl::StrCat(row.centre),
       absl::StrCat(static_cast<int>(row.check.level)), absl::StrCat(row.check.workforces),
       absl::StrCat(row.check.barred_lists), absl::StrCat(row.county ? "t" : "f"),
       absl::StrCat(row.available ? "t" : "f"), absl::StrCat(row.remote ? "t" : "f"),
       absl::StrCat("X", HexOf(row.free)), absl::StrCat("\\\\x", HexOf(row.credits))},
      "\t");
}

std::string LineOf(const RoleRow& row) {
  return absl::StrJoin({absl::StrCat(row.key),
                        absl::StrCat(row.causes),
                        LineOf(row.place),
                        absl::StrCat(row.languages),
                        absl::StrCat(row.licences),
                        OrUnknown(row.born_by),
                        OrUnknown(row.born_from),
                        absl::StrCat(row.committed),
                        absl::StrCat(row.minimum_coverage_bp),
                        absl::StrCat(row.places),
                        absl::StrCat(row.connections),
                        absl::StrCat(static_cast<int>(row.kind)),
                        absl::StrCat(row.centre),
                        absl::StrCat(static_cast<int>(row.check.level)),
                        absl::StrCat(row.check.workforces),
                        absl::StrCat(row.check.barred_lists),
                        absl::StrCat(row.importance),
                        LineOf(row.skills),
                        absl::StrCat(row.county ? "t" : "f"),
                        absl::StrCat(row.remote ? "t" : "f"),
                        absl::StrCat("X", HexOf(row.windows))},
                       "\t");
}

void WriteRecords(const Scene& scene, std::FILE* file) {
  const auto world = DryWorld();
  for (int64_t i = 0; i < scene.volunteers(); ++i) {
    const matcher::VolunteerFacts facts = scene.world.VolunteerAt(i);
    const std::string line = LineOf(RowOf(facts, World::HistoryOf(facts), world->taxonomies));
    std::fprintf(file, "%s\n", line.c_str());
  }
  for (int64_t i = 0; i < scene.opportunities(); ++i) {
    const std::string line =
        LineOf(RowOf(scene.world.OpportunityAt(i), scene.world.ConnectionsAt(i), world->taxonomies));
    std::fprintf(file, "%s\n", line.c_str());
  }
}

void WriteQuestions(const std::vector<Question>& questions, std::FILE* file) {
  const auto world = DryWorld();
  for (const Question& question : questions) {
    if (!question.for_peers) continue;
    std::string line;
    if (const auto* volunteers = std::get_if<VolunteersQuestion>(&question.asked)) {
      const RoleRow row = RowOf(volunteers->role, 0, world->taxonomies);
      line = absl::StrCat(LineOf(volunteers->visibility, volunteers->weights), "\t", row.causes_met, "\t",
                          LineOf(row));
    } else {
      const auto& roles = std::get<RolesQuestion>(question.asked);
      const VolunteerRow row = RowOf(roles.volunteer, {}, world->taxonomies);
      line = absl::StrCat(LineOf(roles.visibility, roles.weights), "\t", row.causes_met, "\t", LineOf(row));
    }
    std::fprintf(file, "%s\t%s\n", question.name.c_str(), line.c_str());
  }
}

}  // namespace brokerage::bench

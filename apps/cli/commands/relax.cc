#include <memory>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/question.h"
#include "apps/cli/output/text.h"
#include "base/resource_names.h"
#include "reference/skills.h"

namespace brokerage::cli {
namespace {

using matching::v1::Relaxation;
using Request = matching::v1::SuggestRelaxationsRequest;
using Response = matching::v1::SuggestRelaxationsResponse;
using Service = StubOf<matching::v1::MatchingService>;

struct Options : Question {
  std::string name;
};

// What the other side is called.
struct Words {
  absl::string_view one;
  absl::string_view many;
};
constexpr Words kPeople = {"person", "people"};
constexpr Words kRoles = {"role", "roles"};

std::string Miles(int64_t metres) {
  constexpr double kMetresPerMile = 1609.344;
  return CountOf(static_cast<int64_t>(static_cast<double>(metres) / kMetresPerMile + 0.5), "mile", "miles");
}

std::string SkillLabel(const std::string& name) {
  const auto& skills = reference::ShippedSkills();
  const auto id = base::ParseSkillName(name);
  const auto index = id ? skills.IndexOf(*id) : std::nullopt;
  return index ? skills.at(*index).label : name;
}

// The change as the subject of a sentence.
std::string Subject(const Relaxation& relaxation) {
  switch (relaxation.change_case()) {
    case Relaxation::kRadius: {
      const auto& radius = relaxation.radius();
      const std::string further = absl::StrCat(Miles(radius.further_m()), " more");
      if (!radius.has_travel_radius_m()) return further;
      return absl::StrCat(further, ", a radius of ", FormatDistance(radius.travel_radius_m()), ",");
    }
    case Relaxation::kMinimumCoverageBp:
      if (relaxation.minimum_coverage_bp() == 0) return "Any share of the time";
      return absl::StrCat("A minimum of ", relaxation.minimum_coverage_bp() / 100, " % of the time");
    case Relaxation::kWantedSkill:
      return absl::StrCat("Not requiring ", SkillLabel(relaxation.wanted_skill()));
    case Relaxation::kRemote:
      return "Remote";
    case Relaxation::CHANGE_NOT_SET:
      break;
  }
  return "A change that this program does not know";
}

void PrintAnswer(const Response& answer, const std::string& name, const Words& words, std::ostream& out) {
  out << "More " << words.many << " for " << name << "\nAs of " << FormatTime(answer.as_of()) << ", by "
      << answer.weight_set() << "\n\n"
      << CountOf(answer.match_count(), words.one, words.many)
      << (answer.match_count() == 1 ? " fits now.\n\n" : " fit now.\n\n");
  for (const Relaxation& relaxation : answer.relaxations()) {
    out << Printable(Subject(relaxation)) << " gives "
        << CountOf(relaxation.additional_count(), absl::StrCat("more ", words.one),
                   absl::StrCat("more ", words.many));
    if (relaxation.lost_count() > 0) out << " and loses " << FormatCount(relaxation.lost_count());
    out << "; the best scores " << FormatShare(relaxation.best_new_score_millionths()) << ".\n";
  }
  if (answer.relaxations().empty()) out << "No single change gives more.\n";
}

// Asks about the record `Name`, which goes into the request's `field`.
template <typename Name>
ExitCode Relax(Runtime& runtime, const Options& options, std::string* (Request::*field)(),
               const Words& words) {
  return AskAbout<Name>(runtime, options.name, [&](const About& about) {
    Request request;
    *(request.*field)() = about.name;
    if (const auto filled = FillQuestion(options, about.centre, &request); !filled.ok())
      return runtime.Misuse(filled.message());
    const auto answer =
        about.client.Call(*about.client.stubs().matching, &Service::SuggestRelaxations, request);
    if (!answer.ok()) return runtime.Fail(answer.status());
    return runtime.Answer(*answer, [&](std::ostream& out) { PrintAnswer(*answer, about.name, words, out); });
  });
}

}  // namespace

void AddRelaxCommands(CLI::App& app, Selection& selection) {
  CLI::App* group = app.add_subcommand("relax", "Which single change would bring more matches");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  brokerage relax opportunity centres/ashford/opportunities/ID\n"
      "  brokerage relax volunteer centres/ashford/volunteers/ID");

  const auto of_role = std::make_shared<Options>();
  CLI::App* role = group->add_subcommand("opportunity", "What would bring a role more volunteers");
  role->add_option("OPPORTUNITY", of_role->name,
                   "centres/CENTRE/opportunities/ID, or the ID of one of your own")
      ->required();
  AddQuestionOptions(role, of_role.get(), "volunteers");
  role->footer(
      "Examples:\n"
      "  brokerage relax opportunity ID\n"
      "  brokerage relax opportunity ID --json | jq '.relaxations[0]'");
  Select(role, selection, [of_role](Runtime& runtime) {
    return Relax<base::OpportunityName>(runtime, *of_role, &Request::mutable_opportunity, kPeople);
  });

  const auto of_volunteer = std::make_shared<Options>();
  CLI::App* volunteer = group->add_subcommand("volunteer", "What would bring a volunteer more roles");
  volunteer
      ->add_option("VOLUNTEER", of_volunteer->name,
                   "centres/CENTRE/volunteers/ID, or the ID of one of your own")
      ->required();
  AddQuestionOptions(volunteer, of_volunteer.get(), "opportunities");
  volunteer->footer(
      "Examples:\n"
      "  brokerage relax volunteer ID\n"
      "  brokerage relax volunteer centres/ashford/volunteers/ID --weights near");
  Select(volunteer, selection, [of_volunteer](Runtime& runtime) {
    return Relax<base::VolunteerName>(runtime, *of_volunteer, &Request::mutable_volunteer, kRoles);
  });
}

}  // namespace brokerage::cli

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/question.h"
#include "apps/cli/output/explanation.h"
#include "apps/cli/output/text.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using Service = StubOf<matching::v1::MatchingService>;

struct Options {
  std::string volunteer;
  std::string opportunity;
  std::string weights;
};

void PrintAnswer(const matching::v1::ExplainMatchResponse& answer, std::ostream& out) {
  const auto failing = std::count_if(answer.conditions().begin(), answer.conditions().end(),
                                     [](const auto& condition) { return !condition.holds(); });
  out << answer.volunteer() << "\nand " << answer.opportunity() << "\n";
  if (answer.has_score_millionths()) {
    out << "A match: " << FormatShare(answer.score_millionths()) << "\n";
  } else {
    out << "No match: " << failing << " of " << CountOf(answer.conditions_size(), "condition", "conditions")
        << (failing == 1 ? " does not hold\n" : " do not hold\n");
  }
  out << "As of " << FormatTime(answer.as_of()) << ", by " << answer.weight_set() << "\n\nConditions\n";
  PrintConditions(answer.conditions(), "  ", out);
  out << "\nParts\n";
  PrintParts(answer.workings(), "  ", out);
  out << "\n";
  if (answer.has_distance_m()) out << "Distance " << FormatDistance(answer.distance_m()) << "\n";
  if (answer.committed_minutes() > 0) {
    out << "Covers " << FormatMinutes(answer.covered_minutes()) << " of "
        << FormatMinutes(answer.committed_minutes()) << "\n";
  }
  for (const std::string& note : answer.notes()) out << "Note: " << Printable(note) << "\n";
}

ExitCode Explain(Runtime& runtime, const Options& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const std::string centre = runtime.Centre().value_or("");
  const auto volunteer = NameInCentre<base::VolunteerName>(options.volunteer, centre);
  if (!volunteer.ok()) return runtime.Misuse(volunteer.status().message());
  const auto opportunity = NameInCentre<base::OpportunityName>(options.opportunity, centre);
  if (!opportunity.ok()) return runtime.Misuse(opportunity.status().message());
  matching::v1::ExplainMatchRequest request;
  request.set_volunteer(*volunteer);
  request.set_opportunity(*opportunity);
  if (const auto filled = FillWeights(options.weights, &request); !filled.ok())
    return runtime.Misuse(filled.message());
  const auto answer = (*client)->Call(*(*client)->stubs().matching, &Service::ExplainMatch, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintAnswer(*answer, out); });
}

}  // namespace

void AddExplainCommand(CLI::App& app, Selection& selection) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("explain", "Why a volunteer and a role are or are not a match");
  command
      ->add_option("VOLUNTEER", options->volunteer,
                   "centres/CENTRE/volunteers/ID, or the ID of one of your own")
      ->required();
  command
      ->add_option("OPPORTUNITY", options->opportunity,
                   "centres/CENTRE/opportunities/ID, or the ID of one of your own")
      ->required();
  command->add_option("--weights", options->weights, kWeightsHelp);
  command->footer(
      "Examples:\n"
      "  brokerage explain VOLUNTEER-ID OPPORTUNITY-ID\n"
      "  brokerage explain centres/ashford/volunteers/ID centres/canterbury/opportunities/ID --json");
  Select(command, selection, [options](Runtime& runtime) { return Explain(runtime, *options); });
}

}  // namespace brokerage::cli

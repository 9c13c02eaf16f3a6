#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/commands/question.h"
#include "apps/cli/output/explanation.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using matching::v1::Match;
using Service = StubOf<matching::v1::MatchingService>;

constexpr int kDefaultLimit = 20;
constexpr int kMaxLimit = 100'000;
constexpr int kNameWidth = 140;

struct Options : Question {
  std::string name;
  int limit = kDefaultLimit;
  bool explain = false;
  bool counts = false;
};

// The first `limit` matches, page by page.
template <typename Request, typename Response>
absl::StatusOr<Response> FetchMatches(const Client& client,
                                      grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                                      Response*),
                                      std::type_identity_t<Request> request, int limit) {
  Response whole;
  while (true) {
    request.set_page_size(std::min(limit - whole.matches_size(), kMaxPageSize));
    const absl::StatusOr<Response> page = client.Call(*client.stubs().matching, method, request);
    if (!page.ok()) return page.status();
    whole.MergeFrom(*page);
    whole.set_next_page_token(page->next_page_token());
    // Counts are exact from the first page on, and each costs a full pass.
    request.set_include_counts(false);
    if (whole.matches_size() >= limit || page->next_page_token().empty()) return whole;
    request.set_page_token(page->next_page_token());
  }
}

template <typename Request>
absl::Status Fill(const Options& options, const std::string& centre, Request* request) {
  request->set_explain(options.explain);
  request->set_include_counts(options.counts);
  return FillQuestion(options, centre, request);
}

std::string Percent(bool there, int64_t millionths) {
  return there ? absl::StrCat((millionths + 5000) / 10'000, " %") : "–";
}

std::string Covers(const Match& match) {
  if (match.committed_minutes() == 0) return "–";
  return absl::StrCat(FormatMinutes(match.covered_minutes()), " of ",
                      FormatMinutes(match.committed_minutes()));
}

// `of_volunteers`: what is listed is volunteers.
void PrintMatches(const google::protobuf::RepeatedPtrField<Match>& matches, bool of_volunteers,
                  std::ostream& out) {
  Table table({{"", Align::kRight},
               {"SCORE", Align::kRight},
               {of_volunteers ? "CALLED" : "TITLE"},
               {"DISTANCE", Align::kRight},
               {"COVERS"},
               {"SKILLS", Align::kRight},
               {"PLACE", Align::kRight},
               {"TIME", Align::kRight},
               {"CAUSES", Align::kRight},
               {"NAME", Align::kLeft, kNameWidth}});
  int rank = 0;
  for (const Match& match : matches) {
    const auto& parts = match.parts();
    table.Add({absl::StrCat(++rank), FormatShare(match.score_millionths()), match.display_name(),
               match.has_distance_m() ? FormatDistance(match.distance_m()) : "–", Covers(match),
               Percent(parts.has_skills(), parts.skills()), Percent(parts.has_location(), parts.location()),
               Percent(parts.has_availability(), parts.availability()),
               Percent(parts.has_causes(), parts.causes()),
               of_volunteers ? match.volunteer() : match.opportunity()});
    for (const std::string& note : match.notes()) table.AddNote(note);
  }
  table.Print(out);
  rank = 0;
  for (const Match& match : matches) {
    ++rank;
    if (!match.has_explanation()) continue;
    out << "\n" << rank << "  " << Printable(match.display_name()) << "\n";
    PrintConditions(match.explanation().conditions(), "   ", out);
    PrintParts(match.explanation().parts(), "   ", out);
  }
}

template <typename Response>
void PrintAnswer(const Response& answer, const std::string& title, bool of_volunteers, std::ostream& out) {
  out << title << "\nAs of " << FormatTime(answer.as_of()) << ", by " << answer.weight_set() << "\n\n";
  if (answer.matches_size() > 0) {
    PrintMatches(answer.matches(), of_volunteers, out);
    out << "\n";
  }
  const absl::string_view one = of_volunteers ? "volunteer" : "opportunity";
  const absl::string_view many = of_volunteers ? "volunteers" : "opportunities";
  out << (answer.matches_size() == 0 ? absl::StrCat("No ", one, " fits.")
                                     : absl::StrCat(CountOf(answer.matches_size(), one, many), " shown."));
  if (!answer.next_page_token().empty()) out << " There are more: raise --limit.";
  if (answer.has_considered_count()) {
    out << " Of " << CountOf(answer.considered_count(), one, many) << " considered, "
        << FormatCount(answer.eligible_count()) << " fit.";
  }
  out << "\n";
}

ExitCode MatchVolunteers(Runtime& runtime, const Options& options) {
  return AskAbout<base::OpportunityName>(runtime, options.name, [&](const About& about) {
    matching::v1::MatchVolunteersRequest request;
    if (const absl::Status filled = Fill(options, about.centre, &request); !filled.ok())
      return runtime.Misuse(filled.message());
    request.set_opportunity(about.name);
    const auto answer = FetchMatches(about.client, &Service::MatchVolunteers, request, options.limit);
    if (!answer.ok()) return runtime.Fail(answer.status());
    return runtime.Answer(*answer, [&](std::ostream& out) {
      PrintAnswer(*answer, absl::StrCat("Volunteers for ", about.name), /*of_volunteers=*/true, out);
    });
  });
}

ExitCode MatchOpportunities(Runtime& runtime, const Options& options) {
  return AskAbout<base::VolunteerName>(runtime, options.name, [&](const About& about) {
    matching::v1::MatchOpportunitiesRequest request;
    if (const absl::Status filled = Fill(options, about.centre, &request); !filled.ok())
      return runtime.Misuse(filled.message());
    request.set_volunteer(about.name);
    const auto answer = FetchMatches(about.client, &Service::MatchOpportunities, request, options.limit);
    if (!answer.ok()) return runtime.Fail(answer.status());
    return runtime.Answer(*answer, [&](std::ostream& out) {
      PrintAnswer(*answer, absl::StrCat("Opportunities for ", about.name), /*of_volunteers=*/false, out);
    });
  });
}

void AddOptions(CLI::App* command, Options* options, const char* other_side) {
  command->add_option("--limit", options->limit, "How many of the best")
      ->capture_default_str()
      ->check(CLI::Range(1, kMaxLimit));
  command->add_flag("--explain", options->explain, "Show every condition and part of each");
  command->add_flag("--counts", options->counts,
                    "Count all that were considered and all that fit: a full pass");
  AddQuestionOptions(command, options, other_side);
}

}  // namespace

void AddMatchCommands(CLI::App& app, Selection& selection) {
  CLI::App* group = app.add_subcommand("match", "Find who could do a role, or what someone could do");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  brokerage match volunteers centres/ashford/opportunities/ID\n"
      "  brokerage match opportunities centres/ashford/volunteers/ID");

  const auto volunteers = std::make_shared<Options>();
  CLI::App* for_role = group->add_subcommand("volunteers", "The volunteers who could do a role, best first");
  for_role
      ->add_option("OPPORTUNITY", volunteers->name,
                   "centres/CENTRE/opportunities/ID, or the ID of one of your own")
      ->required();
  AddOptions(for_role, volunteers.get(), "volunteers");
  for_role->footer(
      "Examples:\n"
      "  brokerage match volunteers ID --limit 5 --explain\n"
      "  brokerage match volunteers centres/ashford/opportunities/ID --counts\n"
      "  brokerage match volunteers ID --json | jq -r '.matches[].volunteer'");
  Select(for_role, selection,
         [volunteers](Runtime& runtime) { return MatchVolunteers(runtime, *volunteers); });

  const auto opportunities = std::make_shared<Options>();
  CLI::App* for_person =
      group->add_subcommand("opportunities", "The roles that a volunteer could do, best first");
  for_person
      ->add_option("VOLUNTEER", opportunities->name,
                   "centres/CENTRE/volunteers/ID, or the ID of one of your own")
      ->required();
  AddOptions(for_person, opportunities.get(), "opportunities");
  for_person->footer(
      "Examples:\n"
      "  brokerage match opportunities ID\n"
      "  brokerage match opportunities centres/ashford/volunteers/ID --limit 5 --explain");
  Select(for_person, selection,
         [opportunities](Runtime& runtime) { return MatchOpportunities(runtime, *opportunities); });
}

}  // namespace brokerage::cli

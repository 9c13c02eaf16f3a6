#include <memory>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/question.h"
#include "apps/cli/output/text.h"
#include "base/limits.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using matching::v1::Match;
using matching::v1::MatchesDifference;
using matching::v1::MatchesEnd;
using matching::v1::MatchesSnapshot;
using Response = matching::v1::WatchMatchesResponse;
using Service = StubOf<matching::v1::MatchingService>;

// About two minutes, which outlasts a restart of the service.
constexpr RetryPolicy kUntilBack = {.attempts = 30};

struct Options : Question {
  std::string name;
  int limit = 20;
};

// "+  87.3 %  Ann  centres/ashford/volunteers/ID"
void PrintMatch(absl::string_view sign, const Match& match, std::ostream& out) {
  out << "  " << sign << " " << FormatShare(match.score_millionths()) << "  "
      << Printable(match.display_name()) << "  " << match.volunteer() << "\n";
}

void PrintEnd(const MatchesEnd& end, std::ostream& out) {
  switch (end.reason()) {
    case MatchesEnd::REASON_CLOSED:
      out << "the role was closed\n";
      return;
    case MatchesEnd::REASON_DELETED:
      out << "the role was deleted\n";
      return;
    default:
      out << "the watch is over\n";
  }
}

void PrintSnapshot(const MatchesSnapshot& snapshot, std::ostream& out) {
  const int count = snapshot.matches_size();
  out << (snapshot.more() ? "the best " : "") << CountOf(count, "volunteer", "volunteers")
      << (snapshot.more() ? ""
          : count == 1    ? " fits"
                          : " fit")
      << "\n";
  for (const Match& match : snapshot.matches()) PrintMatch(" ", match, out);
}

void PrintDifference(const MatchesDifference& difference, std::ostream& out) {
  if (difference.entered().empty() && difference.left().empty() && difference.changed().empty()) {
    out << "the same, and there are " << (difference.more() ? "more now" : "no more now") << "\n";
    return;
  }
  out << FormatCount(difference.entered_size()) << " new, " << FormatCount(difference.left_size())
      << " gone, " << FormatCount(difference.changed_size()) << " changed\n";
  for (const Match& match : difference.entered()) PrintMatch("+", match, out);
  for (const std::string& volunteer : difference.left()) out << "  - " << volunteer << "\n";
  for (const Match& match : difference.changed()) PrintMatch("~", match, out);
}

// Heartbeats say nothing to people.
void PrintEvent(const Response& told, std::ostream& out) {
  if (told.has_heartbeat()) return;
  out << FormatTime(told.as_of()) << "  ";
  switch (told.event_case()) {
    case Response::kSnapshot:
      return PrintSnapshot(told.snapshot(), out);
    case Response::kDifference:
      return PrintDifference(told.difference(), out);
    case Response::kEnd:
      return PrintEnd(told.end(), out);
    case Response::kHeartbeat:
    case Response::EVENT_NOT_SET:
      break;
  }
  out << "an event that this program does not know\n";
}

ExitCode Watch(Runtime& runtime, const Options& options) {
  return AskAbout<base::OpportunityName>(runtime, options.name, [&](const About& about) {
    matching::v1::WatchMatchesRequest request;
    request.set_opportunity(about.name);
    request.set_limit(options.limit);
    if (const auto filled = FillQuestion(options, about.centre, &request); !filled.ok())
      return runtime.Misuse(filled.message());
    const auto take = [&](const Response& told) {
      request.set_resume_revision(told.revision());
      request.clear_at_least_as_fresh();  // seen by now; a restored store would refuse it
      if (runtime.json()) {
        runtime.out() << ToJson(told).dump() << "\n";
      } else {
        PrintEvent(told, runtime.out());
      }
      runtime.out().flush();
    };
    const absl::Status over = about.client.Follow(*about.client.stubs().matching, &Service::WatchMatches,
                                                  request, take, kUntilBack);
    return over.ok() ? ExitCode::kOk : runtime.Fail(over);
  });
}

}  // namespace

void AddWatchCommand(CLI::App& app, Selection& selection) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("watch", "Follow the best volunteers for a role as they change");
  command
      ->add_option("OPPORTUNITY", options->name,
                   "centres/CENTRE/opportunities/ID, or the ID of one of your own")
      ->required();
  command->add_option("--limit", options->limit, "How many of the best")
      ->capture_default_str()
      ->check(CLI::Range(int64_t{1}, base::kMaxWatchedMatches));
  AddQuestionOptions(command, options.get(), "volunteers");
  command->footer(
      "It goes on until the role is closed or deleted, or until it is interrupted; a broken connection is\n"
      "taken up again for two minutes. With --json each event is a document on a line of its own.\n"
      "\n"
      "Examples:\n"
      "  brokerage watch ID\n"
      "  brokerage watch ID --json | jq -c '.difference // empty'");
  Select(command, selection, [options](Runtime& runtime) { return Watch(runtime, *options); });
}

}  // namespace brokerage::cli

#include <memory>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/import_command.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/import/opportunity_import.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using matching::v1::Opportunity;
using Service = StubOf<matching::v1::OpportunityService>;

constexpr int kNameWidth = 140;

std::string WhereOf(const Opportunity& opportunity) {
  if (opportunity.remote()) return "remote";
  return std::string(base::LastSegment(opportunity.place().district()));
}

ExitCode ListOpportunities(Runtime& runtime, const ListOptions& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  matching::v1::ListOpportunitiesRequest request;
  request.set_parent(base::CentreName{*centre}.Format());
  request.set_show_deleted(options.show_deleted);
  ApplyFilter(options, &request);
  const auto answer = FetchPages(**client, *(*client)->stubs().opportunities, &Service::ListOpportunities,
                                 request, options.all);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    Table table({{"NAME", Align::kLeft, kNameWidth},
                 {"TITLE"},
                 {"STATE"},
                 {"FILLED", Align::kRight},
                 {"WHERE"},
                 {"SHARING"},
                 {"EXPIRES"}});
    for (const Opportunity& opportunity : answer->opportunities()) {
      const int places = opportunity.has_places() ? opportunity.places() : 1;
      table.Add({opportunity.name(), opportunity.title(),
                 FormatEnum(*Opportunity::State_descriptor(), opportunity.state()),
                 absl::StrCat(opportunity.places_filled(), " of ", places), WhereOf(opportunity),
                 FormatEnum(*common::v1::Sharing_descriptor(), opportunity.sharing()),
                 FormatTime(opportunity.expire_time())});
    }
    if (!table.empty()) table.Print(out);
    PrintListEnd(out, answer->opportunities_size(), "opportunity", "opportunities",
                 answer->next_page_token());
  });
}

ExitCode GetOpportunity(Runtime& runtime, const std::string& typed) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto name = NameInCentre<base::OpportunityName>(typed, runtime.Centre().value_or(""));
  if (!name.ok()) return runtime.Misuse(name.status().message());
  matching::v1::GetOpportunityRequest request;
  request.set_name(*name);
  const auto answer = (*client)->Call(*(*client)->stubs().opportunities, &Service::GetOpportunity, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintDescription(*answer, out); });
}

std::unique_ptr<ImportKind> MakeImport(const Runtime&, const Client& client, const std::string& centre) {
  return std::make_unique<OpportunityImport>(client, ShippedWords(), base::CentreName{centre}.Format());
}

}  // namespace

void AddOpportunityCommands(CLI::App& app, Selection& selection) {
  CLI::App* group =
      app.add_subcommand("opportunities", "List, read and import opportunities")->alias("opportunity");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage opportunities list --filter 'state=OPEN'");

  const auto list_options = std::make_shared<ListOptions>();
  CLI::App* list = group->add_subcommand("list", "List those that you may see");
  AddFilterOptions(list, list_options.get(),
                   "state, sharing, title, centre, organisation, district, cause, skill, remote, "
                   "expire_time, update_time");
  list->add_flag("--show-deleted", list_options->show_deleted, "Deleted ones too");
  list->footer(
      "Examples:\n"
      "  brokerage opportunities list --filter 'state=OPEN AND remote=true'\n"
      "  brokerage opportunities list --filter 'state=SUBMITTED'                      waiting for approval\n"
      "  brokerage opportunities list --filter 'expire_time < 2026-12-31T00:00:00Z' --all --json");
  Select(list, selection,
         [list_options](Runtime& runtime) { return ListOpportunities(runtime, *list_options); });

  const auto name = std::make_shared<std::string>();
  CLI::App* get = group->add_subcommand("get", "Show one");
  get->add_option("NAME", *name, "centres/CENTRE/opportunities/ID, or the ID of one of your own centre")
      ->required();
  get->footer("Example:\n  brokerage opportunities get centres/ashford/opportunities/ID");
  Select(get, selection, [name](Runtime& runtime) { return GetOpportunity(runtime, *name); });

  AddImportCommand(*group, selection,
                   {"opportunities", OpportunityColumns(), MakeImport,
                    "  brokerage opportunities import --example > roles.csv\n"
                    "  brokerage opportunities import roles.csv --dry-run\n"
                    "  brokerage opportunities import roles.csv --keep-good --errors to-correct.csv"});
}

}  // namespace brokerage::cli

#include <memory>

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/import_command.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/import/organisation_import.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using registry::v1::Organisation;
using registry::v1::Verification;
using Service = StubOf<registry::v1::OrganisationService>;

ExitCode ListOrganisations(Runtime& runtime, const ListOptions& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  registry::v1::ListOrganisationsRequest request;
  request.set_show_deleted(options.show_deleted);
  ApplyFilter(options, &request);
  const auto answer = FetchPages(**client, *(*client)->stubs().organisations, &Service::ListOrganisations,
                                 request, options.all);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    Table table(
        {{"NAME", Align::kLeft, 80}, {"CALLED"}, {"KIND"}, {"SIZE"}, {"STATE"}, {"CENTRE"}, {"VERIFIED"}});
    for (const Organisation& organisation : answer->organisations()) {
      table.Add({organisation.name(), organisation.display_name(),
                 FormatEnum(*Organisation::Kind_descriptor(), organisation.kind()),
                 organisation.has_income()
                     ? FormatEnum(*registry::v1::SizeBand_descriptor(), organisation.size_band())
                     : "",
                 FormatEnum(*Organisation::State_descriptor(), organisation.state()),
                 std::string(base::LastSegment(organisation.centre())),
                 organisation.has_verification()
                     ? FormatEnum(*Verification::Stage_descriptor(), organisation.verification().stage())
                     : ""});
    }
    if (!table.empty()) table.Print(out);
    PrintListEnd(out, answer->organisations_size(), "organisation", "organisations",
                 answer->next_page_token());
  });
}

ExitCode GetOrganisation(Runtime& runtime, const std::string& typed) {
  const auto name = TopLevelName<base::OrganisationName>("organisations/", typed);
  if (!name.ok()) return runtime.Misuse(name.status().message());
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  registry::v1::GetOrganisationRequest request;
  request.set_name(*name);
  const auto answer = (*client)->Call(*(*client)->stubs().organisations, &Service::GetOrganisation, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintDescription(*answer, out); });
}

std::unique_ptr<ImportKind> MakeImport(const Runtime& runtime, const Client& client,
                                       const std::string& centre) {
  // Naming one's own centre says nothing new, and only the lead administrator may name another.
  const bool own = centre == runtime.credential_centre();
  return std::make_unique<OrganisationImport>(client, ShippedWords(),
                                              own ? "" : base::CentreName{centre}.Format());
}

}  // namespace

void AddOrganisationCommands(CLI::App& app, Selection& selection) {
  CLI::App* group =
      app.add_subcommand("organisations", "List, read and import organisations")->alias("organisation");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage organisations list --filter 'display_name:\"ashford\"'");

  const auto list_options = std::make_shared<ListOptions>();
  CLI::App* list = group->add_subcommand("list", "List the county's organisations");
  AddFilterOptions(
      list, list_options.get(),
      "state, kind, size_band, display_name, centre, district, cause, identifier, verification_stage, "
      "update_time");
  list->add_flag("--show-deleted", list_options->show_deleted, "Deleted ones too");
  list->footer(
      "Examples:\n"
      "  brokerage organisations list --filter 'identifier=GB-CHC-1001778'\n"
      "  brokerage organisations list --filter 'state=SUSPENDED'\n"
      "  brokerage organisations list --filter 'kind=UNCONSTITUTED_GROUP AND verification_stage=UNVERIFIED' "
      "--all");
  Select(list, selection,
         [list_options](Runtime& runtime) { return ListOrganisations(runtime, *list_options); });

  const auto name = std::make_shared<std::string>();
  CLI::App* get = group->add_subcommand("get", "Show one");
  get->add_option("NAME", *name, "organisations/ID, or the ID")->required();
  get->footer("Example:\n  brokerage organisations get organisations/ID");
  Select(get, selection, [name](Runtime& runtime) { return GetOrganisation(runtime, *name); });

  AddImportCommand(
      *group, selection,
      {"organisations", OrganisationColumns(), MakeImport,
       "  brokerage organisations import --example > organisations.csv\n"
       "  brokerage organisations import organisations.csv --dry-run\n"
       "  brokerage organisations import organisations.csv --keep-good --errors to-correct.csv"});
}

}  // namespace brokerage::cli

#include <memory>

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/import_command.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/import/volunteer_import.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using matching::v1::Volunteer;
using Service = StubOf<matching::v1::VolunteerService>;

constexpr int kNameWidth = 140;  // of two ids: names are there to be copied whole

ExitCode ListVolunteers(Runtime& runtime, const ListOptions& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  matching::v1::ListVolunteersRequest request;
  request.set_parent(base::CentreName{*centre}.Format());
  ApplyFilter(options, &request);
  const auto answer =
      FetchPages(**client, *(*client)->stubs().volunteers, &Service::ListVolunteers, request, options.all);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    Table table(
        {{"NAME", Align::kLeft, kNameWidth}, {"CALLED"}, {"STATE"}, {"DISTRICT"}, {"SHARING"}, {"UPDATED"}});
    for (const Volunteer& volunteer : answer->volunteers()) {
      table.Add({volunteer.name(), volunteer.display_name(),
                 FormatEnum(*Volunteer::State_descriptor(), volunteer.state()),
                 std::string(base::LastSegment(volunteer.home().district())),
                 FormatEnum(*common::v1::Sharing_descriptor(), volunteer.sharing()),
                 FormatTime(volunteer.update_time())});
    }
    if (!table.empty()) table.Print(out);
    PrintListEnd(out, answer->volunteers_size(), "volunteer", "volunteers", answer->next_page_token());
  });
}

ExitCode GetVolunteer(Runtime& runtime, const std::string& typed) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto name = NameInCentre<base::VolunteerName>(typed, runtime.Centre().value_or(""));
  if (!name.ok()) return runtime.Misuse(name.status().message());
  matching::v1::GetVolunteerRequest request;
  request.set_name(*name);
  const auto answer = (*client)->Call(*(*client)->stubs().volunteers, &Service::GetVolunteer, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintDescription(*answer, out); });
}

std::unique_ptr<ImportKind> MakeImport(const Runtime&, const Client& client, const std::string& centre) {
  return std::make_unique<VolunteerImport>(client, ShippedWords(), base::CentreName{centre}.Format());
}

}  // namespace

void AddVolunteerCommands(CLI::App& app, Selection& selection) {
  CLI::App* group = app.add_subcommand("volunteers", "List, read and import volunteers")->alias("volunteer");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage volunteers list --filter 'state=SEARCHING'");

  const auto list_options = std::make_shared<ListOptions>();
  CLI::App* list = group->add_subcommand("list", "List those that you may see");
  AddFilterOptions(list, list_options.get(),
                   "state, sharing, display_name, word, centre, district, skill, cause, break_until_date, "
                   "next_expire_date, update_time");
  list->footer(
      "Examples:\n"
      "  brokerage volunteers list\n"
      "  brokerage volunteers list --filter 'display_name:\"ann\"'        names that begin with ann\n"
      "  brokerage volunteers list --filter 'state=SEARCHING AND skill=skills/first-aid' --order-by "
      "'update_time desc'\n"
      "  brokerage volunteers list --centre - --all --json              every centre's, for the lead "
      "administrator");
  Select(list, selection,
         [list_options](Runtime& runtime) { return ListVolunteers(runtime, *list_options); });

  const auto name = std::make_shared<std::string>();
  CLI::App* get = group->add_subcommand("get", "Show one");
  get->add_option("NAME", *name, "centres/CENTRE/volunteers/ID, or the ID of one of your own centre")
      ->required();
  get->footer("Example:\n  brokerage volunteers get centres/ashford/volunteers/ID");
  Select(get, selection, [name](Runtime& runtime) { return GetVolunteer(runtime, *name); });

  AddImportCommand(*group, selection,
                   {"volunteers", VolunteerColumns(), MakeImport,
                    "  brokerage volunteers import --example > volunteers.csv\n"
                    "  brokerage volunteers import volunteers.csv --dry-run\n"
                    "  brokerage volunteers import volunteers.csv --keep-good --errors to-correct.csv"});
}

}  // namespace brokerage::cli

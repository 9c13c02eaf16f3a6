#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/table.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using registry::v1::Centre;
using Service = StubOf<registry::v1::CentreService>;

ExitCode ListCentres(Runtime& runtime, const ListOptions& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  registry::v1::ListCentresRequest request;
  ApplyPage(options, &request);
  const auto answer =
      FetchPages(**client, *(*client)->stubs().centres, &Service::ListCentres, request, options.all);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    Table table({{"NAME", Align::kLeft, 80}, {"CALLED"}, {"LEAD"}, {"DISTRICTS", Align::kLeft, 100}});
    for (const Centre& centre : answer->centres()) {
      const std::string districts = absl::StrJoin(
          centre.districts(), ", ",
          [](std::string* text, const std::string& name) { absl::StrAppend(text, base::LastSegment(name)); });
      table.Add({centre.name(), centre.display_name(), centre.lead() ? "yes" : "", districts});
    }
    if (!table.empty()) table.Print(out);
    PrintListEnd(out, answer->centres_size(), "centre", "centres", answer->next_page_token());
  });
}

ExitCode GetCentre(Runtime& runtime, const std::string& typed) {
  const auto name = TopLevelName<base::CentreName>("centres/", typed);
  if (!name.ok()) return runtime.Misuse(name.status().message());
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  registry::v1::GetCentreRequest request;
  request.set_name(*name);
  const auto answer = (*client)->Call(*(*client)->stubs().centres, &Service::GetCentre, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintDescription(*answer, out); });
}

}  // namespace

void AddCentreCommands(CLI::App& app, Selection& selection) {
  CLI::App* group = app.add_subcommand("centres", "List and read volunteer centres")->alias("centre");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage centres list");

  const auto list_options = std::make_shared<ListOptions>();
  CLI::App* list = group->add_subcommand("list", "List them");
  AddPageOptions(list, list_options.get());
  list->footer("Examples:\n  brokerage centres list\n  brokerage centres list --json");
  Select(list, selection, [list_options](Runtime& runtime) { return ListCentres(runtime, *list_options); });

  const auto name = std::make_shared<std::string>();
  CLI::App* get = group->add_subcommand("get", "Show one");
  get->add_option("NAME", *name, "centres/ID, or the ID")->required();
  get->footer("Example:\n  brokerage centres get ashford");
  Select(get, selection, [name](Runtime& runtime) { return GetCentre(runtime, *name); });
}

}  // namespace brokerage::cli

#include <memory>

#include "absl/strings/str_cat.h"

#include "apps/cli/commands/groups.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"

namespace brokerage::cli {
namespace {

struct Options {
  std::string service = "both";
  std::string id;
};

// What a backup of one of both services is called: their backups may lie in one folder.
std::string IdFor(const std::string& id, const char* service, absl::Time now) {
  if (!id.empty()) return absl::StrCat(id, "-", service);
  return absl::StrCat("at-", absl::FormatTime("%Y%m%d-%H%M%S", now, absl::UTCTimeZone()), "-", service);
}

ExitCode CreateBackup(Runtime& runtime, const Options& options) {
  const bool both = options.service == "both";
  const absl::Time now = runtime.environment().now();
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  Json json = Json::object();
  Table table(
      {{"SERVICE"}, {"BACKUP"}, {"MADE"}, {"PATH", Align::kLeft, 200}, {"REVISION", Align::kLeft, 200}});
  ExitCode code = ExitCode::kOk;
  const auto take = [&](const char* service, const auto& answer) {
    if (!answer.ok()) {
      runtime.environment().err << "brokerage: the " << service << " service:\n";
      code = runtime.Fail(answer.status());
      return;
    }
    json[service] = ToJson(*answer);
    table.Add(
        {service, answer->name(), FormatTime(answer->create_time()), answer->path(), answer->revision()});
  };
  if (options.service != "registry") {
    matching::v1::CreateBackupRequest request;
    request.set_backup_id(both ? IdFor(options.id, "matching", now) : options.id);
    take("matching", (*client)->Call(*(*client)->stubs().matching_admin,
                                     &StubOf<matching::v1::AdminService>::CreateBackup, request));
  }
  if (options.service != "matching") {
    registry::v1::CreateBackupRequest request;
    request.set_backup_id(both ? IdFor(options.id, "registry", now) : options.id);
    take("registry", (*client)->Call(*(*client)->stubs().registry_admin,
                                     &StubOf<registry::v1::AdminService>::CreateBackup, request));
  }
  if (runtime.json()) {
    runtime.out() << Print(json);
  } else if (!table.empty()) {
    table.Print(runtime.out());
    runtime.out()
        << "To restore one: stop its service, move db out of its data folder DIR, run the service once with\n"
           "--data DIR --restore-from PATH, and start it as before. docs/operations.md has the commands.\n";
  }
  return code;
}

}  // namespace

void AddBackupCommands(CLI::App& app, Selection& selection) {
  CLI::App* group = app.add_subcommand("backup", "Back up the services' stores");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage backup create");

  const auto options = std::make_shared<Options>();
  CLI::App* create = group->add_subcommand("create", "Write a consistent copy of each store, on the server");
  create->add_option("--service", options->service, "matching, registry or both")
      ->capture_default_str()
      ->check(CLI::IsMember({"matching", "registry", "both"}));
  create->add_option("--id", options->id,
                     "What to call it, letters, digits and hyphens; of both, the service's name is added. "
                     "Without it, by the moment");
  create->footer(
      "Examples:\n"
      "  brokerage backup create\n"
      "  brokerage backup create --service matching --id before-import");
  Select(create, selection, [options](Runtime& runtime) { return CreateBackup(runtime, *options); });
}

}  // namespace brokerage::cli

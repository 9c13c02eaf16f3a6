#include <thread>

#include "absl/strings/str_cat.h"

#include "apps/cli/commands/groups.h"
#include "apps/cli/output/error.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"

namespace brokerage::cli {
namespace {

using MatchingStatus = absl::StatusOr<matching::v1::ServiceStatus>;
using RegistryStatus = absl::StatusOr<registry::v1::ServiceStatus>;

std::string UpFor(const google::protobuf::Timestamp& start, absl::Time now) {
  return start.seconds() == 0 ? "" : FormatAge(now - ToTime(start));
}

// What both services say of themselves.
template <typename Answer>
void AddRow(const absl::StatusOr<Answer>& answer, const std::string& service, const std::string& address,
            const std::string& records, absl::Time now, Table* table) {
  if (!answer.ok()) {
    table->Add({service, address, "no answer"});
    return;
  }
  table->Add({service, address, answer->serving() ? "serving" : "not serving",
              UpFor(answer->start_time(), now), answer->version(),
              absl::StrCat(answer->engine(), ", format ", answer->format_version()), records,
              answer->places_version(), answer->store_revision()});
}

void PrintView(const matching::v1::ServiceStatus& status, std::ostream& out) {
  const auto& view = status.registry_view();
  out << "The index that answers matches is at " << Printable(status.index_revision()) << ".\n";
  if (!view.seen()) {
    out << "The matching service has never heard the registry: no role can be submitted or matched.\n";
    return;
  }
  out << "The matching service " << (view.connected() ? "follows" : "does not follow")
      << " the registry; it last heard it " << FormatAge(absl::Seconds(view.age().seconds())) << " ago ("
      << FormatTime(view.last_heard_time()) << ") and knows "
      << CountOf(view.organisation_count(), "organisation", "organisations") << " and "
      << CountOf(view.credential_count(), "credential", "credentials") << ".\n";
}

ExitCode CodeOf(const MatchingStatus& matching, const RegistryStatus& registry) {
  for (const absl::Status& status : {matching.status(), registry.status()}) {
    if (!status.ok()) return ExitCodeOf(status);
  }
  return matching->serving() && registry->serving() ? ExitCode::kOk : ExitCode::kFailed;
}

ExitCode ShowStatus(Runtime& runtime) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  MatchingStatus matching = absl::UnknownError("not asked");
  RegistryStatus registry = absl::UnknownError("not asked");
  // One that does not answer must not hold up the other.
  std::thread other([&] {
    matching = (*client)->Call(*(*client)->stubs().matching_admin,
                               &StubOf<matching::v1::AdminService>::GetStatus, {});
  });
  registry =
      (*client)->Call(*(*client)->stubs().registry_admin, &StubOf<registry::v1::AdminService>::GetStatus, {});
  other.join();

  if (runtime.json()) {
    runtime.out() << Print({{"matching", matching.ok() ? ToJson(*matching) : Json(nullptr)},
                            {"registry", registry.ok() ? ToJson(*registry) : Json(nullptr)}});
  } else {
    const absl::Time now = runtime.environment().now();
    Table table({{"SERVICE"},
                 {"ADDRESS"},
                 {"STATE"},
                 {"UP FOR"},
                 {"VERSION"},
                 {"STORE"},
                 {"RECORDS"},
                 {"PLACES", Align::kLeft, 16},
                 {"REVISION", Align::kLeft, 100}});
    AddRow(matching, "matching", runtime.matching_address(),
           matching.ok()
               ? absl::StrCat(CountOf(matching->volunteer_count(), "volunteer", "volunteers"), ", ",
                              CountOf(matching->opportunity_count(), "opportunity", "opportunities"))
               : "",
           now, &table);
    AddRow(registry, "registry", runtime.registry_address(),
           registry.ok()
               ? absl::StrCat(CountOf(registry->organisation_count(), "organisation", "organisations"), ", ",
                              CountOf(registry->centre_count(), "centre", "centres"))
               : "",
           now, &table);
    table.Print(runtime.out());
    if (matching.ok()) PrintView(*matching, runtime.out());
  }
  for (const absl::Status& status : {matching.status(), registry.status()}) {
    if (!status.ok()) PrintError(runtime.environment(), status, runtime.json());
  }
  return CodeOf(matching, registry);
}

}  // namespace

void AddStatusCommand(CLI::App& app, Selection& selection) {
  CLI::App* command =
      app.add_subcommand("status", "Show how both services are, and how old the view of the registry is");
  command->footer("Examples:\n  brokerage status\n  brokerage status --json");
  Select(command, selection, ShowStatus);
}

}  // namespace brokerage::cli

#include "apps/cli/app.h"

#include <algorithm>

#include "CLI/CLI.hpp"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/runtime.h"

namespace brokerage::cli {
namespace {

constexpr char kFooter[] =
    "Options may stand before or behind a command. The token is read from a file, never from the line "
    "itself.\n"
    "\n"
    "Exit codes: 0 done, 1 refused or failed, 2 wrong command line, 3 rows were refused,\n"
    "4 a service did not answer, 5 not let in or not allowed, 6 not found.\n"
    "\n"
    "Examples:\n"
    "  brokerage status\n"
    "  brokerage opportunities list --filter 'state=OPEN'\n"
    "  brokerage match volunteers centres/ashford/opportunities/ID --explain\n"
    "  brokerage volunteers import volunteers.csv --dry-run\n"
    "  brokerage COMMAND --help";

constexpr double kMaxTimeoutSeconds = 3600;

void AddGlobalOptions(CLI::App& app, GlobalOptions* options) {
  app.add_option("--matching", options->matching,
                 "HOST:PORT of the matching service\n(BROKERAGE_MATCHING; else 127.0.0.1:7451)");
  app.add_option("--registry", options->registry,
                 "HOST:PORT of the registry service\n(BROKERAGE_REGISTRY; else 127.0.0.1:7452)");
  app.add_option("--credential-file", options->credential_file,
                 "The file that holds your token\n(BROKERAGE_CREDENTIAL_FILE; else "
                 "$BROKERAGE_DATA/credentials/lead.token,\nelse ~/.config/brokerage/token)");
  app.add_option("--centre", options->centre,
                 "The centre to act for; - is every centre\n(BROKERAGE_CENTRE; else the credential's own)");
  app.add_flag("--json", options->json, "Answer with one JSON document, for programs");
  app.add_option("--timeout", options->timeout_seconds, "Seconds that a call may take")
      ->capture_default_str()
      ->check(CLI::Range(0.001, kMaxTimeoutSeconds));
  app.add_option(
      "--tls-ca", options->tls_ca,
      "A PEM file of the authorities to trust (BROKERAGE_TLS_CA; else\nthe machine's). TLS is used with "
      "it, and for every address that\nis not on this machine");
  app.add_flag("--plaintext", options->plaintext,
               "Speak without TLS to another machine, on a network that you trust");
}

}  // namespace

ExitCode RunProgram(const std::vector<std::string>& arguments, const Environment& environment) {
  CLI::App app("Volunteer Brokerage: volunteers, opportunities, organisations, and who fits where.",
               "brokerage");
  GlobalOptions options;
  Selection selection;
  AddGlobalOptions(app, &options);
  app.set_version_flag("--version", std::string("brokerage ") + BROKERAGE_VERSION);
  app.fallthrough();
  app.require_subcommand(1);
  AddMatchCommands(app, selection);
  AddExplainCommand(app, selection);
  AddRelaxCommands(app, selection);
  AddWatchCommand(app, selection);
  AddCoverageCommand(app, selection);
  AddVolunteerCommands(app, selection);
  AddOpportunityCommands(app, selection);
  AddReferralCommands(app, selection);
  AddOrganisationCommands(app, selection);
  AddCentreCommands(app, selection);
  AddCredentialCommands(app, selection);
  AddPlacesCommands(app, selection);
  AddBackupCommands(app, selection);
  AddStatusCommand(app, selection);
  app.footer(kFooter);

  // CLI11 speaks in exceptions; they end here. It takes its arguments last first.
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, environment.out, environment.err) == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  Runtime runtime(environment, options);
  return selection.command(runtime);
}

}  // namespace brokerage::cli

// The groups of commands. Each adds its subcommands to `app`; the one that is named on the command line puts
// what it is to do into `selection`.
#pragma once

#include "CLI/CLI.hpp"
#include "apps/cli/commands/runtime.h"

namespace brokerage::cli {

void AddVolunteerCommands(CLI::App& app, Selection& selection);
void AddOpportunityCommands(CLI::App& app, Selection& selection);
void AddReferralCommands(CLI::App& app, Selection& selection);
void AddOrganisationCommands(CLI::App& app, Selection& selection);
void AddCentreCommands(CLI::App& app, Selection& selection);
void AddCredentialCommands(CLI::App& app, Selection& selection);
void AddMatchCommands(CLI::App& app, Selection& selection);
void AddExplainCommand(CLI::App& app, Selection& selection);
void AddRelaxCommands(CLI::App& app, Selection& selection);
void AddCoverageCommand(CLI::App& app, Selection& selection);
void AddWatchCommand(CLI::App& app, Selection& selection);
void AddPlacesCommands(CLI::App& app, Selection& selection);
void AddBackupCommands(CLI::App& app, Selection& selection);
void AddStatusCommand(CLI::App& app, Selection& selection);

}  // namespace brokerage::cli

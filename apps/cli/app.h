// The program `brokerage`: understands a command line and runs what it asks for.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/client/environment.h"
#include "apps/cli/client/exit_code.h"

namespace brokerage::cli {

// `arguments` are those behind the program's name.
ExitCode RunProgram(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace brokerage::cli

// The program brokerage-demo.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/client/environment.h"
#include "apps/cli/client/exit_code.h"

namespace brokerage::demo {

// Parses the command line and loads the county, or says what to try. Results go to environment.out, the rest
// to environment.err.
cli::ExitCode RunDemo(const std::vector<std::string>& arguments, const cli::Environment& environment);

}  // namespace brokerage::demo

#include <cstdlib>
#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

#include "absl/time/clock.h"

#include "apps/cli/app.h"

int main(int argc, char** argv) {
  using brokerage::cli::Environment;
  const Environment environment{
      .out = std::cout,
      .err = std::cerr,
      .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
      .err_is_terminal = ::isatty(STDERR_FILENO) != 0,
      .variable = [](absl::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr || *value == '\0') return std::nullopt;
        return value;
      },
      .now = [] { return absl::Now(); },
      .sleep = [](absl::Duration duration) { absl::SleepFor(duration); },
      .connect = brokerage::cli::ConnectTo,
  };
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return static_cast<int>(brokerage::cli::RunProgram(arguments, environment));
}

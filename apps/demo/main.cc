#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

#include "absl/time/clock.h"

#include "apps/demo/load/app.h"

int main(int argc, char** argv) {
  using brokerage::cli::Environment;
  const Environment environment{
      .out = std::cout,
      .err = std::cerr,
      .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
      .err_is_terminal = ::isatty(STDERR_FILENO) != 0,
      .variable = [](absl::string_view) { return std::nullopt; },
      .now = [] { return absl::Now(); },
      .sleep = [](absl::Duration duration) { absl::SleepFor(duration); },
      .connect = brokerage::cli::ConnectTo,
  };
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return static_cast<int>(brokerage::demo::RunDemo(arguments, environment));
}

#include "services/rpc/program.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"

#include "base/log_file.h"

namespace brokerage::rpc {

void AddProgramOptions(CLI::App& app, ProgramOptions& options, const std::string& metrics_example) {
  app.add_option("--listen", options.listen, "Where to serve: loopback or unix:/path")->capture_default_str();
  app.add_option("--metrics", options.metrics,
                 absl::StrCat("Where Prometheus reads, for example ", metrics_example, "; none by default"));
  app.add_option("--data", options.data, "This service's own directory; the database is in its db/")
      ->required();
  app.add_option("--places", options.places, "Directory of imported places; none: sectors and outcodes only");
  app.add_option("--backups", options.backups, "Directory under which backups are made");
  app.add_option("--districts", options.districts, "CSV file of the districts served; none: Kent's twelve");
  app.add_option("--restore-from", options.restore_from,
                 "Fill the empty --data from this backup, and end. The service must not be running");
  app.add_option("--log", options.log, "File to log to, moved aside when it is full; none: standard error");
}

int RunProgram(absl::string_view program, const ProgramOptions& options,
               const std::function<absl::Status()>& restore, const std::function<absl::Status()>& serve) {
  absl::Status status;
  if (options.restore_from) {
    status = restore();
    if (status.ok()) {
      std::printf("Restored %s from %s\n", options.database().c_str(), options.restore_from->c_str());
    }
  } else {
    if (!options.log.empty()) status = base::LogToFile(options.log);
    if (status.ok()) status = serve();
  }
  if (status.ok()) return 0;
  std::fprintf(stderr, "%s: %s\n", std::string(program).c_str(), std::string(status.message()).c_str());
  return 1;
}

}  // namespace brokerage::rpc

// The subcommand `import` of a group.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "CLI/CLI.hpp"
#include "apps/cli/commands/runtime.h"
#include "apps/cli/import/import_kind.h"
#include "apps/cli/rows/columns.h"

namespace brokerage::cli {

struct ImportCommand {
  absl::string_view kind;  // "volunteers"
  const std::vector<Column>& columns;
  // The importer for rows of the centre `centre` ("ashford"); `runtime` is connected.
  std::function<std::unique_ptr<ImportKind>(const Runtime& runtime, const Client& client,
                                            const std::string& centre)>
      make;
  std::string examples;
};

void AddImportCommand(CLI::App& group, Selection& selection, const ImportCommand& spec);

}  // namespace brokerage::cli

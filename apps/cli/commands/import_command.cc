#include "apps/cli/commands/import_command.h"

#include "absl/strings/str_cat.h"

#include "apps/cli/import/importer.h"
#include "apps/cli/import/report.h"
#include "apps/cli/output/table.h"
#include "base/csv.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

constexpr int kMaxInFlight = 64;

struct Options {
  std::string file;
  std::string errors_file;
  std::string names_file;
  bool columns = false;
  bool example = false;
  ImportOptions importing;
};

ExitCode PrintColumns(const Runtime& runtime, const std::vector<Column>& columns) {
  if (runtime.json()) {
    Json list = Json::array();
    for (const Column& column : columns) {
      list.push_back({{"name", column.name},
                      {"required", column.required},
                      {"meaning", column.meaning},
                      {"example", column.example}});
    }
    runtime.out() << Print({{"columns", std::move(list)}});
    return ExitCode::kOk;
  }
  Table table({{"COLUMN"}, {"NEEDED"}, {"MEANING", Align::kLeft, 160}, {"EXAMPLE"}});
  for (const Column& column : columns) {
    table.Add({column.name, column.required ? "yes" : "", column.meaning, column.example});
  }
  table.Print(runtime.out());
  return ExitCode::kOk;
}

ExitCode PrintExample(const Runtime& runtime, const std::vector<Column>& columns) {
  std::vector<std::string> names;
  std::vector<std::string> cells;
  for (const Column& column : columns) {
    names.push_back(column.name);
    cells.push_back(column.example);
  }
  runtime.out() << base::FormatCsvRow(names) << "\r\n" << base::FormatCsvRow(cells) << "\r\n";
  return ExitCode::kOk;
}

ExitCode RunImport(Runtime& runtime, const ImportCommand& spec, const Options& options) {
  if (options.columns) return PrintColumns(runtime, spec.columns);
  if (options.example) return PrintExample(runtime, spec.columns);
  if (options.file.empty()) return runtime.Misuse("give the FILE.csv to import, or --columns, or --example");

  absl::StatusOr<ImportFile> file = ReadImportFile(options.file);
  if (!file.ok()) return runtime.Fail(AsFileError(file.status()));
  const absl::StatusOr<const Client*> client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const absl::StatusOr<std::string> centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  if (*centre == "-") return runtime.Misuse("an import is for one centre: give --centre ID");

  const std::unique_ptr<ImportKind> kind = spec.make(runtime, **client, *centre);
  Importer importer(runtime.environment(), *kind, *file, options.importing);
  const ImportOutcome outcome =
      importer.Run(RequestIds(file->hash, base::CentreName{*centre}.Format(), spec.kind));

  const ImportReport report{spec.kind, *file, importer.header_faults(), outcome, options.importing};
  if (runtime.json()) {
    runtime.out() << Print(ImportReportJson(report));
  } else {
    PrintImportReport(runtime.environment(), report);
  }
  if (!outcome.stopped.ok()) runtime.Fail(outcome.stopped);
  absl::Status saved;
  if (!options.errors_file.empty() && report.header_faults.empty())
    saved.Update(WriteErrorsFile(options.errors_file, report));
  if (!options.names_file.empty()) saved.Update(WriteNamesFile(options.names_file, report));
  if (!saved.ok()) return runtime.Fail(AsFileError(saved));
  return ExitCodeOf(report);
}

}  // namespace

void AddImportCommand(CLI::App& group, Selection& selection, const ImportCommand& spec) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = group.add_subcommand(
      "import", absl::StrCat("Import ", spec.kind, " from a CSV file with a header row (UTF-8)"));
  command->add_option("FILE", options->file, "The file");
  command->add_flag("--dry-run", options->importing.dry_run, "Check every row and write nothing");
  command->add_flag("--keep-good", options->importing.keep_good,
                    "Write the good rows although others are faulty");
  command->add_option("--errors", options->errors_file,
                      "Save the faulty rows with their reasons, to correct and import");
  command->add_option("--names", options->names_file,
                      "Save line, external_id, name and state of what was written");
  command->add_flag("--columns", options->columns, "List the columns and stop");
  command->add_flag("--example", options->example, "Print a file with one row and stop");
  command->add_option("--in-flight", options->importing.in_flight, "Calls at once")
      ->capture_default_str()
      ->check(CLI::Range(1, kMaxInFlight));
  command->add_flag("--quiet", options->importing.quiet, "Show no progress");
  command->footer(
      absl::StrCat("Every row is checked before anything is written, and every faulty one is listed with its "
                   "line and all its\n"
                   "reasons. An import that was interrupted goes on when the same command is run again "
                   "within a day with the same\n"
                   "credential; nothing is written twice.\n\nExamples:\n",
                   spec.examples));
  Select(command, selection,
         [spec, options](Runtime& runtime) { return RunImport(runtime, spec, *options); });
}

}  // namespace brokerage::cli

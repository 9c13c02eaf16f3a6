#include "reference/places.h"

#include <filesystem>
#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "apps/cli/commands/groups.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/text.h"
#include "base/files.h"
#include "reference/places_import.h"

namespace brokerage::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string data;
  bool keep_good = false;
  bool quiet = false;
};

// The processes that deploy/up started on this data folder, as its files in run/ say.
std::vector<std::string> RunningServices(const std::string& data) {
  std::vector<std::string> processes;
  for (const char* service : {"registry", "matching"}) {
    const auto file = base::ReadFile(absl::StrCat(data, "/run/", service, ".pid"));
    int process = 0;
    if (file.ok() && absl::SimpleAtoi(absl::string_view(*file).substr(0, file->find(' ')), &process)) {
      processes.push_back(absl::StrCat(process));
    }
  }
  return processes;
}

void ShowProgress(const Environment& environment, const reference::ImportProgress& progress) {
  if (!environment.err_is_terminal) return;
  const int64_t percent = progress.bytes_total == 0 ? 100 : progress.bytes_read * 100 / progress.bytes_total;
  environment.err << "\rReading " << FormatCount(progress.rows) << " rows, " << percent << " %\x1B[K"
                  << std::flush;
}

Json ToJson(const reference::ImportReport& report) {
  Json faults = Json::array();
  for (const auto& fault : report.faults) {
    faults.push_back({{"file", fault.file}, {"line", fault.line}, {"reasons", fault.reasons}});
  }
  return {{"rows_read", report.rows_read},
          {"postcodes", report.postcodes},
          {"duplicates", report.duplicates},
          {"terminated", report.terminated},
          {"without_position", report.without_position},
          {"without_district", report.without_district},
          {"faults", std::move(faults)},
          {"path", report.path},
          {"version", report.version}};
}

void PrintReport(const reference::ImportReport& report, const std::string& data, std::ostream& out) {
  for (const auto& fault : report.faults) {
    out << Printable(fault.file) << ", line " << fault.line << ": "
        << Printable(absl::StrJoin(fault.reasons, "; ")) << "\n";
  }
  out << CountOf(report.postcodes, "postcode", "postcodes") << " in "
      << CountOf(report.rows_read, "row", "rows");
  if (report.duplicates > 0) out << ", " << FormatCount(report.duplicates) << " said twice";
  if (report.terminated > 0) out << ", " << FormatCount(report.terminated) << " no longer in use";
  if (report.without_position > 0)
    out << ", " << FormatCount(report.without_position) << " without a position";
  if (report.without_district > 0)
    out << ", " << FormatCount(report.without_district) << " without a district";
  out << "\n";
  if (report.path.empty()) {
    out << "Nothing was written: "
        << CountOf(static_cast<int64_t>(report.faults.size()), "row is", "rows are")
        << " faulty. Correct them, or write the others with --keep-good.\n";
    return;
  }
  out << "Written to " << report.path << "\n" << reference::kPlacesAttribution << "\n";
  const std::vector<std::string> processes = RunningServices(data);
  if (processes.empty()) {
    out << "Services that run on " << data << " take it up when they start, or on SIGHUP.\n";
  } else {
    out << "To have the running services take it up now: kill -HUP " << absl::StrJoin(processes, " ") << "\n";
  }
}

ExitCode ImportPlaces(Runtime& runtime, const Options& options) {
  const Environment& environment = runtime.environment();
  const std::string data =
      options.data.empty() ? environment.variable("BROKERAGE_DATA").value_or("") : options.data;
  if (data.empty()) return runtime.Misuse("give the services' data folder with --data DIR");
  const std::string places = absl::StrCat(data, "/places");
  std::error_code error;
  std::filesystem::create_directories(places, error);
  if (error)
    return runtime.Fail(absl::UnknownError(absl::StrCat(places, ": cannot be made: ", error.message())));

  reference::ImportOptions reading;
  reading.keep_good = options.keep_good;
  if (!options.quiet) {
    reading.progress = [&](const reference::ImportProgress& progress) {
      ShowProgress(environment, progress);
    };
  }
  const auto report = reference::ImportPlaces(options.files, places, reading);
  if (!options.quiet && environment.err_is_terminal) environment.err << "\n";
  if (!report.ok()) return runtime.Fail(AsFileError(report.status()));
  if (runtime.json()) {
    runtime.out() << Print(ToJson(*report));
  } else {
    PrintReport(*report, data, runtime.out());
  }
  return report->faults.empty() ? ExitCode::kOk : ExitCode::kRowsRefused;
}

ExitCode ResolvePlace(Runtime& runtime, const std::string& postcode) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  registry::v1::ResolvePlaceRequest request;
  request.set_postcode(postcode);
  const auto answer = (*client)->Call(*(*client)->stubs().reference,
                                      &StubOf<registry::v1::ReferenceService>::ResolvePlace, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    PrintDescription(*answer, out);
    out << reference::kPlacesAttribution << "\n";
  });
}

}  // namespace

void AddPlacesCommands(CLI::App& app, Selection& selection) {
  CLI::App* group =
      app.add_subcommand("places", "Import postcode files and look postcodes up")->alias("place");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage places resolve 'TN23 1PL'");

  const auto options = std::make_shared<Options>();
  CLI::App* reading = group->add_subcommand("import", "Read postcode files into the services' data folder");
  reading
      ->add_option("FILE", options->files,
                   "Files, or folders of .csv files: OS Code-Point Open, ONS Postcode Directory, "
                   "or with the header postcode,lat,lon")
      ->required();
  reading->add_option("--data", options->data, "The services' data folder (environment: BROKERAGE_DATA)");
  reading->add_flag("--keep-good", options->keep_good, "Write the good rows although others are faulty");
  reading->add_flag("--quiet", options->quiet, "Show no progress");
  reading->footer(
      "Works on files alone; no service need run. Give all files at once: what was imported before is "
      "replaced.\n\n"
      "Examples:\n"
      "  brokerage places import codepo_gb/Data/CSV --data .data\n"
      "  brokerage places import kent.csv fringe.csv --data .data --keep-good");
  Select(reading, selection, [options](Runtime& runtime) { return ImportPlaces(runtime, *options); });

  const auto postcode = std::make_shared<std::string>();
  CLI::App* resolve = group->add_subcommand("resolve", "Say where the registry thinks a postcode is");
  resolve->add_option("POSTCODE", *postcode, "In any usual writing")->required();
  resolve->footer("Example:\n  brokerage places resolve 'TN23 1PL'");
  Select(resolve, selection, [postcode](Runtime& runtime) { return ResolvePlace(runtime, *postcode); });
}

}  // namespace brokerage::cli

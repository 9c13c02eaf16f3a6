#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include "apps/cli/commands/groups.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "apps/cli/rows/words.h"
#include "base/resource_names.h"
#include "reference/districts.h"

namespace brokerage::cli {
namespace {

using matching::v1::Coverage;
using Request = matching::v1::GetDistrictCoverageRequest;
using Response = matching::v1::GetDistrictCoverageResponse;
using Service = StubOf<matching::v1::ReportService>;

// Of the causes, and of the skills, that are told below the table.
constexpr int kTermsTold = 5;

struct Options {
  std::string cause;
  std::string skill;
};

std::string DistrictLabel(const std::string& name) {
  const auto code = base::ParseDistrictName(name);
  if (code == reference::kOutside) return "outside the county";
  const auto* district = code ? reference::KentDistricts().FindByCode(*code) : nullptr;
  return district == nullptr ? name : district->name;
}

// "1.50"; empty where no place is open.
std::string Ratio(const Coverage& coverage) {
  if (!coverage.has_volunteers_per_place_hundredths()) return "";
  const int64_t hundredths = coverage.volunteers_per_place_hundredths();
  return absl::StrFormat("%d.%02d", hundredths / 100, hundredths % 100);
}

void AddRow(const std::string& label, const Coverage& coverage, Table* table) {
  table->Add({label, FormatCount(coverage.searching_volunteers()), FormatCount(coverage.open_opportunities()),
              FormatCount(coverage.open_places()), Ratio(coverage), coverage.thin() ? "thin" : ""});
}

// "Fewest for their places, of causes: causes/health 0.25, …".
template <typename Rows>
void PrintTerms(absl::string_view what, const Rows& rows, std::ostream& out) {
  if (rows.empty()) return;
  std::vector<std::string> terms;
  for (int i = 0; i < std::min(kTermsTold, rows.size()); ++i) {
    terms.push_back(absl::StrCat(rows[i].term(), " ", Ratio(rows[i].coverage())));
  }
  out << "Fewest for their places, of " << what << ": " << Printable(absl::StrJoin(terms, ", ")) << "\n";
}

void PrintAnswer(const Response& answer, const Request& request, std::ostream& out) {
  out << "Coverage of the districts, as " << request.parent() << " sees it\nAs of "
      << FormatTime(answer.as_of()) << "\n";
  for (const std::string& term : {request.cause(), request.skill()}) {
    if (!term.empty()) out << "Only who has " << term << "\n";
  }
  out << "\n";
  Table table({{"district"},
               {"searching", Align::kRight},
               {"open", Align::kRight},
               {"places", Align::kRight},
               {"for each place", Align::kRight},
               {""}});
  for (const auto& district : answer.districts()) {
    AddRow(DistrictLabel(district.district()), district.coverage(), &table);
  }
  AddRow("not known or not shown", answer.elsewhere(), &table);
  AddRow("together", answer.total(), &table);
  AddRow("from home", answer.remote(), &table);
  table.Print(out);
  out << "\n";
  PrintTerms("causes", answer.causes(), out);
  PrintTerms("skills", answer.skills(), out);
}

ExitCode ShowCoverage(Runtime& runtime, const Options& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  Request request;
  request.set_parent(base::CentreName{*centre}.Format());
  if (!options.cause.empty()) {
    const auto cause = ShippedWords().Cause(options.cause);
    if (!cause.ok()) return runtime.Misuse(cause.status().message());
    request.set_cause(*cause);
  }
  if (!options.skill.empty()) {
    const auto skill = ShippedWords().Skill(options.skill);
    if (!skill.ok()) return runtime.Misuse(skill.status().message());
    request.set_skill(*skill);
  }
  const auto answer = (*client)->Call(*(*client)->stubs().reports, &Service::GetDistrictCoverage, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintAnswer(*answer, request, out); });
}

}  // namespace

void AddCoverageCommand(CLI::App& app, Selection& selection) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("coverage", "Where volunteers are few for the places that are open");
  command->add_option("--cause", options->cause, "Only who has this cause, or one below it: any word for it");
  command->add_option("--skill", options->skill, "Only who has this skill, or one below it: any word for it");
  command->footer(
      "Examples:\n"
      "  brokerage coverage\n"
      "  brokerage coverage --skill 'first aid'\n"
      "  brokerage coverage --centre - --json | jq '.districts[] | select(.coverage.thin)'");
  Select(command, selection, [options](Runtime& runtime) { return ShowCoverage(runtime, *options); });
}

}  // namespace brokerage::cli

#include "apps/demo/load/app.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "CLI/CLI.hpp"
#include "apps/cli/client/client.h"
#include "apps/cli/client/credential_file.h"
#include "apps/demo/county.h"
#include "apps/demo/load/find_county.h"
#include "apps/demo/load/loader.h"
#include "apps/demo/load/mark.h"
#include "apps/demo/load/partner.h"
#include "base/clock.h"
#include "reference/districts.h"
#include "reference/places.h"

namespace brokerage::demo {
namespace {

using cli::ExitCode;

constexpr char kDescription[] =
    "Loads the demonstration county into two running services: centres, organisations, volunteers and roles\n"
    "that look like Kent's, and are all invented. Running it again does nothing twice.";

constexpr absl::Duration kTimeout = absl::Seconds(30);
// The services remember request ids for a day at least; an hour is left for finishing.
constexpr absl::Duration kResumeWithin = absl::Hours(23);

struct Options {
  std::string matching = "127.0.0.1:7451";
  std::string registry = "127.0.0.1:7452";
  std::string credential_file;
  std::string partner_credential_file;
  std::string partner_centre = "canterbury";
  std::string places;
  uint64_t seed = 1;
  int organisations = 400;
  int opportunities = 1'200;
  int volunteers = 20'000;
  int introduced = 400;
  int in_flight = 64;
  bool suggest = false;
};

void AddOptions(CLI::App& app, Options& options) {
  const auto count = CLI::Range(0, 10'000'000);
  app.add_option("--matching", options.matching, "HOST:PORT of the matching service")->capture_default_str();
  app.add_option("--registry", options.registry, "HOST:PORT of the registry service")->capture_default_str();
  app.add_option("--credential-file", options.credential_file, "The file with the lead administrator's token")
      ->required();
  app.add_option("--partner-credential-file", options.partner_credential_file,
                 "Where to write the token of another centre's administrator;\nleft alone when it is there");
  app.add_option("--partner-centre", options.partner_centre, "That other centre")->capture_default_str();
  app.add_option("--places", options.places, "A folder of imported postcodes: people then live at real ones");
  app.add_option("--seed", options.seed, "Another seed is another county")->capture_default_str();
  app.add_option("--organisations", options.organisations, "How many")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--opportunities", options.opportunities, "How many")->capture_default_str()->check(count);
  app.add_option("--volunteers", options.volunteers, "How many")->capture_default_str()->check(count);
  app.add_option("--introduced", options.introduced, "For how many open roles to put volunteers forward")
      ->capture_default_str()
      ->check(count);
  app.add_option("--in-flight", options.in_flight, "How many records are written at once")
      ->capture_default_str()
      ->check(CLI::Range(1, 512));
  app.add_flag("--suggest", options.suggest, "Only print the name of a role that many volunteers fit");
}

absl::StatusOr<std::unique_ptr<cli::Client>> Connect(const Options& options,
                                                     const cli::Environment& environment) {
  auto token = cli::ReadCredentialFile(options.credential_file);
  if (!token.ok()) return cli::AsFileError(token.status());
  auto matching = environment.connect({.address = options.matching, .allow_plaintext = false, .ca_file = ""});
  if (!matching.ok()) return matching.status();
  auto registry = environment.connect({.address = options.registry, .allow_plaintext = false, .ca_file = ""});
  if (!registry.ok()) return registry.status();
  return std::make_unique<cli::Client>(*std::move(matching), *std::move(registry), token->text, kTimeout,
                                       environment.sleep);
}

// The mark to load by: a new one, or that of an interrupted load. Nothing when the county is there.
absl::StatusOr<std::optional<Mark>> MarkToLoad(const cli::Client& client, const Mark& wanted,
                                               absl::Time now) {
  const auto found = FindCounty(client);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return wanted;
  const Mark& mark = (*found)->mark;
  if (!mark.IsOfSameCounty(wanted)) {
    return absl::FailedPreconditionError(
        absl::StrCat("another demonstration county is here: ", FormatMark(mark)));
  }
  if (mark.complete) return std::nullopt;
  if (now - (*found)->begun > kResumeWithin) {
    return absl::FailedPreconditionError(
        absl::StrCat("loading was interrupted too long ago to go on safely; begin again with empty stores: ",
                     FormatMark(mark)));
  }
  return mark;
}

absl::Status LoadCounty(const Options& options, const cli::Client& client,
                        const cli::Environment& environment) {
  auto places = reference::LoadPlaces(options.places, reference::KentDistricts());
  if (!places.ok()) return cli::AsFileError(places.status());
  CountyOptions county_options = {.seed = options.seed,
                                  .today = base::LondonDate(environment.now()),
                                  .organisations = options.organisations,
                                  .opportunities = options.opportunities,
                                  .volunteers = options.volunteers};
  const auto mark = MarkToLoad(client, MarkOf(county_options, (*places)->version()), environment.now());
  if (!mark.ok()) return mark.status();
  if (!mark->has_value()) {
    environment.err << "The demonstration county is here already.\n";
    return absl::OkStatus();
  }
  county_options = OptionsOf(**mark);
  county_options.places = *places;
  const County county = Generate(county_options);
  return Loader(client, environment, county, **mark, options.in_flight, options.introduced).Load();
}

absl::Status Run(const Options& options, const cli::Environment& environment) {
  const auto client = Connect(options, environment);
  if (!client.ok()) return client.status();
  if (options.suggest) {
    const auto name = FindSuggestion(**client);
    if (name.ok()) environment.out << *name << "\n" << std::flush;
    return name.status();
  }
  if (const absl::Status status = LoadCounty(options, **client, environment); !status.ok()) return status;
  if (options.partner_credential_file.empty()) return absl::OkStatus();
  return WritePartnerCredential(**client, options.partner_centre, options.partner_credential_file);
}

}  // namespace

ExitCode RunDemo(const std::vector<std::string>& arguments, const cli::Environment& environment) {
  CLI::App app(kDescription, "brokerage-demo");
  Options options;
  AddOptions(app, options);
  // CLI11 speaks in exceptions; they end here. It takes its arguments last first.
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, environment.out, environment.err) == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  const absl::Status status = Run(options, environment);
  if (!status.ok()) environment.err << "brokerage-demo: " << status.message() << "\n" << std::flush;
  return cli::ExitCodeOf(status);
}

}  // namespace brokerage::demo

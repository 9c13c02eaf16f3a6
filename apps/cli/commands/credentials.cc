#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

#include "apps/cli/client/names.h"
#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/commands/new_secret_file.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "apps/cli/rows/cells.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/resource_names.h"

namespace brokerage::cli {
namespace {

using registry::v1::Credential;
using Service = StubOf<registry::v1::CentreService>;

struct CreateOptions {
  std::string role;
  std::string display_name;
  std::vector<std::string> scopes;
  std::string expires;
  std::string out_file;
};

// "90d", counted from `now`, or a date: the end of that day in London.
absl::StatusOr<absl::Time> ParseExpiry(absl::string_view text, absl::Time now) {
  int days = 0;
  absl::string_view number = text;
  if (absl::ConsumeSuffix(&number, "d") && absl::SimpleAtoi(number, &days) && days > 0) {
    return now + absl::Hours(24) * days;
  }
  const absl::StatusOr<common::v1::Date> date = ParseDate(text);
  if (!date.ok()) return CellFault(text, "is no date and no number of days: write 2027-03-31 or 90d");
  const absl::CivilDay day(date->year(), date->month(), date->day());
  return absl::FromCivil(day + 1, base::LondonTimeZone());
}

ExitCode ShowNew(Runtime& runtime, Credential credential, std::optional<NewSecretFile> file,
                 const std::string& path) {
  const std::string secret = std::exchange(*credential.mutable_secret(), "");
  if (file) {
    const absl::Status filled = file->Fill(secret);
    if (!filled.ok()) {
      runtime.environment().err << "brokerage: " << credential.name()
                                << " was made, but its secret is lost: revoke it and make another\n";
      return runtime.Fail(filled);
    }
  }
  if (runtime.json()) {
    runtime.out() << Print({{"credential", ToJson(credential)}, {"secret_file", path}});
    return ExitCode::kOk;
  }
  PrintDescription(credential, runtime.out());
  if (file) {
    runtime.out() << "The secret is in " << path << ", readable by you alone.\n";
  } else {
    runtime.out() << "The secret, shown now and never again:\n" << secret << "\n";
  }
  return ExitCode::kOk;
}

ExitCode CreateCredential(Runtime& runtime, const CreateOptions& options) {
  const bool to_terminal = options.out_file.empty();
  if (to_terminal && (runtime.json() || !runtime.environment().out_is_terminal)) {
    return runtime.Misuse("a secret is not written where it may be kept by chance: give --out FILE");
  }
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  if (*centre == "-") return runtime.Misuse("a credential is of one centre: give --centre ID");

  registry::v1::CreateCredentialRequest request;
  request.set_parent(base::CentreName{*centre}.Format());
  request.set_request_id(base::MintUuid4());
  Credential* credential = request.mutable_credential();
  const auto role = ParseEnum<common::v1::Role>(options.role);
  if (!role.ok()) return runtime.Misuse(absl::StrCat("--role: ", role.status().message()));
  credential->set_role(*role);
  credential->set_display_name(options.display_name);
  for (const std::string& scope : options.scopes) credential->add_scopes(scope);
  if (!options.expires.empty()) {
    const auto expiry = ParseExpiry(options.expires, runtime.environment().now());
    if (!expiry.ok()) return runtime.Misuse(absl::StrCat("--expires: ", expiry.status().message()));
    *credential->mutable_expire_time() = ToTimestamp(*expiry);
  }

  std::optional<NewSecretFile> file;
  if (!to_terminal) {
    absl::StatusOr<NewSecretFile> created = NewSecretFile::Create(options.out_file);
    if (!created.ok()) return runtime.Fail(created.status());
    file.emplace(*std::move(created));
  }
  auto answer = (*client)->Call(*(*client)->stubs().centres, &Service::CreateCredential, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return ShowNew(runtime, *std::move(answer), std::move(file), options.out_file);
}

ExitCode ListCredentials(Runtime& runtime, const ListOptions& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  registry::v1::ListCredentialsRequest request;
  request.set_parent(base::CentreName{*centre}.Format());
  ApplyPage(options, &request);
  const auto answer =
      FetchPages(**client, *(*client)->stubs().centres, &Service::ListCredentials, request, options.all);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    Table table({{"NAME", Align::kLeft, 140}, {"FOR"}, {"ROLE"}, {"STATE"}, {"EXPIRES"}, {"SCOPES"}});
    for (const Credential& credential : answer->credentials()) {
      table.Add({credential.name(), credential.display_name(),
                 FormatEnum(*common::v1::Role_descriptor(), credential.role()),
                 FormatEnum(*Credential::State_descriptor(), credential.state()),
                 FormatTime(credential.expire_time()), absl::StrJoin(credential.scopes(), ", ")});
    }
    if (!table.empty()) table.Print(out);
    PrintListEnd(out, answer->credentials_size(), "credential", "credentials", answer->next_page_token());
  });
}

ExitCode RevokeCredential(Runtime& runtime, const std::string& typed) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto name = NameInCentre<base::CredentialName>(typed, runtime.Centre().value_or(""));
  if (!name.ok()) return runtime.Misuse(name.status().message());
  registry::v1::RevokeCredentialRequest request;
  request.set_name(*name);
  request.set_request_id(base::MintUuid4());
  const auto answer = (*client)->Call(*(*client)->stubs().centres, &Service::RevokeCredential, request);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    out << answer->name() << " (" << Printable(answer->display_name()) << ") lets nobody in any more.\n";
  });
}

}  // namespace

void AddCredentialCommands(CLI::App& app, Selection& selection) {
  CLI::App* group =
      app.add_subcommand("credentials", "Make, list and revoke credentials")->alias("credential");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage credential list");

  const auto options = std::make_shared<CreateOptions>();
  CLI::App* create =
      group->add_subcommand("create", "Make one for a person or a program, of the centre in --centre");
  create
      ->add_option("--role", options->role,
                   "reader, caseworker, manager, centre-admin, and of the lead centre lead-admin or service")
      ->required();
  create->add_option("--name", options->display_name, "Whose or what for")->required();
  create->add_option("--scopes", options->scopes, "Limits it to these, separated by commas")->delimiter(',');
  create->add_option("--expires", options->expires,
                     "Its last day, such as 2027-03-31, or a number of days, such as 90d");
  create->add_option("--out", options->out_file,
                     "A new file for the secret, readable by you alone; without it the "
                     "secret is shown once, on a terminal only");
  create->footer(
      "Examples:\n"
      "  brokerage credential create --role caseworker --name 'Jo Smith' --out jo.token\n"
      "  brokerage credential create --centre canterbury --role centre-admin --name 'Canterbury' --out "
      "canterbury.token\n"
      "  brokerage credential create --role reader --name 'Website' --scopes match,opportunities.read "
      "--expires 365d "
      "--out web.token");
  Select(create, selection, [options](Runtime& runtime) { return CreateCredential(runtime, *options); });

  const auto list_options = std::make_shared<ListOptions>();
  CLI::App* list = group->add_subcommand("list", "List a centre's, without their secrets");
  AddPageOptions(list, list_options.get());
  list->footer("Examples:\n  brokerage credential list\n  brokerage credential list --centre - --all");
  Select(list, selection,
         [list_options](Runtime& runtime) { return ListCredentials(runtime, *list_options); });

  const auto name = std::make_shared<std::string>();
  CLI::App* revoke = group->add_subcommand("revoke", "End one for good");
  revoke->add_option("NAME", *name, "centres/CENTRE/credentials/ID, or the ID of one of your own centre")
      ->required();
  revoke->footer("Example:\n  brokerage credential revoke centres/ashford/credentials/ID");
  Select(revoke, selection, [name](Runtime& runtime) { return RevokeCredential(runtime, *name); });
}

}  // namespace brokerage::cli

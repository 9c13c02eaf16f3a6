#include "apps/cli/commands/runtime.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "apps/cli/client/credential_file.h"
#include "apps/cli/output/error.h"
#include "base/ids.h"

namespace brokerage::cli {

std::string Runtime::Setting(const std::string& option, absl::string_view variable,
                             absl::string_view fallback) const {
  if (!option.empty()) return option;
  return environment_.variable(variable).value_or(std::string(fallback));
}

std::string Runtime::matching_address() const {
  return Setting(options_.matching, "BROKERAGE_MATCHING", kDefaultMatching);
}

std::string Runtime::registry_address() const {
  return Setting(options_.registry, "BROKERAGE_REGISTRY", kDefaultRegistry);
}

absl::StatusOr<std::string> Runtime::CredentialFile() const {
  std::string path = Setting(options_.credential_file, "BROKERAGE_CREDENTIAL_FILE", "");
  if (!path.empty()) return path;
  if (const auto data = environment_.variable("BROKERAGE_DATA")) {
    return absl::StrCat(*data, "/credentials/lead.token");
  }
  if (const auto home = environment_.variable("HOME")) return absl::StrCat(*home, "/.config/brokerage/token");
  return absl::UnauthenticatedError(
      "there is no credential: give the file that holds it with --credential-file FILE");
}

absl::StatusOr<const Client*> Runtime::Connect() {
  if (client_ != nullptr) return client_.get();
  const absl::StatusOr<std::string> path = CredentialFile();
  if (!path.ok()) return path.status();
  const absl::StatusOr<BearerToken> token = ReadCredentialFile(*path);
  if (!token.ok()) {
    return absl::UnauthenticatedError(absl::StrCat(token.status().message(),
                                                   "; give the file that holds your token with "
                                                   "--credential-file FILE"));
  }
  if (token->readable_by_others) {
    environment_.err << "brokerage: other users of this machine can read " << *path
                     << "; chmod 600 ends that\n";
  }
  const auto target = [&](std::string address) {
    return Target{std::move(address), options_.plaintext, Setting(options_.tls_ca, "BROKERAGE_TLS_CA", "")};
  };
  const auto matching = environment_.connect(target(matching_address()));
  if (!matching.ok()) return matching.status();
  const auto registry = environment_.connect(target(registry_address()));
  if (!registry.ok()) return registry.status();
  credential_centre_ = token->centre;
  client_ = std::make_unique<Client>(*matching, *registry, token->text,
                                     absl::Seconds(options_.timeout_seconds), environment_.sleep);
  return client_.get();
}

absl::StatusOr<std::string> Runtime::Centre() const {
  const std::string given = Setting(options_.centre, "BROKERAGE_CENTRE", credential_centre_);
  const std::string id(absl::StripPrefix(given, "centres/"));
  if (id.empty())
    return absl::InvalidArgumentError("the credential does not say which centre it is of: give --centre ID");
  if (id != "-" && !base::IsClientId(id)) {
    return absl::InvalidArgumentError(absl::StrCat("\"", id, "\" is no centre's id: give one like ashford"));
  }
  return id;
}

ExitCode Runtime::Fail(const absl::Status& status) const {
  PrintError(environment_, status, options_.json);
  return ExitCodeOf(status);
}

ExitCode Runtime::Misuse(absl::string_view message) const {
  PrintError(environment_, absl::InvalidArgumentError(message), options_.json);
  return ExitCode::kUsage;
}

ExitCode Runtime::Answer(const google::protobuf::Message& message,
                         const std::function<void(std::ostream&)>& print) const {
  if (options_.json) {
    environment_.out << Print(ToJson(message));
  } else {
    print(environment_.out);
  }
  return ExitCode::kOk;
}

void Select(CLI::App* subcommand, Selection& selection, Command command) {
  subcommand->callback([&selection, command = std::move(command)] { selection.command = command; });
}

}  // namespace brokerage::cli

// What every command has at hand: where the services are, who is asking, and how to answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "CLI/CLI.hpp"
#include "apps/cli/client/client.h"
#include "apps/cli/client/environment.h"
#include "apps/cli/client/exit_code.h"
#include "apps/cli/output/json.h"

namespace brokerage::cli {

inline constexpr absl::string_view kDefaultMatching = "127.0.0.1:7451";
inline constexpr absl::string_view kDefaultRegistry = "127.0.0.1:7452";

// The options that stand before or behind any command. Empty ones are taken from the environment, then from
// defaults.
struct GlobalOptions {
  std::string matching;
  std::string registry;
  std::string credential_file;
  std::string centre;
  std::string tls_ca;
  bool plaintext = false;
  bool json = false;
  double timeout_seconds = 30;
};

class Runtime {
 public:
  // Keeps references to both.
  Runtime(const Environment& environment, const GlobalOptions& options)
      : environment_(environment), options_(options) {}

  const Environment& environment() const { return environment_; }
  std::ostream& out() const { return environment_.out; }
  bool json() const { return options_.json; }

  // Reads the credential and opens a channel to each service, once. Nothing is sent yet. UNAUTHENTICATED when
  // there is no credential.
  absl::StatusOr<const Client*> Connect();

  std::string matching_address() const;
  std::string registry_address() const;

  // The id of the centre to act for: --centre, BROKERAGE_CENTRE, or the credential's own. "-" is every
  // centre. Call Connect first. INVALID_ARGUMENT when it is not known.
  absl::StatusOr<std::string> Centre() const;
  // The credential's own centre, or empty.
  const std::string& credential_centre() const { return credential_centre_; }

  // Shows an error and answers the exit code for it.
  ExitCode Fail(const absl::Status& status) const;
  // The same for a mistake on the command line.
  ExitCode Misuse(absl::string_view message) const;
  // Prints `message` as JSON when that is asked for, else calls `print`.
  ExitCode Answer(const google::protobuf::Message& message,
                  const std::function<void(std::ostream&)>& print) const;

 private:
  std::string Setting(const std::string& option, absl::string_view variable,
                      absl::string_view fallback) const;
  absl::StatusOr<std::string> CredentialFile() const;

  const Environment& environment_;
  const GlobalOptions& options_;
  std::unique_ptr<Client> client_;
  std::string credential_centre_;
};

// A command, once the command line is understood.
using Command = std::function<ExitCode(Runtime&)>;

// Where a subcommand puts what it is to do.
struct Selection {
  Command command;
};

// Makes `subcommand` run `command`.
void Select(CLI::App* subcommand, Selection& selection, Command command);

}  // namespace brokerage::cli

// What every question to the matcher has in common on the command line.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"

#include "CLI/CLI.hpp"
#include "apps/cli/client/client.h"
#include "apps/cli/client/exit_code.h"
#include "apps/cli/client/names.h"
#include "apps/cli/commands/runtime.h"
#include "base/resource_names.h"

namespace brokerage::cli {

inline constexpr char kWeightsHelp[] = "A weight set: weightSets/ID, or the ID; without it the default";

struct Question {
  std::string weights;
  std::string at_least_as_fresh;
  bool access_support = false;
};

// `leaves_out` says what --require-access-support leaves out.
inline void AddQuestionOptions(CLI::App* command, Question* question, const std::string& leaves_out) {
  command->add_option("--weights", question->weights, kWeightsHelp);
  command->add_flag("--require-access-support", question->access_support,
                    "Leave out " + leaves_out + " where an access need has no support");
  command->add_option("--at-least-as-fresh", question->at_least_as_fresh,
                      "The consistency_token of a write that the answer must know of");
}

// Puts what was typed, if anything, into the request. INVALID_ARGUMENT when it is no weight set's name.
template <typename Request>
absl::Status FillWeights(const std::string& typed, Request* request) {
  if (typed.empty()) return absl::OkStatus();
  const auto weights = TopLevelName<base::WeightSetName>("weightSets/", typed);
  if (!weights.ok()) return weights.status();
  request->set_weight_set(*weights);
  return absl::OkStatus();
}

// The same for all of the question, asked by the centre of that id.
template <typename Request>
absl::Status FillQuestion(const Question& question, const std::string& centre, Request* request) {
  request->set_parent(base::CentreName{centre}.Format());
  request->set_at_least_as_fresh(question.at_least_as_fresh);
  request->set_require_access_support(question.access_support);
  return FillWeights(question.weights, request);
}

// What a command knows once it knows about which record it asks.
struct About {
  const Client& client;
  std::string centre;  // the id of the centre that asks
  std::string name;    // the record's
};

// Runs `ask` about the record of `Name`'s kind that was typed; shows what keeps it from being asked about.
template <typename Name>
ExitCode AskAbout(Runtime& runtime, const std::string& typed,
                  const std::function<ExitCode(const About&)>& ask) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  const auto name = NameInCentre<Name>(typed, *centre);
  if (!name.ok()) return runtime.Misuse(name.status().message());
  return ask({**client, *centre, *name});
}

}  // namespace brokerage::cli

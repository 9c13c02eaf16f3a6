#include <functional>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

#include "apps/cli/commands/groups.h"
#include "apps/cli/commands/listing.h"
#include "apps/cli/commands/question.h"
#include "apps/cli/output/describe.h"
#include "apps/cli/output/table.h"
#include "apps/cli/output/text.h"
#include "apps/cli/rows/cells.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

using matching::v1::Referral;
using Service = StubOf<matching::v1::ReferralService>;

constexpr int kNameWidth = 140;

// What may be typed of a step; each step takes some of it.
struct StepOptions {
  std::string name;
  std::string note;
  std::string reason;
  std::string declined_by;
  std::string means;
};

ExitCode Show(Runtime& runtime, const absl::StatusOr<Referral>& answer) {
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) { PrintDescription(*answer, out); });
}

ExitCode ListReferrals(Runtime& runtime, const ListOptions& options) {
  const auto client = runtime.Connect();
  if (!client.ok()) return runtime.Fail(client.status());
  const auto centre = runtime.Centre();
  if (!centre.ok()) return runtime.Misuse(centre.status().message());
  matching::v1::ListReferralsRequest request;
  request.set_parent(base::CentreName{*centre}.Format());
  ApplyFilter(options, &request);
  const auto answer =
      FetchPages(**client, *(*client)->stubs().referrals, &Service::ListReferrals, request, options.all);
  if (!answer.ok()) return runtime.Fail(answer.status());
  return runtime.Answer(*answer, [&](std::ostream& out) {
    Table table({{"NAME", Align::kLeft, kNameWidth}, {"STAGE"}, {"VOLUNTEER"}, {"ROLE"}, {"UPDATED"}});
    for (const Referral& referral : answer->referrals()) {
      table.Add({referral.name(), FormatEnum(*Referral::Stage_descriptor(), referral.stage()),
                 referral.display_name(), referral.title(), FormatTime(referral.update_time())});
    }
    if (!table.empty()) table.Print(out);
    PrintListEnd(out, answer->referrals_size(), "referral", "referrals", answer->next_page_token());
  });
}

ExitCode GetReferral(Runtime& runtime, const std::string& typed) {
  return AskAbout<base::ReferralName>(runtime, typed, [&](const About& about) {
    matching::v1::GetReferralRequest request;
    request.set_name(about.name);
    return Show(runtime, about.client.Call(*about.client.stubs().referrals, &Service::GetReferral, request));
  });
}

struct ShortlistOptions {
  std::string volunteer;
  std::string opportunity;
  std::string weights;
  std::string note;
};

ExitCode Shortlist(Runtime& runtime, const ShortlistOptions& options) {
  return AskAbout<base::OpportunityName>(runtime, options.opportunity, [&](const About& about) {
    const auto volunteer = NameInCentre<base::VolunteerName>(options.volunteer, about.centre);
    if (!volunteer.ok()) return runtime.Misuse(volunteer.status().message());
    matching::v1::ShortlistVolunteerRequest request;
    request.set_parent(base::CentreName{about.centre}.Format());
    request.set_volunteer(*volunteer);
    request.set_opportunity(about.name);
    request.set_note(options.note);
    request.set_request_id(base::MintUuid4());
    if (auto filled = FillWeights(options.weights, &request); !filled.ok()) {
      return runtime.Misuse(filled.message());
    }
    return Show(runtime,
                about.client.Call(*about.client.stubs().referrals, &Service::ShortlistVolunteer, request));
  });
}

// Puts what was typed for `option` into `set`, if it is one of the enum's values.
template <typename Enum, typename Set>
absl::Status FillEnum(absl::string_view option, const std::string& typed, const Set& set) {
  const auto value = ParseEnum<Enum>(typed);
  if (!value.ok()) return absl::InvalidArgumentError(absl::StrCat(option, ": ", value.status().message()));
  set(*value);
  return absl::OkStatus();
}

template <typename Request>
absl::Status FillStep(const StepOptions& options, Request& request) {
  absl::Status status;
  if constexpr (requires { request.set_reason({}); }) {
    status.Update(FillEnum<Referral::Reason>("--reason", options.reason,
                                             [&](auto reason) { request.set_reason(reason); }));
  }
  if constexpr (requires { request.set_declined_by({}); }) {
    status.Update(FillEnum<Referral::Side>("--by", options.declined_by,
                                           [&](auto side) { request.set_declined_by(side); }));
  }
  if constexpr (requires { request.set_means({}); }) {
    status.Update(FillEnum<matching::v1::IntroductionConsent::Means>(
        "--means", options.means, [&](auto means) { request.set_means(means); }));
  }
  return status;
}

template <typename Request>
using Method = grpc::Status (Service::*)(grpc::ClientContext*, const Request&, Referral*);

template <typename Request>
ExitCode Step(Runtime& runtime, Method<Request> method, const StepOptions& options) {
  return AskAbout<base::ReferralName>(runtime, options.name, [&](const About& about) {
    Request request;
    request.set_name(about.name);
    request.set_note(options.note);
    request.set_request_id(base::MintUuid4());
    if (auto filled = FillStep(options, request); !filled.ok()) return runtime.Misuse(filled.message());
    return Show(runtime, about.client.Call(*about.client.stubs().referrals, method, request));
  });
}

// Adds `word NAME` for a step.
template <typename Request>
void AddStep(CLI::App* group, Selection& selection, const std::string& word, const std::string& help,
             Method<Request> method, const std::string& example_options = "") {
  const auto options = std::make_shared<StepOptions>();
  CLI::App* step = group->add_subcommand(word, help);
  step->add_option("NAME", options->name, "centres/CENTRE/referrals/ID, or the ID of one of your own centre")
      ->required();
  if constexpr (std::is_same_v<Request, matching::v1::AddNoteRequest>) {
    step->add_option("NOTE", options->note, "What to note")->required();
  } else {
    step->add_option("--note", options->note, "What to note with it; both centres read it");
  }
  if constexpr (requires(Request request) { request.set_reason({}); }) {
    step->add_option("--reason", options->reason,
                     "Why: no-time, not-suitable, other and more, see the API guide")
        ->required();
  }
  if constexpr (requires(Request request) { request.set_declined_by({}); }) {
    step->add_option("--by", options->declined_by, "Who said no: volunteer or organisation")->required();
  }
  if constexpr (requires(Request request) { request.set_means({}); }) {
    step->add_option("--means", options->means,
                     "How the volunteer said so: in-person, telephone, email, message or letter")
        ->required();
  }
  step->footer(absl::StrCat("Example:\n  brokerage referrals ", word, " ID", example_options));
  Select(step, selection, [options, method](Runtime& runtime) { return Step(runtime, method, *options); });
}

void AddShortlist(CLI::App* group, Selection& selection) {
  const auto options = std::make_shared<ShortlistOptions>();
  CLI::App* shortlist = group->add_subcommand("shortlist", "Put a volunteer forward for a role");
  shortlist
      ->add_option("VOLUNTEER", options->volunteer,
                   "centres/CENTRE/volunteers/ID, or the ID of one of your own centre")
      ->required();
  shortlist
      ->add_option("OPPORTUNITY", options->opportunity,
                   "centres/CENTRE/opportunities/ID, or the ID of one of your own centre")
      ->required();
  shortlist->add_option("--weights", options->weights, kWeightsHelp);
  shortlist->add_option("--note", options->note, "What to note with it; both centres read it");
  shortlist->footer(
      "Example:\n  brokerage referrals shortlist centres/ashford/volunteers/ID "
      "centres/dover/opportunities/ID");
  Select(shortlist, selection, [options](Runtime& runtime) { return Shortlist(runtime, *options); });
}

}  // namespace

void AddReferralCommands(CLI::App& app, Selection& selection) {
  CLI::App* group =
      app.add_subcommand("referrals", "Put volunteers forward for roles, step by step")->alias("referral");
  group->require_subcommand(1);
  group->footer("Example:\n  brokerage referrals list --filter 'live=true'");

  const auto list_options = std::make_shared<ListOptions>();
  CLI::App* list = group->add_subcommand("list", "List those of your roles and of your volunteers");
  AddFilterOptions(list, list_options.get(),
                   "stage, live, volunteer, opportunity, centre, create_time, update_time");
  list->footer(
      "Examples:\n"
      "  brokerage referrals list --filter 'stage=OFFERED'\n"
      "  brokerage referrals list --filter 'volunteer=centres/ashford/volunteers/ID' --order-by 'update_time "
      "desc'");
  Select(list, selection, [list_options](Runtime& runtime) { return ListReferrals(runtime, *list_options); });

  const auto name = std::make_shared<std::string>();
  CLI::App* get = group->add_subcommand("get", "Show one; that you were shown a contact is kept");
  get->add_option("NAME", *name, "centres/CENTRE/referrals/ID, or the ID of one of your own centre")
      ->required();
  get->footer("Example:\n  brokerage referrals get centres/ashford/referrals/ID");
  Select(get, selection, [name](Runtime& runtime) { return GetReferral(runtime, *name); });

  AddShortlist(group, selection);
  AddStep(group, selection, "offer", "The volunteer is asked", &Service::OfferReferral);
  AddStep(group, selection, "consent", "The volunteer agrees to be introduced", &Service::RecordConsent,
          " --means telephone");
  AddStep(group, selection, "introduce", "The organisation gets the volunteer's contact details",
          &Service::IntroduceVolunteer);
  AddStep(group, selection, "acknowledge", "The organisation has heard", &Service::AcknowledgeReferral);
  AddStep(group, selection, "place", "The volunteer has a place of the role", &Service::PlaceVolunteer);
  AddStep(group, selection, "end", "The placement is over", &Service::EndPlacement, " --reason completed");
  AddStep(group, selection, "decline", "It leads to no placement", &Service::DeclineReferral,
          " --reason no-time --by volunteer");
  AddStep(group, selection, "note", "Add a note", &Service::AddNote, " 'Called twice'");
}

}  // namespace brokerage::cli

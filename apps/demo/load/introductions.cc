#include "apps/demo/load/introductions.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"

#include "apps/demo/random.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/resource_names.h"

namespace brokerage::demo {
namespace {

using matching::v1::IntroductionConsent;
using matching::v1::Referral;
using MatchingStub = matching::v1::MatchingService::StubInterface;
using ReferralStub = matching::v1::ReferralService::StubInterface;

// Each with how often, of a hundred.
constexpr std::pair<Referral::Stage, int> kStages[] = {
    {Referral::STAGE_SHORTLISTED, 16}, {Referral::STAGE_OFFERED, 18}, {Referral::STAGE_CONSENTED, 10},
    {Referral::STAGE_INTRODUCED, 14},  {Referral::STAGE_PLACED, 18},  {Referral::STAGE_DECLINED, 12},
    {Referral::STAGE_ACKNOWLEDGED, 6}, {Referral::STAGE_ENDED, 3},    {Referral::STAGE_NO_RESPONSE, 3},
};

constexpr std::array<absl::string_view, 5> kNotes = {
    "Rang about something like this in the spring.", "Would rather not drive after dark.",
    "Prefers to be emailed.", "Asked to bring a friend along to the first session.",
    "Can start after half-term."};

// The steps that lead on, in order.
constexpr std::array kWay = {Referral::STAGE_SHORTLISTED,  Referral::STAGE_OFFERED,
                             Referral::STAGE_CONSENTED,    Referral::STAGE_INTRODUCED,
                             Referral::STAGE_ACKNOWLEDGED, Referral::STAGE_PLACED};

// Retries while the matching service has not heard everything yet, or others wrote first.
constexpr cli::RetryPolicy kPatient = {.attempts = 20,
                                       .first_pause = absl::Milliseconds(50),
                                       .longest_pause = absl::Milliseconds(500),
                                       .also = &absl::IsAborted,
                                       .also_attempts = 20};

bool IsRefusal(const absl::Status& status) {
  return absl::IsFailedPrecondition(status) || absl::IsResourceExhausted(status);
}

// Its own centre puts volunteers forward, of those that it sees.
std::string CentreOf(absl::string_view opportunity) {
  const auto name = base::OpportunityName::Parse(opportunity);
  return name ? name->Parent().Format() : "";
}

// One referral, taken from step to step.
class Steps {
 public:
  Steps(const cli::Client& client, std::string key) : client_(client), key_(std::move(key)) {}

  absl::Status Shortlist(absl::string_view volunteer, absl::string_view opportunity,
                         const std::string& note) {
    matching::v1::ShortlistVolunteerRequest request;
    request.set_parent(CentreOf(opportunity));
    request.set_volunteer(std::string(volunteer));
    request.set_opportunity(std::string(opportunity));
    request.set_note(note);
    return Take("shortlist", &ReferralStub::ShortlistVolunteer, std::move(request));
  }

  // The step that leads to `stage`.
  absl::Status Advance(Referral::Stage stage) {
    switch (stage) {
      case Referral::STAGE_OFFERED:
        return Step("offer", &ReferralStub::OfferReferral, matching::v1::OfferReferralRequest());
      case Referral::STAGE_CONSENTED: {
        matching::v1::RecordConsentRequest request;
        request.set_means(IntroductionConsent::MEANS_TELEPHONE);
        return Step("consent", &ReferralStub::RecordConsent, request);
      }
      case Referral::STAGE_INTRODUCED:
        return Step("introduce", &ReferralStub::IntroduceVolunteer,
                    matching::v1::IntroduceVolunteerRequest());
      case Referral::STAGE_ACKNOWLEDGED:
        return Step("acknowledge", &ReferralStub::AcknowledgeReferral,
                    matching::v1::AcknowledgeReferralRequest());
      case Referral::STAGE_PLACED:
        return Step("place", &ReferralStub::PlaceVolunteer, matching::v1::PlaceVolunteerRequest());
      default:
        return absl::InternalError("no step leads there");
    }
  }

  absl::Status End() {
    matching::v1::EndPlacementRequest request;
    request.set_reason(Referral::REASON_COMPLETED);
    return Step("end", &ReferralStub::EndPlacement, request);
  }

  absl::Status Decline(Referral::Reason reason) {
    matching::v1::DeclineReferralRequest request;
    request.set_reason(reason);
    request.set_declined_by(Referral::SIDE_VOLUNTEER);
    return Step("decline", &ReferralStub::DeclineReferral, request);
  }

 private:
  template <typename Request, typename Method>
  absl::Status Step(absl::string_view step, Method method, Request request) {
    request.set_name(name_);
    return Take(step, method, std::move(request));
  }

  template <typename Request, typename Method>
  absl::Status Take(absl::string_view step, Method method, Request request) {
    request.set_request_id(base::Uuid4Of(base::Sha256(absl::StrCat(key_, "\n", step))));
    auto done = client_.Call(*client_.stubs().referrals, method, request, kPatient);
    if (done.ok()) name_ = done->name();
    return done.status();
  }

  const cli::Client& client_;
  const std::string key_;
  std::string name_;
};

// Until `stage` is reached, or refused.
absl::Status AdvanceTo(Referral::Stage stage, Steps& steps) {
  for (std::size_t i = 1; i < kWay.size() && kWay[i - 1] != stage; ++i) {
    if (auto status = steps.Advance(kWay[i]); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Follow(const Introduction& plan, Steps& steps) {
  absl::Status status;
  switch (plan.stage) {
    case Referral::STAGE_ENDED:
      status = AdvanceTo(Referral::STAGE_PLACED, steps);
      return status.ok() ? steps.End() : status;
    case Referral::STAGE_DECLINED:
      status = AdvanceTo(plan.declined_at, steps);
      return status.ok() ? steps.Decline(Referral::REASON_NO_TIME) : status;
    case Referral::STAGE_NO_RESPONSE:
      status = AdvanceTo(Referral::STAGE_OFFERED, steps);
      return status.ok() ? steps.Decline(Referral::REASON_NO_RESPONSE) : status;
    default:
      return AdvanceTo(plan.stage, steps);
  }
}

}  // namespace

std::vector<Introduction> PlanIntroductions(uint64_t seed, std::size_t index) {
  Random random = Random::For(seed, "introductions", index);
  std::vector<int> weights;
  for (const auto& [stage, weight] : kStages) weights.push_back(weight);
  std::vector<Introduction> plan(static_cast<std::size_t>(random.Between(1, 4)));
  for (Introduction& one : plan) {
    one.stage = kStages[random.Weighted(weights)].first;
    one.declined_at = kWay[static_cast<std::size_t>(random.Between(1, 4))];
    if (random.Chance(250)) one.note = std::string(random.Pick(kNotes));
  }
  return plan;
}

absl::Status Introduce(const cli::Client& client, absl::string_view opportunity,
                       const std::vector<Introduction>& plan, absl::string_view key) {
  matching::v1::ListReferralsRequest live;
  live.set_parent("centres/-");
  live.set_filter(absl::StrCat("live=true AND opportunity=", opportunity));
  const auto listed = client.Call(*client.stubs().referrals, &ReferralStub::ListReferrals, live, kPatient);
  if (!listed.ok() || listed->referrals_size() > 0) return listed.status();

  matching::v1::MatchVolunteersRequest question;
  question.set_parent(CentreOf(opportunity));
  question.set_opportunity(std::string(opportunity));
  question.set_page_size(static_cast<int>(plan.size()));
  const auto matches =
      client.Call(*client.stubs().matching, &MatchingStub::MatchVolunteers, question, kPatient);
  if (!matches.ok()) return matches.status();
  for (int i = 0; i < matches->matches_size(); ++i) {
    const Introduction& one = plan[static_cast<std::size_t>(i)];
    const std::string& volunteer = matches->matches(i).volunteer();
    Steps steps(client, absl::StrCat(key, "\n", volunteer));
    absl::Status status = steps.Shortlist(volunteer, opportunity, one.note);
    if (status.ok()) status = Follow(one, steps);
    if (!status.ok() && !IsRefusal(status)) return status;
  }
  return absl::OkStatus();
}

}  // namespace brokerage::demo

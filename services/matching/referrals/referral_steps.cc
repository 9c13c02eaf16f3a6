#include "services/matching/referrals/referral_steps.h"

#include "base/errors.h"
#include "base/ids.h"
#include "base/limits.h"
#include "brokerage/storage/v1/record.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/referrals/ledgers.h"
#include "services/matching/referrals/referral_needs.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

using storage::v1::OpportunityRecord;
using storage::v1::OpportunityReferrals;
using storage::v1::VolunteerRecord;
using storage::v1::VolunteerReferrals;
using v1::Opportunity;
using v1::Referral;
using v1::Volunteer;

// Changes the volunteer, if there still is one.
template <typename Edit>
absl::Status EditVolunteer(const rpc::Call& call, const std::string& name, rpc::WorkingSet& records,
                           const Edit& edit) {
  const auto found = records.Find<VolunteerRecord>(storage::kVolunteers, name);
  if (!found.ok() || *found == nullptr) return found.status();
  const auto record = records.Edit<VolunteerRecord>(storage::kVolunteers, name);
  if (!record.ok()) return record.status();
  edit(*(*record)->mutable_volunteer());
  *(*record)->mutable_volunteer()->mutable_update_time() = rpc::ToTimestamp(call.now());
  return absl::OkStatus();
}

absl::Status FillPlaces(const rpc::Call& call, const std::string& name, rpc::WorkingSet& records,
                        int32_t places) {
  const auto found = records.Find<OpportunityRecord>(storage::kOpportunities, name);
  if (!found.ok() || *found == nullptr) return found.status();
  const auto record = records.Edit<OpportunityRecord>(storage::kOpportunities, name);
  if (!record.ok()) return record.status();
  Opportunity& opportunity = *(*record)->mutable_opportunity();
  opportunity.set_places_filled(opportunity.places_filled() + places);
  *opportunity.mutable_update_time() = rpc::ToTimestamp(call.now());
  return absl::OkStatus();
}

// The effects of one step.
class Effects {
 public:
  Effects(const rpc::Call& call, const StepWords& words, Referral& referral, rpc::WorkingSet& records)
      : call_(call), words_(words), referral_(referral), records_(records) {}

  absl::Status Do(Effect effect) {
    switch (effect) {
      case Effect::kBeginsLife:
        return WithLedgers([&](auto& volunteer, auto& opportunity) {
          matching::BeginLife(referral_, volunteer, opportunity);
        });
      case Effect::kCountsContact:
        return CountContact();
      case Effect::kKeepsConsent:
        *referral_.mutable_consent() = words_.consent;
        return absl::OkStatus();
      case Effect::kRevealsContact:
        return words_.answers_contact ? KeepAccess(call_, referral_, records_) : absl::OkStatus();
      case Effect::kConnects:
        return Connect();
      case Effect::kTakesPlace:
        return TakePlace();
      case Effect::kEndsLife:
        return EndLife();
      case Effect::kKeepsDecision:  // where the decision is made
      case Effect::kFreesPlace:     // with the end of its life
      case Effect::kQuietens:       // the same
        return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  absl::Status EndLife() {
    bool held = false;
    bool holds_others = false;
    const bool declined = referral_.stage() == Referral::STAGE_DECLINED;
    auto ended = WithLedgers([&](VolunteerReferrals& volunteer, OpportunityReferrals& opportunity) {
      const int before = volunteer.placements_size();
      matching::EndLife(referral_, declined, call_.now(), volunteer, opportunity);
      held = volunteer.placements_size() < before;
      holds_others = volunteer.placements_size() > 0;
    });
    if (!ended.ok() || !held) return ended;
    if (auto freed = FillPlaces(call_, referral_.opportunity(), records_, -1); !freed.ok()) return freed;
    return EditVolunteer(call_, referral_.volunteer(), records_, [&](Volunteer& volunteer) {
      if (!holds_others && volunteer.state() == Volunteer::STATE_PLACED)
        volunteer.set_state(Volunteer::STATE_SEARCHING);
    });
  }

 private:
  template <typename Change>
  absl::Status WithLedgers(const Change& change) {
    const auto volunteer =
        records_.Edit<VolunteerReferrals>(storage::kVolunteerReferrals, referral_.volunteer());
    if (!volunteer.ok()) return volunteer.status();
    const auto opportunity =
        records_.Edit<OpportunityReferrals>(storage::kOpportunityReferrals, referral_.opportunity());
    if (!opportunity.ok()) return opportunity.status();
    change(**volunteer, **opportunity);
    return absl::OkStatus();
  }

  absl::Status Connect() {
    const auto ledger =
        records_.Edit<OpportunityReferrals>(storage::kOpportunityReferrals, referral_.opportunity());
    if (!ledger.ok()) return ledger.status();
    (*ledger)->set_connections((*ledger)->connections() + 1);
    return absl::OkStatus();
  }

  absl::Status CountContact() {
    const auto ledger =
        records_.Edit<VolunteerReferrals>(storage::kVolunteerReferrals, referral_.volunteer());
    if (!ledger.ok()) return ledger.status();
    CountOffer(call_.now(), **ledger);
    return EditVolunteer(call_, referral_.volunteer(), records_, [&](Volunteer& volunteer) {
      *volunteer.mutable_last_contact_time() = rpc::ToTimestamp(call_.now());
    });
  }

  absl::Status TakePlace() {
    auto held = WithLedgers([&](auto& volunteer, auto& opportunity) {
      matching::HoldPlacement(referral_, volunteer, opportunity);
    });
    if (!held.ok()) return held;
    if (auto taken = FillPlaces(call_, referral_.opportunity(), records_, 1); !taken.ok()) return taken;
    return EditVolunteer(call_, referral_.volunteer(), records_,
                         [](Volunteer& volunteer) { volunteer.set_state(Volunteer::STATE_PLACED); });
  }

  const rpc::Call& call_;
  const StepWords& words_;
  Referral& referral_;
  rpc::WorkingSet& records_;
};

}  // namespace

v1::ReferralEvent& AddEvent(const rpc::Call& call, Referral& referral) {
  v1::ReferralEvent& event = *referral.add_history();
  event.set_stage(referral.stage());
  *event.mutable_time() = rpc::ToTimestamp(call.now());
  event.set_by(call.caller().credential);
  *referral.mutable_update_time() = event.time();
  return event;
}

absl::Status TakeStep(const Context& context, const rpc::Call& call, const ReferralStep& step,
                      const StepWords& words, Referral& referral, rpc::WorkingSet& records) {
  if (referral.stage() != Referral::STAGE_UNSPECIFIED && !step.Allows(referral.stage())) {
    return base::StageNotAllowed(step.method, StageName(referral.stage()), PossibleAt(referral.stage()));
  }
  if (step.Has(Effect::kKeepsConsent) &&
      rpc::ToTime(words.consent.given_time()) < rpc::ToTime(referral.create_time())) {
    return base::InvalidField("given_time", "must not be before the referral was begun");
  }
  const auto ends_at = StageOfDecline(words.reason);
  const bool only_notes = !step.to && !step.Has(Effect::kEndsLife);
  if (only_notes && referral.history_size() >= base::kMaxReferralHistory - base::kReservedHistory) {
    return base::FailedPrecondition(base::reason::kHistoryFull,
                                    "The referral has as many notes as it may have.");
  }
  if (auto met = CheckNeeds(context, call, step, referral, records); !met.ok()) return met;

  if (step.to) {
    referral.set_stage(*step.to);
  } else if (step.Has(Effect::kEndsLife) && ends_at) {
    referral.set_stage(*ends_at);
  }
  v1::ReferralEvent& event = AddEvent(call, referral);
  event.set_note(words.note);
  event.set_reason(words.reason);
  if (referral.stage() == Referral::STAGE_DECLINED) event.set_declined_by(words.declined_by);
  Effects effects(call, words, referral, records);
  for (const Effect effect : step.effects) {
    if (auto done = effects.Do(effect); !done.ok()) return done;
  }
  return absl::OkStatus();
}

absl::Status EndReferral(const rpc::Call& call, Referral::Stage stage, Referral::Reason reason,
                         Referral& referral, rpc::WorkingSet& records) {
  referral.set_stage(stage);
  AddEvent(call, referral).set_reason(reason);
  return Effects(call, {}, referral, records).EndLife();
}

absl::Status KeepAccess(const rpc::Call& call, const Referral& referral, rpc::WorkingSet& records) {
  const std::string name =
      storage::ContactAccessName(referral.volunteer(), absl::ToUnixMicros(call.now()), base::MintId());
  const auto access = records.Edit<storage::v1::ContactAccessRecord>(storage::kContactAccesses, name);
  if (!access.ok()) return access.status();
  (*access)->set_by(call.caller().credential);
  (*access)->set_volunteer(referral.volunteer());
  *(*access)->mutable_time() = rpc::ToTimestamp(call.now());
  (*access)->set_referral(referral.name());
  (*access)->set_method(std::string(call.method().name));
  return absl::OkStatus();
}

}  // namespace brokerage::matching

// Taking a step of the table: what it needs, and what comes of it for the referral and every record beside
// it.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"

#include "brokerage/matching/v1/referral.pb.h"
#include "services/matching/context.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/rpc/run.h"
#include "services/rpc/working_set.h"

namespace brokerage::matching {

// What a caller says beside the name.
struct StepWords {
  std::string note;
  v1::Referral::Reason reason = v1::Referral::REASON_UNSPECIFIED;
  v1::Referral::Side declined_by = v1::Referral::SIDE_UNSPECIFIED;
  v1::IntroductionConsent consent;
  // Whether the answer holds the volunteer's contact, if the step reveals it.
  bool answers_contact = false;
};

// Takes `step` with `referral`, which lies in `records`, and changes what is to be changed there. A step to
// no fixed stage goes where `words` says. Errors: StageNotAllowed; NeedsNotMet with all that is lacking,
// whose reason is the first of it; RegistryNeverSeen; HistoryFull; the store's.
absl::Status TakeStep(const Context& context, const rpc::Call& call, const ReferralStep& step,
                      const StepWords& words, v1::Referral& referral, rpc::WorkingSet& records);

// Ends the life of `referral` at `stage` for `reason`, as the table says of a placement that is ended or a
// referral that is declined. Errors: the store's.
absl::Status EndReferral(const rpc::Call& call, v1::Referral::Stage stage, v1::Referral::Reason reason,
                         v1::Referral& referral, rpc::WorkingSet& records);

// Adds an event of `call` at the referral's present stage, and marks the referral as changed.
v1::ReferralEvent& AddEvent(const rpc::Call& call, v1::Referral& referral);

// Keeps that the answer to `call` holds the contact of the referral's volunteer.
absl::Status KeepAccess(const rpc::Call& call, const v1::Referral& referral, rpc::WorkingSet& records);

}  // namespace brokerage::matching

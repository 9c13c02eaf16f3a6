#include "services/matching/referrals/live_referrals.h"

#include <string>
#include <vector>

#include "base/errors.h"
#include "base/limits.h"
#include "base/resource_names.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/matching/referrals/referral_steps.h"
#include "services/rpc/working_set.h"
#include "storage/keys.h"
#include "storage/store.h"

namespace brokerage::matching {
namespace {

using storage::v1::OpportunityRecord;
using storage::v1::OpportunityReferrals;
using storage::v1::ReferralRecord;
using storage::v1::VolunteerRecord;
using storage::v1::VolunteerReferrals;
using v1::Referral;

absl::StatusOr<std::vector<std::string>> LiveOfVolunteer(const std::string& name, rpc::WorkingSet& records) {
  std::vector<std::string> live;
  const auto ledger = records.Find<VolunteerReferrals>(storage::kVolunteerReferrals, name);
  if (!ledger.ok()) return ledger.status();
  if (*ledger == nullptr) return live;
  for (const auto& pair : (*ledger)->pairs()) {
    if (!pair.live_referral().empty()) live.push_back(pair.live_referral());
  }
  return live;
}

absl::StatusOr<std::vector<std::string>> LiveOfRole(const std::string& name, rpc::WorkingSet& records) {
  std::vector<std::string> live;
  const auto ledger = records.Find<OpportunityReferrals>(storage::kOpportunityReferrals, name);
  if (!ledger.ok()) return ledger.status();
  if (*ledger == nullptr) return live;
  for (const auto& referral : (*ledger)->live()) live.push_back(referral.referral());
  return live;
}

absl::Status TooManyLive() {
  return base::FailedPrecondition(base::reason::kTooManyReferrals,
                                  "More referrals live than can be ended at once: end some of them first.");
}

// What all of it comes to: half a commit at most, for the record that changed is in it too. Errors:
// TOO_MANY_REFERRALS.
absl::StatusOr<rpc::Beside> Together(const rpc::WorkingSet& records) {
  rpc::Beside beside = records.ToBeside();
  std::size_t bytes = 0;
  for (const storage::Write& write : beside.writes) bytes += write.key.size() + write.value->size();
  if (bytes > storage::kMaxCommitBytes / 2 || beside.guards.size() > storage::kMaxCommitGuards / 2) {
    return TooManyLive();
  }
  return beside;
}

absl::Status EndAll(const rpc::Call& call, Referral::Reason reason, const std::vector<std::string>& names,
                    rpc::WorkingSet& records) {
  if (names.size() > static_cast<std::size_t>(base::kMaxReferralsEndedAtOnce)) return TooManyLive();
  for (const std::string& name : names) {
    const auto record = records.Edit<ReferralRecord>(storage::kReferrals, name);
    if (!record.ok()) return record.status();
    Referral& referral = *(*record)->mutable_referral();
    const bool placed = referral.stage() == Referral::STAGE_PLACED;
    const auto stage = placed ? Referral::STAGE_ENDED : Referral::STAGE_WITHDRAWN;
    if (auto ended = EndReferral(call, stage, reason, referral, records); !ended.ok()) return ended;
  }
  return absl::OkStatus();
}

bool IsShared(common::v1::Sharing sharing) { return sharing == common::v1::SHARING_COUNTY; }

// Whether the pair could be referred by anyone: both of one centre, or one of them shared.
absl::StatusOr<bool> MayBePaired(const Referral& referral, rpc::WorkingSet& records) {
  const auto volunteer = base::VolunteerName::Parse(referral.volunteer());
  const auto opportunity = base::OpportunityName::Parse(referral.opportunity());
  if (!volunteer || !opportunity || volunteer->centre == opportunity->centre) return true;
  const auto person = records.Find<VolunteerRecord>(storage::kVolunteers, referral.volunteer());
  if (!person.ok()) return person.status();
  if (*person != nullptr && IsShared((*person)->volunteer().sharing())) return true;
  const auto role = records.Find<OpportunityRecord>(storage::kOpportunities, referral.opportunity());
  if (!role.ok()) return role.status();
  return *role != nullptr && IsShared((*role)->opportunity().sharing());
}

absl::Status WithdrawUnpaired(const rpc::Call& call, const std::vector<std::string>& live,
                              rpc::WorkingSet& records) {
  std::vector<std::string> ended;
  for (const std::string& name : live) {
    const auto record = records.Find<ReferralRecord>(storage::kReferrals, name);
    if (!record.ok()) return record.status();
    if (*record == nullptr || (*record)->referral().stage() >= Referral::STAGE_CONSENTED) continue;
    const auto paired = MayBePaired((*record)->referral(), records);
    if (!paired.ok()) return paired.status();
    if (!*paired) ended.push_back(name);
  }
  return EndAll(call, Referral::REASON_SHARING_WITHDRAWN, ended, records);
}

}  // namespace

absl::StatusOr<rpc::Beside> EndReferralsOf(const storage::Store& store, const rpc::Call& call,
                                           VolunteerRecord& volunteer) {
  rpc::WorkingSet records(store);
  records.Lend(storage::kVolunteers, volunteer.volunteer().name(), volunteer);
  const auto live = LiveOfVolunteer(volunteer.volunteer().name(), records);
  if (!live.ok()) return live.status();
  auto ended = EndAll(call, Referral::REASON_VOLUNTEER_LEFT, *live, records);
  if (!ended.ok()) return ended;
  return Together(records);
}

absl::StatusOr<rpc::Beside> EndReferralsOf(const storage::Store& store, const rpc::Call& call,
                                           Referral::Reason reason, OpportunityRecord& opportunity) {
  rpc::WorkingSet records(store);
  records.Lend(storage::kOpportunities, opportunity.opportunity().name(), opportunity);
  const auto live = LiveOfRole(opportunity.opportunity().name(), records);
  if (!live.ok()) return live.status();
  auto ended = EndAll(call, reason, *live, records);
  if (!ended.ok()) return ended;
  return Together(records);
}

absl::StatusOr<rpc::Beside> WithdrawUnshared(const storage::Store& store, const rpc::Call& call,
                                             const VolunteerRecord& before, VolunteerRecord& volunteer) {
  if (!IsShared(before.volunteer().sharing()) || IsShared(volunteer.volunteer().sharing())) {
    return rpc::Beside();
  }
  rpc::WorkingSet records(store);
  records.Lend(storage::kVolunteers, volunteer.volunteer().name(), volunteer);
  const auto live = LiveOfVolunteer(volunteer.volunteer().name(), records);
  if (!live.ok()) return live.status();
  if (auto ended = WithdrawUnpaired(call, *live, records); !ended.ok()) return ended;
  return Together(records);
}

absl::StatusOr<rpc::Beside> WithdrawUnshared(const storage::Store& store, const rpc::Call& call,
                                             const OpportunityRecord& before,
                                             OpportunityRecord& opportunity) {
  if (!IsShared(before.opportunity().sharing()) || IsShared(opportunity.opportunity().sharing())) {
    return rpc::Beside();
  }
  rpc::WorkingSet records(store);
  records.Lend(storage::kOpportunities, opportunity.opportunity().name(), opportunity);
  const auto live = LiveOfRole(opportunity.opportunity().name(), records);
  if (!live.ok()) return live.status();
  if (auto ended = WithdrawUnpaired(call, *live, records); !ended.ok()) return ended;
  return Together(records);
}

}  // namespace brokerage::matching

#include "bench/endtoend/county_referrals.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "base/limits.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/referrals/ledgers.h"
#include "storage/keys.h"

namespace brokerage::bench {
namespace {

using matching::v1::Referral;

constexpr std::size_t kEachTenth = 10;
constexpr std::size_t kWritesOfACommit = 1'000;
constexpr int kFingerprintBytes = 32;
constexpr Referral::Stage kStages[] = {Referral::STAGE_PLACED, Referral::STAGE_OFFERED,
                                       Referral::STAGE_ENDED};

absl::StatusOr<std::vector<std::string>> NamesOf(const storage::Store& store, absl::string_view prefix) {
  std::vector<std::string> names;
  const auto read = store.Snapshot(prefix, [&](const storage::EntryView& entry) {
    names.emplace_back(entry.key.substr(prefix.size()));
    return absl::OkStatus();
  });
  if (!read.ok()) return read.status();
  return names;
}

// As much as a decision takes.
storage::v1::DecisionRecord DecisionOf(const Referral& referral) {
  storage::v1::DecisionRecord decision;
  decision.set_weight_set("weightSets/default");
  for (std::size_t i = 0; i < base::kListedInDecision; ++i) {
    auto& listed = *decision.add_listed();
    listed.set_volunteer(referral.volunteer());
    listed.set_score_millionths(700'000);
    listed.mutable_parts()->set_location(700'000);
    listed.mutable_parts()->set_skills(700'000);
    listed.set_fingerprint(std::string(kFingerprintBytes, 'f'));
  }
  return decision;
}

}  // namespace

absl::StatusOr<int64_t> PutReferrals(storage::Store& store) {
  const auto volunteers = NamesOf(store, storage::kVolunteers);
  if (!volunteers.ok()) return volunteers.status();
  const auto roles = NamesOf(store, storage::kOpportunities);
  if (!roles.ok()) return roles.status();

  int64_t count = 0;
  std::map<std::string, storage::v1::OpportunityReferrals> of_roles;
  storage::CommitRequest commit;
  const auto put = [&](absl::string_view prefix, const std::string& name,
                       const auto& record) -> absl::Status {
    commit.writes.push_back(storage::Write::Put(absl::StrCat(prefix, name), record.SerializeAsString()));
    if (commit.writes.size() < kWritesOfACommit) return absl::OkStatus();
    return store.Commit(std::exchange(commit, {})).status();
  };
  absl::Status status;
  for (std::size_t i = 0; i < volunteers->size(); i += kEachTenth) {
    storage::v1::VolunteerReferrals of_volunteer;
    for (const Referral::Stage stage : kStages) {
      const std::string& role = (*roles)[static_cast<std::size_t>(count) % roles->size()];
      storage::v1::ReferralRecord record;
      Referral& referral = *record.mutable_referral();
      referral.set_name(absl::StrCat("centres/ashford/referrals/r", ++count));
      referral.set_volunteer((*volunteers)[i]);
      referral.set_opportunity(role);
      for (int step = 0; step < stage; ++step) {
        auto& event = *referral.add_history();
        event.set_stage(static_cast<Referral::Stage>(step + 1));
        event.set_by("centres/ashford/credentials/n4f3c1p7k2q8r5s6t9u0v1a2b3");
      }
      referral.set_stage(stage);
      auto& of_role = of_roles[role];
      of_role.set_connections(of_role.connections() + 1);
      if (stage != Referral::STAGE_ENDED) matching::BeginLife(referral, of_volunteer, of_role);
      if (stage == Referral::STAGE_PLACED) matching::HoldPlacement(referral, of_volunteer, of_role);
      status.Update(put(storage::kReferrals, referral.name(), record));
      status.Update(put(storage::kDecisions, referral.name(), DecisionOf(referral)));
    }
    status.Update(put(storage::kVolunteerReferrals, (*volunteers)[i], of_volunteer));
  }
  for (const auto& [role, ledger] : of_roles)
    status.Update(put(storage::kOpportunityReferrals, role, ledger));
  if (!commit.writes.empty()) status.Update(store.Commit(std::move(commit)).status());
  if (!status.ok()) return status;
  return count;
}

}  // namespace brokerage::bench

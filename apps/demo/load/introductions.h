// Puts volunteers forward for the roles of a county, as far as people are at any moment: some shortlisted,
// some asked, some introduced, placed, or out again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/client.h"
#include "brokerage/matching/v1/referral.pb.h"

namespace brokerage::demo {

// How far a volunteer's referral has come.
struct Introduction {
  // SHORTLISTED, OFFERED, CONSENTED, INTRODUCED, ACKNOWLEDGED, PLACED, ENDED, DECLINED or NO_RESPONSE.
  matching::v1::Referral::Stage stage = matching::v1::Referral::STAGE_SHORTLISTED;
  // Of a DECLINED one, where it stood until then.
  matching::v1::Referral::Stage declined_at = matching::v1::Referral::STAGE_OFFERED;
  std::string note;  // of the shortlisting; empty: none
};

// What is to come of the role `index`: one to four, the same from the same seed.
std::vector<Introduction> PlanIntroductions(uint64_t seed, std::size_t index);

// Puts the best matches of `opportunity` forward, one for each of `plan`, as long as there are any. A step
// that the rules refuse (the volunteer was asked too often this week, or has found a place) is where that
// referral stays. A role that has live referrals is left as it is. `key` is of this load and role: what is
// done again with it is not done twice. Errors: the service's, others than such refusals.
absl::Status Introduce(const cli::Client& client, absl::string_view opportunity,
                       const std::vector<Introduction>& plan, absl::string_view key);

}  // namespace brokerage::demo

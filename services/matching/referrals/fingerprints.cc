#include "services/matching/referrals/fingerprints.h"

#include <algorithm>

#include "google/protobuf/message.h"

namespace brokerage::matching {
namespace {

// Fingerprints of a volunteer and of a role never coincide.
constexpr absl::string_view kVolunteerDomain = "volunteer facts 1|";
constexpr absl::string_view kOpportunityDomain = "opportunity facts 1|";

// There is no map in either message, so that equal ones have equal bytes.
std::string Hash(absl::string_view domain, const google::protobuf::Message& message,
                 const base::HmacSha256& key) {
  return key.Of({domain, message.SerializeAsString()});
}

}  // namespace

std::string FingerprintOf(const v1::Volunteer& volunteer, const base::HmacSha256& key) {
  v1::Volunteer facts = volunteer;
  facts.clear_display_name();
  facts.clear_state();
  facts.clear_contact();
  facts.clear_notes();
  facts.clear_last_contact_time();
  facts.clear_break_until_date();
  facts.clear_create_time();
  facts.clear_update_time();
  facts.clear_etag();
  for (auto& check : *facts.mutable_checks()) {
    check.clear_seen_by();
    check.clear_update_service();
  }
  auto* consents = facts.mutable_consents();
  consents->erase(std::remove_if(consents->begin(), consents->end(),
                                 [](const v1::Consent& consent) {
                                   return consent.purpose() != v1::Consent::PURPOSE_GUARDIAN;
                                 }),
                  consents->end());
  return Hash(kVolunteerDomain, facts, key);
}

std::string FingerprintOf(const v1::Opportunity& opportunity, const base::HmacSha256& key) {
  v1::Opportunity facts = opportunity;
  facts.clear_title();
  facts.clear_description();
  facts.clear_state();
  facts.clear_places_filled();
  facts.clear_confirm_time();
  facts.clear_expire_time();
  facts.clear_reject_reason();
  facts.clear_create_time();
  facts.clear_update_time();
  facts.clear_delete_time();
  facts.clear_etag();
  return Hash(kOpportunityDomain, facts, key);
}

}  // namespace brokerage::matching

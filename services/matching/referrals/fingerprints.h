// What of a record its match with another rests on, as a keyed fingerprint: it tells whether the record has
// changed in that since, and nothing else.
#pragma once

#include <string>

#include "base/digest.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::matching {

// 32 bytes. Of all that the conditions and parts of a pair are made of; not of names and texts for people, of
// contact, and of where the record stands (its state, places filled, its expiry), which moves with every
// referral and moves no score.
std::string FingerprintOf(const v1::Volunteer& volunteer, const base::HmacSha256& key);
std::string FingerprintOf(const v1::Opportunity& opportunity, const base::HmacSha256& key);

}  // namespace brokerage::matching

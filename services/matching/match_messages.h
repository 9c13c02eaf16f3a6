// The matcher's results as the messages that callers get.
#pragma once

#include "google/protobuf/timestamp.pb.h"

#include "brokerage/matching/v1/match.pb.h"
#include "brokerage/matching/v1/matching_service.pb.h"
#include "matcher/explain.h"
#include "matcher/explain_text.h"
#include "matcher/result.h"

namespace brokerage::matching {

// Score, parts, distance, minutes and notes, into an empty message; names are the caller's to fill.
void FillMatch(const matcher::PairScore& pair, const matcher::Vocabulary& vocabulary, matcher::Reader reader,
               v1::Match& message);

// Into an empty message.
void FillParts(const matcher::Parts& parts, v1::MatchParts& message);

// Every condition and part, in words.
v1::Explanation ToMessage(const matcher::Explanation& explanation, const matcher::Vocabulary& vocabulary,
                          matcher::Reader reader);

// A score of millionths as a fraction.
double ScoreOf(int64_t millionths);

google::protobuf::Timestamp AsOf(const matcher::Moment& moment);

}  // namespace brokerage::matching

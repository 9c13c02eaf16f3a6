#include "services/matching/match_messages.h"

#include <optional>
#include <string>
#include <utility>

#include "matcher/conditions.h"

namespace brokerage::matching {
namespace {

constexpr double kMillionths = 1e6;

v1::PartResult PartOf(const char* name, matcher::Part part, const std::optional<int64_t>& millionths,
                      uint32_t weight, const matcher::Explanation& explanation,
                      const matcher::Vocabulary& vocabulary) {
  v1::PartResult result;
  result.set_part(name);
  if (millionths) result.set_millionths(*millionths);
  result.set_weight(static_cast<int32_t>(weight));
  result.set_working(matcher::DescribePart(explanation, part, vocabulary));
  return result;
}

}  // namespace

void FillParts(const matcher::Parts& parts, v1::MatchParts& message) {
  if (parts.skills) message.set_skills(*parts.skills);
  if (parts.location) message.set_location(*parts.location);
  if (parts.availability) message.set_availability(*parts.availability);
  if (parts.causes) message.set_causes(*parts.causes);
}

double ScoreOf(int64_t millionths) { return static_cast<double>(millionths) / kMillionths; }

void FillMatch(const matcher::PairScore& pair, const matcher::Vocabulary& vocabulary, matcher::Reader reader,
               v1::Match& message) {
  if (pair.score_millionths) {
    message.set_score_millionths(*pair.score_millionths);
    message.set_score(ScoreOf(*pair.score_millionths));
  }
  FillParts(pair.parts, *message.mutable_parts());
  if (pair.distance_m) message.set_distance_m(*pair.distance_m);
  message.set_covered_minutes(pair.covered_minutes);
  message.set_committed_minutes(pair.committed_minutes);
  for (const matcher::Note& note : pair.notes) {
    message.add_notes(matcher::DescribeNote(note, vocabulary, reader));
  }
}

v1::Explanation ToMessage(const matcher::Explanation& explanation, const matcher::Vocabulary& vocabulary,
                          matcher::Reader reader) {
  v1::Explanation message;
  for (const matcher::Condition condition : matcher::kAllConditions) {
    matcher::ConditionText text = matcher::DescribeCondition(explanation, condition, vocabulary, reader);
    auto* result = message.add_conditions();
    result->set_code(std::string(matcher::ConditionCode(condition)));
    result->set_holds(explanation.Holds(condition));
    result->set_fact(std::move(text.fact));
    result->set_fix(std::move(text.fix));
  }
  const matcher::Parts& parts = explanation.pair.parts;
  const matcher::Weights& weights = explanation.weights;
  *message.add_parts() =
      PartOf("skills", matcher::Part::kSkills, parts.skills, weights.skills, explanation, vocabulary);
  *message.add_parts() =
      PartOf("location", matcher::Part::kLocation, parts.location, weights.location, explanation, vocabulary);
  *message.add_parts() = PartOf("availability", matcher::Part::kAvailability, parts.availability,
                                weights.availability, explanation, vocabulary);
  *message.add_parts() =
      PartOf("causes", matcher::Part::kCauses, parts.causes, weights.causes, explanation, vocabulary);
  return message;
}

google::protobuf::Timestamp AsOf(const matcher::Moment& moment) {
  google::protobuf::Timestamp message;
  message.set_seconds(moment.as_of_min * 60);
  return message;
}

}  // namespace brokerage::matching

// Why a pair is or is not a match, for people.
#pragma once

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

#include "brokerage/matching/v1/match.pb.h"

namespace brokerage::cli {

// "Near enough" for TOO_FAR: what holds when the condition holds; the code itself when it is not known.
std::string ConditionLabel(absl::string_view code);

// A line for each condition, ticked or crossed, with its fact, and below a crossed one its code and the
// nearest fix. Lines begin with `indent`.
void PrintConditions(const google::protobuf::RepeatedPtrField<matching::v1::ConditionResult>& conditions,
                     absl::string_view indent, std::ostream& out);

// A line for each part: its share, a bar, its weight and working.
void PrintParts(const google::protobuf::RepeatedPtrField<matching::v1::PartResult>& parts,
                absl::string_view indent, std::ostream& out);

}  // namespace brokerage::cli

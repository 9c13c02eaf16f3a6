// What we say about real roles that their texts do not: skills, schedules, checks, and a place in Kent.
//
// dressing.csv has a row for every role, by its source and id. All of it is ours and said of no real
// organisation; a role's title, text, organisation and sessions stay as they are.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "brokerage/matching/v1/opportunity.pb.h"

namespace brokerage::real_data {

struct Dressing {
  std::string centre;                   // id: "ashford"
  matching::v1::Opportunity role;       // all but title, description, organisation and what follows
  bool place_of_row = false;            // the row's own coordinates are kept
  bool sessions_of_row = false;         // the row's own sessions are kept
  bool paused = false;                  // the role is not offered at present
  bool organisation_suspended = false;  // nor is anything of its organisation
};

// By source ("kent", "doit", "teamkinetic") and id.
using DressingTable = std::map<std::pair<std::string, std::string>, Dressing>;

// Reads CSV with the columns
// source,id,centre,place,skills,schedule,minimum_coverage_bp,places,ages,guardian_consent,
// check,licences,languages,causes,access_support,sharing,standing; skills, schedule, check and licences are
// written as apps/demo/notation.h reads them, place may be "own" or "remote", schedule "sessions", ages "18-"
// or "16-25", standing "paused" or "suspended". INVALID_ARGUMENT naming the line at fault.
absl::StatusOr<DressingTable> ParseDressing(absl::string_view csv);

// tests/real_data/dressing.csv. Tests run at the top of the tree.
absl::StatusOr<DressingTable> LoadDressing();

}  // namespace brokerage::real_data

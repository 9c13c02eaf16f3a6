// A county that does not exist: centres, organisations, roles and volunteers that look like Kent's, from a
// seed.
//
// Pure: the same options give the same county on every machine. No person or organisation in it is real.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

#include "brokerage/common/v1/date_time.pb.h"
#include "brokerage/matching/v1/opportunity.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"
#include "brokerage/registry/v1/centre.pb.h"
#include "brokerage/registry/v1/organisation.pb.h"
#include "reference/places.h"

namespace brokerage::demo {

struct CountyOptions {
  uint64_t seed = 1;
  // The London date on which the county is as it is: sessions lie after it, ages and dates of issue before
  // it.
  absl::CivilDay today;
  int organisations = 400;  // at least 1 where there are roles
  int opportunities = 1'200;
  int volunteers = 20'000;
  // Where postcodes are imported, people live at real postcodes; otherwise at coordinates between the
  // centroids. Null: the centroids that are built in.
  std::shared_ptr<const reference::PlaceIndex> places = nullptr;
};

struct CountyCentre {
  std::string id;  // "ashford"
  registry::v1::Centre centre;
};

struct CountyOrganisation {
  registry::v1::Organisation organisation;  // without accountable_body
  // For unconstituted groups: the index of the organisation that answers for it, itself no such group.
  std::optional<std::size_t> accountable_body;
  registry::v1::Verification::Stage verification = registry::v1::Verification::STAGE_UNVERIFIED;
  std::string evidence;        // of the verification
  std::string suspend_reason;  // empty: active
};

struct CountyOpportunity {
  std::string centre;                     // "centres/ashford"
  matching::v1::Opportunity opportunity;  // without organisation
  std::size_t organisation = 0;           // index
  // DRAFT, SUBMITTED, OPEN, REJECTED, PAUSED or CLOSED: where it is to stand in the end.
  matching::v1::Opportunity::State state = matching::v1::Opportunity::STATE_OPEN;
  std::string reject_reason;
};

struct CountyVolunteer {
  std::string centre;
  matching::v1::Volunteer volunteer;
  // ENQUIRY, REGISTERED, SEARCHING, ON_BREAK or LEFT.
  matching::v1::Volunteer::State state = matching::v1::Volunteer::STATE_SEARCHING;
  std::optional<common::v1::Date> break_until;
};

struct County {
  std::vector<CountyCentre> centres;  // twelve; the first is the lead
  std::vector<CountyOrganisation> organisations;
  // The first is open, in Ashford, shared with the county, and has many matches: the one to try first.
  std::vector<CountyOpportunity> opportunities;
  std::vector<CountyVolunteer> volunteers;
};

County Generate(const CountyOptions& options);

// The lead's centre, which exists before any county.
inline constexpr absl::string_view kLeadCentreId = "ashford";

}  // namespace brokerage::demo

// The calls that tests of the resources make, in one word each.
#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "base/errors.h"
#include "tests/support/client.h"
#include "tests/support/matching_fixture.h"
#include "tests/support/messages.h"

namespace brokerage::matching {

using support::Client;
using support::Holds;
using support::kAshford;
using support::kDover;
using support::MatchingWorld;
using support::Opportunities;
using support::Parse;
using support::Volunteers;

// All that an enquiry needs.
inline constexpr char kEnquiry[] = R"(display_name: "Ann Lee" contact { email: "ann@example.org" })";

inline absl::StatusOr<v1::Volunteer> CreateVolunteer(const Client& client, const std::string& parent,
                                                     const std::string& text) {
  v1::CreateVolunteerRequest request;
  request.set_parent(parent);
  *request.mutable_volunteer() = Parse<v1::Volunteer>(text);
  return client.Call(&Volunteers::CreateVolunteer, request);
}

inline absl::StatusOr<v1::Volunteer> GetVolunteer(const Client& client, const std::string& name) {
  v1::GetVolunteerRequest request;
  request.set_name(name);
  return client.Call(&Volunteers::GetVolunteer, request);
}

// `text` writes the request but for the name.
inline absl::StatusOr<v1::Volunteer> UpdateVolunteer(const Client& client, const std::string& name,
                                                     const std::string& text) {
  auto request = Parse<v1::UpdateVolunteerRequest>(text);
  request.mutable_volunteer()->set_name(name);
  return client.Call(&Volunteers::UpdateVolunteer, request);
}

inline absl::StatusOr<v1::ListVolunteersResponse> ListVolunteers(const Client& client,
                                                                 const std::string& text) {
  return client.Call(&Volunteers::ListVolunteers, Parse<v1::ListVolunteersRequest>(text));
}

inline absl::StatusOr<v1::Opportunity> CreateOpportunity(const Client& client, const std::string& parent,
                                                         const std::string& text) {
  v1::CreateOpportunityRequest request;
  request.set_parent(parent);
  *request.mutable_opportunity() = Parse<v1::Opportunity>(text);
  return client.Call(&Opportunities::CreateOpportunity, request);
}

inline absl::StatusOr<v1::Opportunity> GetOpportunity(const Client& client, const std::string& name) {
  v1::GetOpportunityRequest request;
  request.set_name(name);
  return client.Call(&Opportunities::GetOpportunity, request);
}

inline absl::StatusOr<v1::Opportunity> UpdateOpportunity(const Client& client, const std::string& name,
                                                         const std::string& text) {
  auto request = Parse<v1::UpdateOpportunityRequest>(text);
  request.mutable_opportunity()->set_name(name);
  return client.Call(&Opportunities::UpdateOpportunity, request);
}

inline absl::StatusOr<v1::ListOpportunitiesResponse> ListOpportunities(const Client& client,
                                                                       const std::string& text) {
  return client.Call(&Opportunities::ListOpportunities, Parse<v1::ListOpportunitiesRequest>(text));
}

// "INVALID_ARGUMENT INVALID_FIELDS", or "OK".
inline std::string Outline(const absl::Status& status) {
  if (status.ok()) return "OK";
  return std::string(absl::StatusCodeToString(status.code())) + " " + base::ReasonOf(status);
}

// "field: what is wrong", one for each fault.
inline std::vector<std::string> FaultsOf(const absl::Status& status) {
  std::vector<std::string> faults;
  const google::rpc::BadRequest bad_request = base::BadRequestOf(status);
  for (const auto& violation : bad_request.field_violations()) {
    faults.push_back(violation.field() + ": " + violation.description());
  }
  return faults;
}

}  // namespace brokerage::matching

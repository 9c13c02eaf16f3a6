// One open role in Ashford, shared with the county, and volunteers at chosen distances from it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"

#include "tests/services/matching/matches/match_world.h"

namespace brokerage::matching {

using Stub = v1::MatchingService::Stub;

inline constexpr char kAshford[] = "centres/ashford";
inline constexpr char kDover[] = "centres/dover";
inline constexpr char kRole[] = "centres/ashford/opportunities/role";

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

class MatchServiceTest : public ::testing::Test {
 protected:
  MatchServiceTest() : world_(absl::FromUnixSeconds(1'781'517'629)) {  // 2026-06-15T10:00:29Z
    world_.PutOrganisation("organisations/o", registry::v1::Organisation::STATE_ACTIVE, "The Bells");
    world_.Put(Parse<v1::Opportunity>(RoleText(kRole)));
  }

  static std::string RoleText(const std::string& name) {
    return "name: '" + name +
           "' title: 'Role' organisation: 'organisations/o' state: STATE_OPEN sharing: SHARING_COUNTY "
           "place { latitude: 51.1465 longitude: 0.8751 }";
  }
  // Searching, `metres` north of the role.
  static std::string VolunteerText(const std::string& centre, const std::string& id, int metres,
                                   const std::string& more = "") {
    return "name: '" + centre + "/volunteers/" + id + "' display_name: 'V " + id +
           "' state: STATE_SEARCHING travel_radius_m: 20000 home { latitude: " +
           std::to_string(51.1465 + metres / 111'195.0) + " longitude: 0.8751 } " + more;
  }
  std::string PutVolunteer(const std::string& centre, const std::string& id, int metres,
                           const std::string& more = "") {
    return world_.Put(Parse<v1::Volunteer>(VolunteerText(centre, id, metres, more)));
  }

  static v1::MatchVolunteersRequest Request(const std::string& parent = kAshford) {
    v1::MatchVolunteersRequest request;
    request.set_parent(parent);
    request.set_opportunity(kRole);
    return request;
  }
  absl::StatusOr<v1::MatchVolunteersResponse> Match(const support::Client& client,
                                                    const v1::MatchVolunteersRequest& request) {
    return client.Call(&Stub::MatchVolunteers, request);
  }
  absl::StatusOr<v1::ExplainMatchResponse> Explain(const support::Client& client,
                                                   const std::string& volunteer,
                                                   const std::string& opportunity = kRole) {
    v1::ExplainMatchRequest request;
    request.set_volunteer(volunteer);
    request.set_opportunity(opportunity);
    return client.Call(&Stub::ExplainMatch, request);
  }
  static std::vector<std::string> Names(const v1::MatchVolunteersResponse& response) {
    std::vector<std::string> names;
    for (const auto& match : response.matches()) names.push_back(match.volunteer());
    return names;
  }

  MatchWorld world_;
};

}  // namespace brokerage::matching

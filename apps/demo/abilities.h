// What a volunteer of the demonstration county can do, has, needs and has time for.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"

#include "apps/demo/areas.h"
#include "apps/demo/backgrounds.h"
#include "apps/demo/life_stages.h"
#include "apps/demo/random.h"
#include "brokerage/common/v1/date_time.pb.h"
#include "brokerage/matching/v1/volunteer.pb.h"

namespace brokerage::demo {

// Who someone is, before it is written down.
struct Person {
  const LifeStage* stage = nullptr;
  const Background* background = nullptr;
  std::vector<const Background*> interests;
  const Area* area = nullptr;
  absl::CivilDay birth;
  int age = 0;
  bool drives = false;
};

Person PickPerson(const Area& area, absl::CivilDay today, Random& random);

std::vector<matching::v1::HeldSkill> PickSkills(const Person& person, Random& random);
std::vector<std::string> PickCauses(const Person& person, Random& random);
std::vector<std::string> PickLanguages(const Person& person, Random& random);
std::vector<std::string> PickAccessNeeds(const Person& person, Random& random);
std::vector<common::v1::HeldLicence> PickLicences(const Person& person, absl::CivilDay today, Random& random);
std::vector<common::v1::HeldCheck> PickChecks(const Person& person, absl::CivilDay today, Random& random);
matching::v1::Availability PickAvailability(const Person& person, Random& random);
// Metres.
int PickTravelRadius(const Person& person, Random& random);

common::v1::Date ToDate(absl::CivilDay day);

}  // namespace brokerage::demo

// Names for people who do not exist.
#pragma once

#include <string>

#include "apps/demo/random.h"

namespace brokerage::demo {

struct PersonName {
  std::string given;
  std::string family;
};

// Given names go with the year of birth, as they do.
PersonName PickName(int birth_year, Random& random);

}  // namespace brokerage::demo

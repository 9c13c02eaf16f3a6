// The shapes of identifiers in registers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registry/organisation_identifiers.h"

namespace brokerage::registry {
namespace {

struct Row {
  std::string text;
  bool good;
};

TEST(Identifiers, HaveTheShapeOfTheirRegister) {
  const Row kTable[] = {
      {"GB-CHC-1001778", true},
      {"GB-CHC-200011", true},
      {"GB-CHC-20001", false},
      {"GB-CHC-10017789", false},
      {"GB-CHC-10O1778", false},
      {"GB-CHC-1001778-1", false},
      {"GB-CHC-", false},
      {"GB-CHC", false},
      {"GB-COH-01234567", true},
      {"GB-COH-SC123456", true},
      {"GB-COH-IP12345R", true},
      {"GB-COH-1234567", false},
      {"GB-COH-012345678", false},
      {"GB-COH-sc123456", false},
      {"GB-SC-SC012345", true},
      {"GB-SC-012345", false},
      {"GB-SC-SC12345", false},
      {"GB-SC-SCO12345", false},
      {"GB-NIC-100012", true},
      {"GB-NIC-10001", false},
      {"GB-MPR-30001R", true},
      {"GB-MPR-", false},
      {"GB-EDU-118913", true},
      {"GB-EDU-118A", false},
      {"GB-UKPRN-10007801", true},
      {"GB-UKPRN-1000780", false},
      {"GB-NHS-RVV", true},
      {"GB-NHS-R", false},
      {"GB-LAE-ASF", true},
      {"GB-LAE-1", false},
      // Registers that are not known here.
      {"US-EIN-91-0123456", true},
      {"XI-GRID-grid.10025.36", true},
      {"FR-RNA-W123456789", true},
      {"FR-RNA-", false},
      {"FR-RNA-a b", false},
      {"gb-chc-1001778", false},
      {"GBCHC1001778", false},
      {"1001778", false},
      {"GB--1001778", false},
      {"G-CHC-1001778", false},
      {"GB-chc-1001778", false},
      {"-", false},
      {"--", false},
      {std::string("GB-CHC-100177\0", 14), false},
  };
  for (const Row& row : kTable) EXPECT_EQ(FaultOfIdentifier(row.text).empty(), row.good) << row.text;
  EXPECT_THAT(FaultOfIdentifier("GB-CHC-1"), ::testing::HasSubstr("6 or 7 digits"));
}

}  // namespace
}  // namespace brokerage::registry

// The shapes of what people type: identifiers, addresses, numbers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registry/contact_shapes.h"
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

TEST(Shapes, EmailAddresses) {
  const Row kTable[] = {
      {"ann@example.org", true},
      {"ann.lee+volunteers@mail.example.co.uk", true},
      {"o'neil@example.org", true},
      {"ünï@bücher.example", true},
      {std::string(64, 'a') + "@example.org", true},
      {std::string(65, 'a') + "@example.org", false},
      {"a@" + std::string(63, 'b') + ".org", true},
      {"a@" + std::string(64, 'b') + ".org", false},
      {"", false},
      {"ann", false},
      {"@example.org", false},
      {"ann@", false},
      {"ann@example", false},
      {"ann@.org", false},
      {"ann@example..org", false},
      {"ann@-example.org", false},
      {"ann@example.org.", false},
      {"ann@@example.org", false},
      {"ann@a@example.org", false},
      {"ann lee@example.org", false},
      {" ann@example.org", false},
      {".ann@example.org", false},
      {"ann.@example.org", false},
      {"a..b@example.org", false},
      {"Ann <ann@example.org>", false},
      {"ann@example.org,bob@example.org", false},
      {"\"ann\"@example.org", false},
      {"ann@[192.0.2.1]", false},
  };
  for (const Row& row : kTable) EXPECT_EQ(IsEmailAddress(row.text), row.good) << row.text;
}

TEST(Shapes, PhoneNumbers) {
  const Row kTable[] = {
      {"01233 665535", true},
      {"+44 (0)1233 665-535", true},
      {"(01233) 665.535", true},
      {"(+44) 1233", true},
      {"999", true},
      {std::string(20, '1'), true},
      {std::string(21, '1'), false},
      {"", false},
      {"99", false},
      {"()-.", false},
      {"call me", false},
      {"01233x665535", false},
      {"44+1233", false},
      {"++441233", false},
      {"01233/665535", false},
      {"01233\t665535", false},
  };
  for (const Row& row : kTable) EXPECT_EQ(IsPhoneNumber(row.text), row.good) << row.text;
}

TEST(Shapes, WebAddresses) {
  const Row kTable[] = {
      {"https://example.org", true},
      {"http://www.example.org/", true},
      {"HTTPS://example.org/a?b=c#d", true},
      {"https://example.org:8080/x", true},
      {"https://example.org?x", true},
      {"https://192.0.2.1/", true},
      {"https://bücher.example/ä", true},
      {"example.org", false},
      {"www.example.org", false},
      {"//example.org", false},
      {"ftp://example.org", false},
      {"javascript:alert(1)", false},
      {"javascript://example.org/%0aalert(1)", false},
      {"https://", false},
      {"https:///path", false},
      {"https://localhost", false},
      {"https://example.org:", false},
      {"https://example.org:0", false},
      {"https://example.org:65536", false},
      {"https://example.org:80:80", false},
      {"https://user:password@example.org", false},
      {"https://user@example.org", false},
      {"https://exa mple.org", false},
      {"https://example.org/a b", false},
      {"https://example.org/\n", false},
      {"https://[::1]/", false},
      {"https://-example.org", false},
  };
  for (const Row& row : kTable) EXPECT_EQ(IsWebAddress(row.text), row.good) << row.text;
}

}  // namespace
}  // namespace brokerage::registry

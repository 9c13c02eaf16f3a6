// The shapes of what people are reached by.
#include "services/rpc/contact_shapes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace brokerage::rpc {
namespace {

struct Row {
  std::string text;
  bool good;
};

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
}  // namespace brokerage::rpc

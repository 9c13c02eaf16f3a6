#include "services/rpc/tokens.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

#include "base/digest.h"
#include "base/limits.h"
#include "brokerage/registry/v1/centre_service.pb.h"
#include "brokerage/registry/v1/organisation_service.pb.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using registry::v1::ListOrganisationsRequest;
using support::Outline;

constexpr char kInvalid[] = "INVALID_ARGUMENT PAGE_TOKEN_INVALID";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

ListOrganisationsRequest List(const std::string& filter = "") {
  ListOrganisationsRequest request;
  request.set_filter(filter);
  return request;
}

TEST(ConsistencyTokens, ComeBackAsTheyWere) {
  for (const ConsistencyToken& token :
       {ConsistencyToken{Origin::kMatching, 0, 0}, ConsistencyToken{Origin::kRegistry, 0x12bf68ad1630962d, 7},
        ConsistencyToken{Origin::kMatching, UINT64_MAX, UINT64_MAX}}) {
    const std::string text = FormatConsistencyToken(token);
    EXPECT_EQ(ParseConsistencyToken(text), token) << text;
    EXPECT_LE(text.size(), static_cast<std::size_t>(base::kMaxTokenBytes));
  }
}

TEST(ConsistencyTokens, GarbageIsNone) {
  for (const char* text : {"", "x", "nonsense", "!!", "ci4xLjI=.."}) {
    EXPECT_EQ(ParseConsistencyToken(text), std::nullopt) << text;
  }
  for (const char* plain :
       {"r.1", "r.1.2.3", "x.1.2", "r..2", "r.1.", "r.g.1", "r.1.10000000000000000", "rr.1.2"}) {
    EXPECT_EQ(ParseConsistencyToken(absl::WebSafeBase64Escape(plain)), std::nullopt) << plain;
  }
}

TEST(Etags, DifferByEpochAndSequence) {
  EXPECT_NE(FormatEtag(1, 2), FormatEtag(2, 1));
  EXPECT_NE(FormatEtag(1, 12), FormatEtag(11, 2));
  EXPECT_EQ(FormatEtag(3, 4), FormatEtag(3, 4));
}

class PageTokensTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> Open(ListOrganisationsRequest request, const std::string& token,
                                   const std::string& credential = "c1", absl::Time now = kNow) const {
    request.set_page_token(token);
    return tokens_.Open(request, credential, now);
  }

  const PageTokens tokens_{"a key"};
  const std::string token_ = tokens_.Seal(List("state=ACTIVE"), "c1", "organisations/m", kNow);
};

TEST_F(PageTokensTest, CarryTheCursor) {
  const auto cursor = Open(List("state=ACTIVE"), token_);
  ASSERT_TRUE(cursor.ok()) << cursor.status();
  EXPECT_EQ(*cursor, "organisations/m");
}

TEST_F(PageTokensTest, NoneIsTheBeginning) {
  const auto cursor = tokens_.Open(List(), "c1", kNow);
  ASSERT_TRUE(cursor.ok());
  EXPECT_EQ(*cursor, "");
}

TEST_F(PageTokensTest, MayGoOnWithAnotherPageSize) {
  auto request = List("state=ACTIVE");
  request.set_page_size(7);
  EXPECT_TRUE(Open(request, token_).ok());
}

TEST_F(PageTokensTest, AreOfOneRequestAndOneCaller) {
  EXPECT_EQ(Outline(Open(List("state=SUSPENDED"), token_)), kInvalid);
  auto ordered = List("state=ACTIVE");
  ordered.set_order_by("update_time");
  EXPECT_EQ(Outline(Open(ordered, token_)), kInvalid);
  EXPECT_EQ(Outline(Open(List("state=ACTIVE"), token_, "c2")), kInvalid);
  // The same bytes as a request of another method.
  registry::v1::ListCentresRequest other;
  other.set_page_token(tokens_.Seal(ListOrganisationsRequest(), "c1", "x", kNow));
  EXPECT_EQ(Outline(tokens_.Open(other, "c1", kNow)), kInvalid);
}

// What is between the fields that do not count still does.
TEST_F(PageTokensTest, AreOfEveryOtherFieldWhicheverAreSet) {
  auto request = List("state=ACTIVE");
  request.set_page_size(7);
  request.set_order_by("name");
  const std::string token = tokens_.Seal(request, "c1", "x", kNow);
  request.set_page_token("the page before");
  EXPECT_EQ(tokens_.Seal(request, "c1", "x", kNow), token);
  EXPECT_TRUE(Open(request, token).ok());
  auto other = request;
  other.clear_order_by();
  EXPECT_EQ(Outline(Open(other, token)), kInvalid);
  other = request;
  other.clear_filter();
  EXPECT_EQ(Outline(Open(other, token)), kInvalid);
}

TEST_F(PageTokensTest, CannotBeForged) {
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token_, &bytes));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string forged = bytes;
    forged[i] = static_cast<char>(forged[i] ^ 1);
    EXPECT_EQ(Outline(Open(List("state=ACTIVE"), absl::WebSafeBase64Escape(forged))), kInvalid) << i;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = absl::WebSafeBase64Escape(bytes.substr(0, size));
    if (cut.empty()) continue;
    EXPECT_EQ(Outline(Open(List("state=ACTIVE"), cut)), kInvalid) << size;
  }
  EXPECT_EQ(Outline(Open(List("state=ACTIVE"), "not base64!")), kInvalid);
  EXPECT_EQ(Outline(Open(List("state=ACTIVE"),
                         PageTokens("another key").Seal(List("state=ACTIVE"), "c1", "x", kNow))),
            kInvalid);
}

TEST_F(PageTokensTest, LastAnHour) {
  EXPECT_TRUE(Open(List("state=ACTIVE"), token_, "c1", kNow + base::kMaxPageTokenAge).ok());
  EXPECT_EQ(Outline(Open(List("state=ACTIVE"), token_, "c1",
                         kNow + base::kMaxPageTokenAge + absl::Milliseconds(1))),
            "INVALID_ARGUMENT PAGE_TOKEN_EXPIRED");
}

TEST_F(PageTokensTest, FitTheirField) {
  const std::string longest = tokens_.Seal(List(std::string(2'000, 'f')), std::string(200, 'c'),
                                           std::string(20 + 1 + base::kMaxResourceNameBytes, 'n'), kNow);
  EXPECT_LE(longest.size(), static_cast<std::size_t>(base::kMaxPageTokenBytes));
}

TEST(RequestHmac, IsOfTheContentTheCallerAndTheMethod) {
  const PageTokens tokens("a key");
  registry::v1::DeleteOrganisationRequest request;
  request.set_name("organisations/a");
  const std::string hmac = tokens.RequestHmac(request, "c1");
  request.set_request_id("6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d");
  EXPECT_EQ(tokens.RequestHmac(request, "c1"), hmac) << "the request_id does not count";
  EXPECT_NE(tokens.RequestHmac(request, "c2"), hmac);
  EXPECT_NE(PageTokens("another key").RequestHmac(request, "c1"), hmac);
  registry::v1::UndeleteOrganisationRequest other;
  other.set_name("organisations/a");
  EXPECT_NE(tokens.RequestHmac(other, "c1"), hmac);
  request.set_etag("e");
  EXPECT_NE(tokens.RequestHmac(request, "c1"), hmac);
}

// Writes keep it, and a retry may come to a newer program.
TEST(RequestHmac, StaysWhatItWas) {
  registry::v1::DeleteOrganisationRequest request;
  request.set_name("organisations/a");
  request.set_request_id("6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d");
  // HMAC-SHA-256 of "c1\n", the type's full name, "\n" and the field's bytes, by Python's hmac.
  EXPECT_EQ(base::HexEncode(PageTokens("a key").RequestHmac(request, "c1")),
            "62ae30e471a4a7b42c484a37a6e0dc36681d4168b52435858eb699c831935894");
}

TEST(PageSize, HasADefaultAndAGreatest) {
  EXPECT_EQ(PageSize(0), 50);
  EXPECT_EQ(PageSize(1), 1);
  EXPECT_EQ(PageSize(1'000), 1'000);
  EXPECT_EQ(PageSize(1'001), 1'000);
}

}  // namespace
}  // namespace brokerage::rpc

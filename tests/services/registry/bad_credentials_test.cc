// Every method of the contract against every kind of bad credential, from the descriptors.

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

#include "services/rpc/credentials.h"
#include "services/rpc/scopes.h"
#include "tests/services/registry/world.h"
#include "tests/support/any_method.h"
#include "tests/support/contract.h"

namespace brokerage::registry {
namespace {

using common::v1::Role;
using google::protobuf::MethodDescriptor;

constexpr char kMissing[] = "UNAUTHENTICATED CREDENTIAL_MISSING";

const common::v1::Access& AccessOf(const MethodDescriptor& method) {
  return method.options().GetExtension(common::v1::access);
}

class BadCredentialsTest : public ::testing::Test {
 protected:
  std::string Answer(const MethodDescriptor& method, const support::Headers& headers) {
    // Empty requests: who is let in hears of their faults, or is served.
    const auto answer =
        support::CallAny(world_.channel(), method, *support::NewMessage(method.input_type()), headers);
    if (!answer.responses.empty()) return "OK";
    return Outline(answer.status);
  }

  static support::Headers Bearer(const std::string& token) { return {{"authorization", "Bearer " + token}}; }

  v1::Credential Make(const std::string& credential, const std::string& centre = kAshford) {
    const auto made = CreateCredential(world_.Lead(), centre, credential);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : v1::Credential();
  }

  World world_;
};

TEST_F(BadCredentialsTest, NoMethodLetsABadOneIn) {
  const v1::Credential revoked = Make("display_name: 'R' role: ROLE_LEAD_ADMIN");
  v1::RevokeCredentialRequest revoke;
  revoke.set_name(revoked.name());
  ASSERT_TRUE(world_.Lead().Call(&Centres::RevokeCredential, revoke).ok());
  const v1::Credential expired =
      Make("display_name: 'E' role: ROLE_LEAD_ADMIN expire_time { seconds: 1781517601 }");
  world_.clock.Advance(absl::Seconds(1));
  const std::string& good = world_.lead_token();
  std::string hash = rpc::HashToken(good);

  const struct {
    const char* what;
    support::Headers headers;
    const char* answer;
  } kTable[] = {
      {"none", {}, kMissing},
      {"an empty one", {{"authorization", ""}}, kMissing},
      {"no token", {{"authorization", "Bearer "}}, kMissing},
      {"another scheme", {{"authorization", "Basic " + good}}, kMissing},
      {"no scheme", {{"authorization", good}}, kMissing},
      {"another header", {{"x-authorization", "Bearer " + good}}, kMissing},
      {"unknown", Bearer(rpc::MintToken("ashford", "nobody")), kBadCredential},
      {"of another system", Bearer("eyJhbGciOiJub25lIn0.eyJzdWIiOiJsZWFkIn0."), kBadCredential},
      {"cut", Bearer(good.substr(0, good.size() - 1)), kBadCredential},
      {"longer", Bearer(good + "0"), kBadCredential},
      {"in capitals", Bearer(absl::AsciiStrToUpper(good)), kBadCredential},
      {"of another centre's name", Bearer(absl::StrReplaceAll(good, {{"vb_ashford_", "vb_dover_"}})),
       kBadCredential},
      {"the stored hash", Bearer(absl::BytesToHexString(hash)), kBadCredential},
      {"a name", Bearer(revoked.name()), kBadCredential},
      {"revoked", Bearer(revoked.secret()), kBadCredential},
      {"expired", Bearer(expired.secret()), kBadCredential},
  };
  int tried = 0;
  for (const MethodDescriptor* method : support::MethodsOf(support::RegistryServices())) {
    for (const auto& row : kTable) {
      EXPECT_EQ(Answer(*method, row.headers), row.answer) << method->full_name() << ": " << row.what;
      ++tried;
    }
  }
  EXPECT_GT(tried, 300);
}

TEST_F(BadCredentialsTest, EveryRoleAtEveryMethod) {
  std::map<Role, std::string> tokens;
  for (const Role role :
       {common::v1::ROLE_READER, common::v1::ROLE_CASEWORKER, common::v1::ROLE_MANAGER,
        common::v1::ROLE_CENTRE_ADMIN, common::v1::ROLE_LEAD_ADMIN, common::v1::ROLE_SERVICE}) {
    tokens[role] = Make(absl::StrCat("display_name: 'A' role: ", Role_Name(role))).secret();
  }
  for (const MethodDescriptor* method : support::MethodsOf(support::RegistryServices())) {
    const auto& access = AccessOf(*method);
    for (const auto& [role, token] : tokens) {
      const bool is_service = role == common::v1::ROLE_SERVICE;
      const bool for_services = access.minimum_role() == common::v1::ROLE_SERVICE;
      const bool allowed =
          is_service ? access.service() || for_services : !for_services && role >= access.minimum_role();
      const std::string answer = Answer(*method, Bearer(token));
      if (allowed) {
        EXPECT_TRUE(answer == "OK" || answer == kInvalid || answer == kNotFound)
            << method->full_name() << " " << Role_Name(role) << ": " << answer;
      } else {
        EXPECT_EQ(answer, kDenied) << method->full_name() << " " << Role_Name(role);
      }
    }
  }
}

TEST_F(BadCredentialsTest, EveryScopeAtEveryMethod) {
  // For each method: with its scope alone, and with every scope but its own.
  for (const MethodDescriptor* method : support::MethodsOf(support::RegistryServices())) {
    const auto& access = AccessOf(*method);
    const std::string role =
        access.minimum_role() == common::v1::ROLE_SERVICE ? "ROLE_SERVICE" : "ROLE_LEAD_ADMIN";
    const std::string credential = absl::StrCat("display_name: 'A' role: ", role);
    std::string others = credential;
    for (const std::string& scope : rpc::KnownScopes()) {
      if (scope != access.scope()) absl::StrAppend(&others, " scopes: '", scope, "'");
    }
    EXPECT_EQ(Answer(*method, Bearer(Make(others).secret())), "PERMISSION_DENIED SCOPE_MISSING")
        << method->full_name();
    const std::string with =
        Answer(*method, Bearer(Make(absl::StrCat(credential, " scopes: '", access.scope(), "'")).secret()));
    EXPECT_TRUE(with == "OK" || with == kInvalid || with == kNotFound) << method->full_name() << ": " << with;
  }
}

}  // namespace
}  // namespace brokerage::registry

#include "services/rpc/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "absl/strings/str_cat.h"

#include "tests/services/rpc/test_call.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using support::Outline;

constexpr char kMissing[] = "UNAUTHENTICATED CREDENTIAL_MISSING";
constexpr char kInvalid[] = "UNAUTHENTICATED CREDENTIAL_INVALID";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

CredentialEntry Entry(const std::string& name, const std::string& token, bool revoked = false,
                      absl::Time expire_time = absl::InfiniteFuture()) {
  return {{name, "centres/a", common::v1::ROLE_READER, {}}, HashToken(token), expire_time, revoked};
}

TEST(Tokens, SayWhoseTheyAreAndAreNeverTheSame) {
  const std::string token = MintToken("ashford", "abc");
  EXPECT_THAT(token, ::testing::MatchesRegex("vb_ashford_abc_[0-9a-f]{64}"));
  EXPECT_NE(token, MintToken("ashford", "abc"));
  EXPECT_EQ(HashToken(token).size(), 32u);
}

TEST(CredentialDirectory, LetsTheBearerIn) {
  CredentialDirectory directory;
  const std::string token = MintToken("a", "one");
  directory.Put(Entry("centres/a/credentials/one", token));
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER "}) {
    const auto caller = directory.Authenticate(absl::StrCat(scheme, token), kNow);
    ASSERT_TRUE(caller.ok()) << scheme;
    EXPECT_EQ(caller->credential, "centres/a/credentials/one");
    EXPECT_EQ(caller->centre, "centres/a");
    EXPECT_EQ(caller->role, common::v1::ROLE_READER);
  }
}

TEST(CredentialDirectory, KeepsOthersOut) {
  CredentialDirectory directory;
  const std::string token = MintToken("a", "one");
  directory.Put(Entry("centres/a/credentials/one", token));
  const std::string revoked = MintToken("a", "two");
  directory.Put(Entry("centres/a/credentials/two", revoked, true));
  const struct {
    std::string header;
    const char* outline;
  } kTable[] = {
      {"", kMissing},
      {"Bearer", kMissing},
      {"Bearer ", kMissing},
      {"Bearer    ", kMissing},
      {"Basic " + token, kMissing},
      {token, kMissing},
      {"Bearer " + token + "x", kInvalid},
      {"Bearer " + token.substr(0, token.size() - 1), kInvalid},
      {"Bearer Bearer " + token, kInvalid},
      {"Bearer " + std::string(8'000, 'a'), kInvalid},
      {"Bearer " + MintToken("a", "one"), kInvalid},
      {"Bearer " + HashToken(token), kInvalid},
      {"Bearer " + revoked, kInvalid},
  };
  for (const auto& row : kTable) {
    EXPECT_EQ(Outline(directory.Authenticate(row.header, kNow)), row.outline) << row.header.substr(0, 80);
  }
}

TEST(CredentialDirectory, CallsNobodyUnknownBeforeAllWereSeen) {
  int told = 0;
  CredentialDirectory directory([&] { ++told; });
  const std::string token = MintToken("a", "one");
  const std::string revoked = MintToken("a", "two");
  directory.Put(Entry("centres/a/credentials/one", token));
  directory.Put(Entry("centres/a/credentials/two", revoked, true));
  const auto answer = [&](const std::string& header) {
    return Outline(directory.Authenticate(header, kNow));
  };
  EXPECT_FALSE(directory.EverSeen());
  EXPECT_EQ(answer("Bearer unknown"), "UNAVAILABLE REGISTRY_NEVER_SEEN");
  EXPECT_EQ(answer("Bearer " + token), "OK");
  EXPECT_EQ(answer("Bearer " + revoked), kInvalid);
  EXPECT_EQ(answer(""), kMissing);
  EXPECT_EQ(told, 0);
  directory.SetSeen();
  directory.SetSeen();
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(directory.EverSeen());
  EXPECT_EQ(answer("Bearer unknown"), kInvalid);
}

TEST(CredentialDirectory, ExpiryIsTheFirstMomentOutside) {
  CredentialDirectory directory;
  const std::string token = MintToken("a", "one");
  directory.Put(Entry("centres/a/credentials/one", token, false, kNow));
  EXPECT_TRUE(directory.Authenticate("Bearer " + token, kNow - absl::Nanoseconds(1)).ok());
  EXPECT_EQ(Outline(directory.Authenticate("Bearer " + token, kNow)), kInvalid);
  EXPECT_TRUE(directory.IsValid("centres/a/credentials/one", kNow - absl::Nanoseconds(1)));
  EXPECT_FALSE(directory.IsValid("centres/a/credentials/one", kNow));
  EXPECT_FALSE(directory.IsValid("centres/a/credentials/none", kNow));
}

TEST(CredentialDirectory, ARevocationIsForGoodInWhateverOrder) {
  const std::string token = MintToken("a", "one");
  CredentialDirectory directory;
  directory.Put(Entry("centres/a/credentials/one", token));
  directory.Put(Entry("centres/a/credentials/one", token, true));
  EXPECT_FALSE(directory.Authenticate("Bearer " + token, kNow).ok());
  directory.Put(Entry("centres/a/credentials/one", token));
  EXPECT_FALSE(directory.Authenticate("Bearer " + token, kNow).ok()) << "a late message undid a revocation";
  EXPECT_FALSE(directory.IsValid("centres/a/credentials/one", kNow));
  EXPECT_EQ(directory.size(), 1u);
  // What is told whole replaces all, as after a restore of the registry.
  directory.Reset({Entry("centres/a/credentials/one", token)});
  EXPECT_TRUE(directory.Authenticate("Bearer " + token, kNow).ok());
}

TEST(CredentialDirectory, ANewSecretReplacesTheOldOne) {
  CredentialDirectory directory;
  const std::string old_token = MintToken("a", "one");
  const std::string new_token = MintToken("a", "one");
  directory.Put(Entry("centres/a/credentials/one", old_token));
  directory.Put(Entry("centres/a/credentials/one", new_token));
  EXPECT_FALSE(directory.Authenticate("Bearer " + old_token, kNow).ok());
  EXPECT_TRUE(directory.Authenticate("Bearer " + new_token, kNow).ok());
}

TEST(CredentialDirectory, IsReadWhileItChanges) {
  CredentialDirectory directory;
  const std::string stays = MintToken("a", "stays");
  directory.Put(Entry("centres/a/credentials/stays", stays));
  std::thread writer([&] {
    for (int i = 0; i < 500; ++i) {
      directory.Put(Entry(absl::StrCat("centres/a/credentials/c", i), MintToken("a", "c"), i % 2 == 0));
    }
  });
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(directory.Authenticate("Bearer " + stays, kNow).ok());
  writer.join();
  EXPECT_EQ(directory.size(), 501u);
}

}  // namespace
}  // namespace brokerage::rpc

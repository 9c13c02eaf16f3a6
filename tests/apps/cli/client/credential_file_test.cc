#include "apps/cli/client/credential_file.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/files.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

// From a file that says so, which goes again.
auto Read(const std::string& text, unsigned mode = 0600) {
  const std::string path = absl::StrCat(testing::TempDir(), "brokerage-token-", base::MintId());
  EXPECT_TRUE(base::WriteFileAtomically(path, text, mode).ok());
  auto token = ReadCredentialFile(path);
  std::filesystem::remove(path);
  return token;
}

TEST(CentreOfToken, IsWhatStandsBehindTheFirstUnderscore) {
  const std::pair<const char*, const char*> cases[] = {
      {"vb_ashford_k1_secret", "ashford"},
      {"vb_folkestone-and-hythe_abc_x_y_z", "folkestone-and-hythe"},
      {"vb_ashford", ""},
      {"vb__k1_secret", ""},
      {"vb_ASHFORD_k1_secret", ""},
      {"xx_ashford_k1_secret", ""},
      {"", ""},
  };
  for (const auto& [token, centre] : cases) EXPECT_EQ(CentreOfToken(token), centre) << token;
}

TEST(CredentialFile, TheTokenIsOnItsFirstLine) {
  for (const char* text : {"vb_ashford_k1_s\n", "vb_ashford_k1_s", "  vb_ashford_k1_s \r\nmore\n"}) {
    const auto token = Read(text);
    ASSERT_TRUE(token.ok()) << token.status();
    EXPECT_EQ(token->text, "vb_ashford_k1_s");
    EXPECT_EQ(token->centre, "ashford");
    EXPECT_FALSE(token->readable_by_others);
  }
}

TEST(CredentialFile, SaysWhenOthersMayReadIt) {
  EXPECT_TRUE(Read("vb_a_b_c", 0640).value().readable_by_others);
  EXPECT_TRUE(Read("vb_a_b_c", 0604).value().readable_by_others);
}

TEST(CredentialFile, WhatIsNoTokenIsNeverSent) {
  for (const std::string& text : {std::string(), std::string("\n"), std::string("two words"),
                                  std::string("caf\xC3\xA9"), std::string(600, 'x')}) {
    EXPECT_EQ(Read(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_EQ(ReadCredentialFile("/nowhere/token").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace brokerage::cli

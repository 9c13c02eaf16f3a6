#include "base/ids.h"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"

namespace brokerage::base {
namespace {

TEST(Ids, MintedIdsHaveTheirShapeAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 2'000; ++i) {
    const std::string id = MintId();
    ASSERT_EQ(id.size(), 26u);
    ASSERT_TRUE(id[0] >= 'a' && id[0] <= 'v') << id;
    ASSERT_EQ(id.find_first_not_of("0123456789abcdefghijklmnopqrstuv"), std::string::npos) << id;
    ASSERT_TRUE(IsClientId(id)) << "a minted id is a valid segment too: " << id;
    ASSERT_TRUE(seen.insert(id).second) << id;
  }
}

TEST(Ids, MintedUuidsAreOfVersion4) {
  for (int i = 0; i < 2'000; ++i) {
    const std::string uuid = MintUuid4();
    ASSERT_TRUE(IsUuid4(uuid)) << uuid;
    ASSERT_EQ(absl::AsciiStrToLower(uuid), uuid);
  }
  EXPECT_NE(MintUuid4(), MintUuid4());
}

struct Judged {
  const char* text;
  bool good;
};

TEST(Ids, Uuid4OfKeepsTheBitsThatAreFree) {
  EXPECT_EQ(Uuid4Of(std::string(16, '\0')), "00000000-0000-4000-8000-000000000000");
  EXPECT_EQ(Uuid4Of(std::string(16, '\xff')), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  EXPECT_EQ(Uuid4Of("0123456789abcdefmore"), Uuid4Of("0123456789abcdef"));
  EXPECT_TRUE(IsUuid4(Uuid4Of("0123456789abcdef")));
}

TEST(Ids, IsUuid4) {
  const std::vector<Judged> table = {
      {"f81d4fae-7dec-41d0-a765-00a0c91e6bf6", true},
      {"F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6", true},
      {"f81d4fae-7dec-41d0-8765-00a0c91e6bf6", true},
      {"f81d4fae-7dec-41d0-b765-00a0c91e6bf6", true},
      {"f81d4fae-7dec-11d0-a765-00a0c91e6bf6", false},
      {"f81d4fae-7dec-41d0-c765-00a0c91e6bf6", false},
      {"f81d4fae-7dec-41d0-7765-00a0c91e6bf6", false},
      {"f81d4fae-7dec-41d0-a765-00a0c91e6bf", false},
      {"f81d4fae-7dec-41d0-a765-00a0c91e6bf66", false},
      {"f81d4fae07dec-41d0-a765-00a0c91e6bf6", false},
      {"g81d4fae-7dec-41d0-a765-00a0c91e6bf6", false},
      {"{81d4fae-7dec-41d0-a765-00a0c91e6bf}", false},
      {"", false},
  };
  for (const Judged& judged : table) EXPECT_EQ(IsUuid4(judged.text), judged.good) << judged.text;
}

TEST(Ids, IsClientId) {
  const std::string longest = "a" + std::string(62, 'z');
  const std::vector<Judged> table = {
      {"a", true},    {"ashford", true},  {"folkestone-and-hythe", true},
      {"a--b", true}, {"a1", true},       {longest.c_str(), true},
      {"", false},    {"1a", false},      {"-a", false},
      {"a-", false},  {"Ashford", false}, {"a_b", false},
      {"a b", false}, {"a/b", false},     {"caf\xC3\xA9", false},
  };
  for (const Judged& judged : table) EXPECT_EQ(IsClientId(judged.text), judged.good) << judged.text;
  EXPECT_FALSE(IsClientId(longest + "z"));
}

}  // namespace
}  // namespace brokerage::base

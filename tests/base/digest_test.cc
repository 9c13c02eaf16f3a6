#include "base/digest.h"

#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

namespace brokerage::base {
namespace {

// FIPS 180-4 examples.
TEST(Digest, Sha256OfPublishedExamples) {
  EXPECT_EQ(HexEncode(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(HexEncode(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HexEncode(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Digest, PiecesGiveTheSameAsTheWhole) {
  const std::string text = "the quick brown fox";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256Stream stream;
    stream.Update(text.substr(0, cut));
    stream.Update(text.substr(cut));
    EXPECT_EQ(stream.Finish(), Sha256(text));
  }
}

// RFC 4231, test cases 1, 2 and 6, whose key is longer than a block.
TEST(Digest, HmacOfPublishedExamples) {
  EXPECT_EQ(HexEncode(HmacSha256(std::string(20, '\x0b')).Of({"Hi There"})),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HexEncode(HmacSha256("Jefe").Of({"what do ya want for nothing?"})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(HexEncode(HmacSha256(std::string(131, '\xaa'))
                          .Of({"Test Using Larger Than Block-Size Key - Hash Key First"})),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, HmacIsTheSameHoweverItsDataIsCutAndHoweverOftenItIsAsked) {
  const HmacSha256 hmac("Jefe");
  const std::string whole = hmac.Of({"what do ya want for nothing?"});
  EXPECT_EQ(hmac.Of({"what do ya ", "", "want for nothing?"}), whole);
  EXPECT_EQ(hmac.Of({"what do ya want for nothing?"}), whole) << "again";
  EXPECT_NE(hmac.Of({}), whole);
}

TEST(Digest, HmacIsTheSameOnThreadsAtOnce) {
  const HmacSha256 hmac("Jefe");
  const std::string whole = hmac.Of({"what do ya want for nothing?"});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 200; ++call) EXPECT_EQ(hmac.Of({"what do ya want for nothing?"}), whole);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// The first and the last of the examples in the paper of SipHash's authors and its reference code.
TEST(Digest, ShortKeyedHashOfPublishedExamples) {
  std::string key;
  for (char byte = 0; byte < 16; ++byte) key.push_back(byte);
  ShortKeyedHash hash(key);
  EXPECT_EQ(hash.Of(""), 0x726fdb47dd0e0e31u);
  EXPECT_EQ(hash.Of(key.substr(0, 15)), 0xa129ca6149be45e5u);
  EXPECT_EQ(hash.Of(""), 0x726fdb47dd0e0e31u);
  EXPECT_NE(ShortKeyedHash(std::string(16, 'k')).Of(""), 0x726fdb47dd0e0e31u);
}

TEST(Digest, EqualInConstantTime) {
  EXPECT_TRUE(EqualInConstantTime("", ""));
  EXPECT_TRUE(EqualInConstantTime("secret", "secret"));
  EXPECT_FALSE(EqualInConstantTime("secret", "secreT"));
  EXPECT_FALSE(EqualInConstantTime("Secret", "secret"));
  EXPECT_FALSE(EqualInConstantTime("secret", "secret1"));
  EXPECT_FALSE(EqualInConstantTime("secret", ""));
}

TEST(Digest, RandomBytesHaveTheAskedLengthAndDiffer) {
  EXPECT_EQ(RandomBytes(0).size(), 0u);
  EXPECT_EQ(RandomBytes(33).size(), 33u);
  EXPECT_NE(RandomBytes(16), RandomBytes(16));
}

}  // namespace
}  // namespace brokerage::base

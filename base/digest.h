// Hashes, keyed hashes and random bytes, over OpenSSL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::base {

// SHA-256 of `data`: 32 raw bytes.
std::string Sha256(absl::string_view data);

// SHA-256 of data that arrives in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void Update(absl::string_view piece);
  // The 32 raw bytes. Call once; nothing may follow.
  std::string Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// HMAC-SHA-256 under one key, which is taken in once. Thread-safe.
class HmacSha256 {
 public:
  explicit HmacSha256(absl::string_view key);
  ~HmacSha256();
  HmacSha256(const HmacSha256&) = delete;
  HmacSha256& operator=(const HmacSha256&) = delete;

  // Of the pieces, one after the other, with nothing between them: 32 raw bytes.
  std::string Of(std::initializer_list<absl::string_view> pieces) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Short hashes of many texts under one key (SipHash-2-4), for tables in memory: without the key they say
// nothing of a text. Cheap to ask again, not to make. Not thread-safe.
class ShortKeyedHash {
 public:
  static constexpr std::size_t kKeyBytes = 16;

  // `key` has kKeyBytes.
  explicit ShortKeyedHash(absl::string_view key);
  ~ShortKeyedHash();
  ShortKeyedHash(const ShortKeyedHash&) = delete;
  ShortKeyedHash& operator=(const ShortKeyedHash&) = delete;

  uint64_t Of(absl::string_view data);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// True when both are equal; takes the same time wherever they differ.
bool EqualInConstantTime(absl::string_view a, absl::string_view b);

// `count` bytes from the operating system's cryptographic generator. Aborts when there are none to be had.
std::string RandomBytes(std::size_t count);

// Lower-case hexadecimal.
std::string HexEncode(absl::string_view bytes);

}  // namespace brokerage::base

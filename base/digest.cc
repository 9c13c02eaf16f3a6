#include "base/digest.h"

#include <cstdio>
#include <cstdlib>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "absl/strings/escaping.h"

namespace brokerage::base {
namespace {

// OpenSSL fails here only when it is broken or out of memory: no caller could do better than stop.
void Require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "OpenSSL failed: %s\n", what);
  std::abort();
}

}  // namespace

struct Sha256Stream::Impl {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Impl() { EVP_MD_CTX_free(context); }
};

Sha256Stream::Sha256Stream() : impl_(std::make_unique<Impl>()) {
  Require(impl_->context != nullptr, "EVP_MD_CTX_new");
  Require(EVP_DigestInit_ex(impl_->context, EVP_sha256(), nullptr) == 1, "EVP_DigestInit_ex");
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::Update(absl::string_view piece) {
  Require(EVP_DigestUpdate(impl_->context, piece.data(), piece.size()) == 1, "EVP_DigestUpdate");
}

std::string Sha256Stream::Finish() {
  std::string digest(EVP_MD_size(EVP_sha256()), '\0');
  unsigned int size = 0;
  Require(EVP_DigestFinal_ex(impl_->context, reinterpret_cast<unsigned char*>(digest.data()), &size) == 1,
          "EVP_DigestFinal_ex");
  return digest;
}

std::string Sha256(absl::string_view data) {
  Sha256Stream stream;
  stream.Update(data);
  return stream.Finish();
}

std::string HmacSha256(absl::string_view key, absl::string_view data) {
  std::string digest(EVP_MD_size(EVP_sha256()), '\0');
  unsigned int size = 0;
  Require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
               reinterpret_cast<const unsigned char*>(data.data()), data.size(),
               reinterpret_cast<unsigned char*>(digest.data()), &size) != nullptr,
          "HMAC");
  return digest;
}

struct ShortKeyedHash::Impl {
  EVP_MAC* mac = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
  EVP_MAC_CTX* context = EVP_MAC_CTX_new(mac);
  std::string key;
  ~Impl() {
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
  }
};

ShortKeyedHash::ShortKeyedHash(absl::string_view key) : impl_(std::make_unique<Impl>()) {
  Require(impl_->context != nullptr && key.size() == kKeyBytes, "EVP_MAC_CTX_new");
  impl_->key = std::string(key);
  std::size_t size = sizeof(uint64_t);
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                   OSSL_PARAM_construct_end()};
  Require(EVP_MAC_CTX_set_params(impl_->context, parameters) == 1, "EVP_MAC_CTX_set_params");
}

ShortKeyedHash::~ShortKeyedHash() = default;

uint64_t ShortKeyedHash::Of(absl::string_view data) {
  const auto bytes = [](absl::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  EVP_MAC_CTX* const context = impl_->context;
  unsigned char hash[sizeof(uint64_t)];
  std::size_t size = 0;
  Require(EVP_MAC_init(context, bytes(impl_->key), kKeyBytes, nullptr) == 1 &&
              EVP_MAC_update(context, bytes(data), data.size()) == 1 &&
              EVP_MAC_final(context, hash, &size, sizeof(hash)) == 1 && size == sizeof(hash),
          "EVP_MAC");
  uint64_t number = 0;
  for (std::size_t i = sizeof(hash); i-- > 0;) number = number << 8 | hash[i];
  return number;
}

bool EqualInConstantTime(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  Require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1,
          "RAND_bytes");
  return bytes;
}

std::string HexEncode(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

}  // namespace brokerage::base

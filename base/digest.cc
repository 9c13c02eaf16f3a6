#include "base/digest.h"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"

namespace brokerage::base {
namespace {

// Of SHA-256.
constexpr std::size_t kDigestBytes = 32;

// OpenSSL fails here only when it is broken or out of memory: no caller could do better than stop.
void Require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "OpenSSL failed: %s\n", what);
  std::abort();
}

const unsigned char* BytesOf(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Fetched once: OpenSSL looks an algorithm up at each use otherwise, which takes longer than a short digest.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Require(algorithm != nullptr, "EVP_MD_fetch");
  return algorithm;
}

// A digest under way.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new()) { Require(context_ != nullptr, "EVP_MD_CTX_new"); }
  ~Digest() { EVP_MD_CTX_free(context_); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void Begin() { Require(EVP_DigestInit_ex(context_, Algorithm(), nullptr) == 1, "EVP_DigestInit_ex"); }
  void Update(absl::string_view piece) {
    Require(EVP_DigestUpdate(context_, piece.data(), piece.size()) == 1, "EVP_DigestUpdate");
  }
  std::string Finish() {
    std::string digest(kDigestBytes, '\0');
    unsigned int size = 0;
    Require(EVP_DigestFinal_ex(context_, reinterpret_cast<unsigned char*>(digest.data()), &size) == 1,
            "EVP_DigestFinal_ex");
    return digest;
  }

  // One of this thread's, for a digest that is begun and finished in one go.
  static Digest& OfThread() {
    static thread_local Digest digest;
    return digest;
  }

 private:
  EVP_MD_CTX* const context_;
};

}  // namespace

struct Sha256Stream::Impl {
  Digest digest;
};

Sha256Stream::Sha256Stream() : impl_(std::make_unique<Impl>()) { impl_->digest.Begin(); }
Sha256Stream::~Sha256Stream() = default;
void Sha256Stream::Update(absl::string_view piece) { impl_->digest.Update(piece); }
std::string Sha256Stream::Finish() { return impl_->digest.Finish(); }

std::string Sha256(absl::string_view data) {
  Digest& digest = Digest::OfThread();
  digest.Begin();
  digest.Update(data);
  return digest.Finish();
}

// Keyed once. Whoever uses it begins a context of its own anew, which is several times as fast as copying
// one.
struct HmacSha256::Impl {
  using Context = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

  explicit Impl(absl::string_view key) : keyed(nullptr, &EVP_MAC_CTX_free) {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    Require(algorithm != nullptr, "EVP_MAC_fetch");
    keyed.reset(EVP_MAC_CTX_new(algorithm));
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    Require(keyed != nullptr && EVP_MAC_init(keyed.get(), BytesOf(key), key.size(), parameters) == 1,
            "EVP_MAC_init");
  }

  Context Take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        Context context = std::move(idle.back());
        idle.pop_back();
        return context;
      }
    }
    Context context(EVP_MAC_CTX_dup(keyed.get()), &EVP_MAC_CTX_free);
    Require(context != nullptr, "EVP_MAC_CTX_dup");
    return context;
  }
  void GiveBack(Context context) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(context));
  }

  Context keyed;  // for copies alone
  std::mutex mutex;
  std::vector<Context> idle;  // as many as were ever in use at once
};

HmacSha256::HmacSha256(absl::string_view key) : impl_(std::make_unique<Impl>(key)) {}
HmacSha256::~HmacSha256() = default;

std::string HmacSha256::Of(std::initializer_list<absl::string_view> pieces) const {
  Impl::Context context = impl_->Take();
  Require(EVP_MAC_init(context.get(), nullptr, 0, nullptr) == 1, "EVP_MAC_init");  // of the key that it has
  for (const absl::string_view piece : pieces) {
    Require(EVP_MAC_update(context.get(), BytesOf(piece), piece.size()) == 1, "EVP_MAC_update");
  }
  std::string mac(kDigestBytes, '\0');
  std::size_t size = 0;
  Require(
      EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(mac.data()), &size, mac.size()) == 1 &&
          size == mac.size(),
      "EVP_MAC_final");
  impl_->GiveBack(std::move(context));
  return mac;
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
  EVP_MAC_CTX* const context = impl_->context;
  unsigned char hash[sizeof(uint64_t)];
  std::size_t size = 0;
  Require(EVP_MAC_init(context, BytesOf(impl_->key), kKeyBytes, nullptr) == 1 &&
              EVP_MAC_update(context, BytesOf(data), data.size()) == 1 &&
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

// Opaque tokens: revisions and pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

#include "base/digest.h"

namespace brokerage::rpc {

// The service that a revision is of.
enum class Origin : char { kMatching = 'm', kRegistry = 'r' };

// Where a service's store stands: {service, epoch, sequence}.
struct ConsistencyToken {
  Origin origin = Origin::kMatching;
  uint64_t epoch = 0;
  uint64_t sequence = 0;
  friend bool operator==(const ConsistencyToken&, const ConsistencyToken&) = default;
};

std::string FormatConsistencyToken(const ConsistencyToken& token);
// nullopt when malformed.
std::optional<ConsistencyToken> ParseConsistencyToken(absl::string_view text);

// A record's etag: the epoch and the sequence that last wrote it.
std::string FormatEtag(uint64_t epoch, uint64_t sequence);

// Makes and opens page tokens, authenticated by the service's key. Thread-safe.
class PageTokens {
 public:
  explicit PageTokens(absl::string_view hmac_key) : hmac_(hmac_key) {}

  // A token for the page after this one of `request`, for `credential`. The request's page_token and
  // page_size do not count.
  std::string Seal(const google::protobuf::Message& request, absl::string_view credential,
                   absl::string_view cursor, absl::Time now) const;

  // The cursor of the request's page_token; empty when it has none. Errors: PageTokenInvalid (forged, or of
  // another request or caller), PageTokenExpired (older than an hour).
  absl::StatusOr<std::string> Open(const google::protobuf::Message& request, absl::string_view credential,
                                   absl::Time now) const;

  // HMAC of a request without its request_id: what a retry must equal.
  std::string RequestHmac(const google::protobuf::Message& request, absl::string_view credential) const;

 private:
  std::string Mac(const google::protobuf::Message& request, absl::string_view credential,
                  absl::string_view body) const;

  const base::HmacSha256 hmac_;
};

// page_size as served: the default for 0, at most the greatest.
int64_t PageSize(int32_t asked);

}  // namespace brokerage::rpc

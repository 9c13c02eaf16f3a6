// The shapes of what people are reached by, and the faults of what has none of them. Whether anyone answers
// there is not asked.
#pragma once

#include "absl/strings/string_view.h"

#include "base/errors.h"

namespace brokerage::rpc {

// A mailbox as people write it, `someone@example.org`: one @, no white space, a domain of at least two
// labels. Rarer forms of RFC 5321 (quoted local parts, address literals) are refused.
bool IsEmailAddress(absl::string_view text);

// 3 to 20 digits, with spaces and + ( ) - . between them; a + only at the front.
bool IsPhoneNumber(absl::string_view text);

// `http://` or `https://`, a host of domain labels or an IPv4 address, perhaps a port, and perhaps more after
// it; no white space, and no user name or password.
bool IsWebAddress(absl::string_view text);

// Each adds a fault of `path` when `text` has not its shape. An empty one is well.
void CheckEmailAddress(absl::string_view text, absl::string_view path, base::Violations& violations);
void CheckPhoneNumber(absl::string_view text, absl::string_view path, base::Violations& violations);
void CheckWebAddress(absl::string_view text, absl::string_view path, base::Violations& violations);

}  // namespace brokerage::rpc

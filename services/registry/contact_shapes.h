// The shapes of what people are reached by. Whether anyone answers there is not asked.
#pragma once

#include "absl/strings/string_view.h"

namespace brokerage::registry {

// A mailbox as people write it, `someone@example.org`: one @, no white space, a domain of at least two
// labels. Rarer forms of RFC 5321 (quoted local parts, address literals) are refused.
bool IsEmailAddress(absl::string_view text);

// 3 to 20 digits, with spaces and + ( ) - . between them; a + only at the front.
bool IsPhoneNumber(absl::string_view text);

// `http://` or `https://`, a host of domain labels or an IPv4 address, perhaps a port, and perhaps more after
// it; no white space, and no user name or password.
bool IsWebAddress(absl::string_view text);

}  // namespace brokerage::registry

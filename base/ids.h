// Identifiers that we mint, and those that clients bring.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace brokerage::base {

// A new resource id: 26 characters of [0-9a-v], 128 random bits, always starting with a letter. Ids are
// random so that ordering ties by them favours nobody.
std::string MintId();

// A random UUID, version 4, in lower case.
std::string MintUuid4();

// 16 bytes as a UUID: its version and variant are set to those of version 4, the other bits stay. For ids
// that are the same whenever they are made of the same thing.
std::string Uuid4Of(absl::string_view bytes);

// Whether `text` is a version 4 UUID (RFC 4122), in either case.
bool IsUuid4(absl::string_view text);

// Whether `text` may be an id chosen by a client (centres): 1 to 63 of [a-z0-9-], a letter first, no hyphen
// last.
bool IsClientId(absl::string_view text);

}  // namespace brokerage::base

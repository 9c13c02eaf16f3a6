// Text as people write it: UTF-8, compared without regard to case.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace brokerage::base {

// Whether `text` is well-formed UTF-8.
bool IsUtf8(absl::string_view text);

// Whether `text` has control characters: those that no one types into a form, such as marks that turn the
// direction of what follows. Letters written from right to left are no fault. With `allow_lines`, line feeds
// and tabs are no fault.
bool HasControlCharacters(absl::string_view text, bool allow_lines);

// `text` for comparing: Unicode NFKC case folding, so "É", "é" and "E\u0301" are one. Malformed UTF-8 comes
// back as it is.
std::string FoldCase(absl::string_view text);

// The words of `text` in its order, each folded: of letters, marks and digits, for all else parts words but
// an apostrophe, which is left out. Of malformed UTF-8 there are none.
std::vector<std::string> FoldedWords(absl::string_view text);

// How many columns of a terminal `text` takes: 0 for a combining mark, 2 for a wide character. Control
// characters count nothing; each byte of malformed UTF-8 counts 1.
int DisplayWidth(absl::string_view text);

}  // namespace brokerage::base

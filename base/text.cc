#include "base/text.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utf8proc.h>
#include <utility>

#include "absl/strings/ascii.h"

namespace brokerage::base {
namespace {

constexpr utf8proc_int32_t kFirstBeyondAscii = 0x80;

// Unicode's category Cc; the marks of its annex 9 that embed, override or isolate a direction of writing,
// which let a text show otherwise than it is; and the separators of lines and paragraphs.
bool IsControl(utf8proc_int32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

const utf8proc_uint8_t* Bytes(absl::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// Calls visit(code point) for each; false when the text is malformed.
template <typename Visitor>
bool VisitCodePoints(absl::string_view text, Visitor visit) {
  const utf8proc_uint8_t* at = Bytes(text);
  utf8proc_ssize_t left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point = *at;
    utf8proc_ssize_t used = 1;
    if (code_point >= kFirstBeyondAscii) used = utf8proc_iterate(at, left, &code_point);
    if (used <= 0) return false;
    visit(code_point);
    at += used;
    left -= used;
  }
  return true;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  return VisitCodePoints(text, [](utf8proc_int32_t) {});
}

bool HasControlCharacters(absl::string_view text, bool allow_lines) {
  bool found = false;
  VisitCodePoints(text, [&](utf8proc_int32_t c) {
    if (!IsControl(c)) return;
    if (allow_lines && (c == '\n' || c == '\t' || c == '\r')) return;
    found = true;
  });
  return found;
}

std::string FoldCase(absl::string_view text) {
  // Of these letters nothing else would change, and most texts have no others.
  const auto is_ascii = [](char c) { return absl::ascii_isascii(static_cast<unsigned char>(c)); };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return absl::AsciiStrToLower(text);
  utf8proc_uint8_t* folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const utf8proc_ssize_t size =
      utf8proc_map(Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  if (size < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  std::free(folded);
  return result;
}

std::vector<std::string> FoldedWords(absl::string_view text) {
  constexpr utf8proc_int32_t kApostrophes[] = {'\'', 0x2019};
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  const bool well_formed = VisitCodePoints(FoldCase(text), [&](utf8proc_int32_t c) {
    if (std::find(std::begin(kApostrophes), std::end(kApostrophes), c) != std::end(kApostrophes)) return;
    const utf8proc_category_t category = utf8proc_category(c);
    const bool in_word = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
    if (!in_word) return finish();
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t size = utf8proc_encode_char(c, bytes);
    word.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  });
  if (!well_formed) return {};
  finish();
  return words;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  const bool well_formed = VisitCodePoints(text, [&](utf8proc_int32_t c) { width += utf8proc_charwidth(c); });
  return well_formed ? width : static_cast<int>(text.size());
}

}  // namespace brokerage::base

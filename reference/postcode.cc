#include "reference/postcode.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace brokerage::reference {
namespace {

constexpr std::size_t kIncodeLength = 3;
constexpr std::size_t kMinOutcodeLength = 2;
constexpr std::size_t kMaxOutcodeLength = 4;

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsLetterOrDigit(char c) { return IsLetter(c) || IsDigit(c); }

// A digit, or a letter that is written like one.
bool ReadsAsDigit(char c) { return IsDigit(c) || c == 'O' || c == 'I'; }
bool ReadsAsLetter(char c) { return IsLetter(c) || c == '0' || c == '1'; }

char ToDigit(char c) { return c == 'O' ? '0' : c == 'I' ? '1' : c; }
char ToLetter(char c) { return c == '0' ? 'O' : c == '1' ? 'I' : c; }

// One or two letters, a digit, and perhaps a last letter or digit.
template <typename LetterTest, typename DigitTest>
bool IsOutcodeShape(absl::string_view text, LetterTest letter, DigitTest digit) {
  for (const std::size_t letters : {1, 2}) {
    const std::size_t rest = text.size() - letters;
    if (text.size() <= letters || rest > 2) continue;
    if (!std::all_of(text.begin(), text.begin() + letters, letter)) continue;
    if (!digit(text[letters])) continue;
    if (rest == 2 && !IsLetterOrDigit(text[letters + 1])) continue;
    return true;
  }
  return false;
}

template <typename LetterTest, typename DigitTest>
bool IsIncodeShape(absl::string_view text, LetterTest letter, DigitTest digit) {
  return text.size() == kIncodeLength && digit(text[0]) && letter(text[1]) && letter(text[2]);
}

struct Halves {
  std::string outcode;
  std::string incode;
};

// `text` in capitals, cut before its last three characters; white space may stand around it and at the cut
// only.
std::optional<Halves> Cut(absl::string_view text) {
  const std::string capitals = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(text));
  if (capitals.size() < kMinOutcodeLength + kIncodeLength) return std::nullopt;
  const absl::string_view whole = capitals;
  const absl::string_view before =
      absl::StripTrailingAsciiWhitespace(whole.substr(0, whole.size() - kIncodeLength));
  const absl::string_view incode = whole.substr(whole.size() - kIncodeLength);
  return Halves{std::string(before), std::string(incode)};
}

}  // namespace

std::optional<Postcode> Postcode::Parse(absl::string_view text) {
  const std::optional<Halves> halves = Cut(text);
  if (!halves || !IsOutcodeShape(halves->outcode, IsLetter, IsDigit) ||
      !IsIncodeShape(halves->incode, IsLetter, IsDigit)) {
    return std::nullopt;
  }
  Postcode postcode;
  std::copy(halves->outcode.begin(), halves->outcode.end(), postcode.outcode_.begin());
  std::copy(halves->incode.begin(), halves->incode.end(), postcode.incode_.begin());
  return postcode;
}

std::string Postcode::ToString() const { return absl::StrCat(outcode(), " ", incode()); }

absl::string_view Postcode::outcode() const {
  const auto end = std::find(outcode_.begin(), outcode_.end(), '\0');
  return absl::string_view(outcode_.data(), static_cast<std::size_t>(end - outcode_.begin()));
}

absl::string_view Postcode::incode() const { return absl::string_view(incode_.data(), incode_.size()); }

absl::string_view Postcode::area() const { return outcode().substr(0, IsLetter(outcode_[1]) ? 2 : 1); }

absl::string_view Postcode::postcode_district() const {
  absl::string_view district = outcode();
  if (IsLetter(district.back())) district.remove_suffix(1);
  return district;
}

std::optional<absl::string_view> Postcode::sub_district() const {
  if (!IsLetter(outcode().back())) return std::nullopt;
  return outcode();
}

std::string Postcode::sector() const { return absl::StrCat(outcode(), " ", incode().substr(0, 1)); }

absl::string_view Postcode::unit() const { return incode().substr(1); }

std::optional<std::string> ParseOutcode(absl::string_view text) {
  std::string outcode = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(text));
  if (outcode.size() > kMaxOutcodeLength || !IsOutcodeShape(outcode, IsLetter, IsDigit)) return std::nullopt;
  return outcode;
}

std::string FixPostcode(absl::string_view text) {
  std::optional<Halves> halves = Cut(text);
  if (!halves || !IsOutcodeShape(halves->outcode, ReadsAsLetter, ReadsAsDigit) ||
      !IsIncodeShape(halves->incode, ReadsAsLetter, ReadsAsDigit)) {
    return std::string(text);
  }
  // The first place is always a letter. In an outcode of two the second is a digit; in one of four the second
  // is a letter and the third a digit; in one of three the second and third may be either, so they stay as
  // they are.
  std::string& out = halves->outcode;
  out[0] = ToLetter(out[0]);
  if (out.size() == 2) out[1] = ToDigit(out[1]);
  if (out.size() == 4) {
    out[1] = ToLetter(out[1]);
    out[2] = ToDigit(out[2]);
  }
  std::string& in = halves->incode;
  in[0] = ToDigit(in[0]);
  in[1] = ToLetter(in[1]);
  in[2] = ToLetter(in[2]);
  return absl::StrCat(out, " ", in);
}

}  // namespace brokerage::reference

#include "apps/cli/client/credential_file.h"

#include <sys/stat.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "base/files.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

// Longer is no token but some other file, given by mistake; none of it is to be sent anywhere.
constexpr std::size_t kMaxTokenBytes = 512;

bool IsTokenText(absl::string_view text) {
  if (text.empty() || text.size() > kMaxTokenBytes) return false;
  for (const char c : text) {
    if (!absl::ascii_isgraph(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

}  // namespace

std::string CentreOfToken(absl::string_view token) {
  if (!absl::ConsumePrefix(&token, "vb_")) return "";
  const std::size_t end = token.find('_');
  if (end == absl::string_view::npos || !base::IsClientId(token.substr(0, end))) return "";
  return std::string(token.substr(0, end));
}

absl::StatusOr<BearerToken> ReadCredentialFile(const std::string& path) {
  const absl::StatusOr<std::string> content = base::ReadFile(path);
  if (!content.ok()) return content.status();
  const absl::string_view line =
      absl::StripAsciiWhitespace(absl::string_view(*content).substr(0, content->find('\n')));
  if (!IsTokenText(line)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": holds no token on its first line"));
  }
  BearerToken token;
  token.text = std::string(line);
  token.centre = CentreOfToken(line);
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode)) {
    token.readable_by_others = (info.st_mode & (S_IRGRP | S_IROTH)) != 0;
  }
  return token;
}

}  // namespace brokerage::cli

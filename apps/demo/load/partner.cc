#include "apps/demo/load/partner.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/exit_code.h"
#include "base/files.h"
#include "base/ids.h"
#include "brokerage/common/v1/access.pb.h"

namespace brokerage::demo {

absl::Status WritePartnerCredential(const cli::Client& client, absl::string_view centre,
                                    const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return absl::OkStatus();

  registry::v1::CreateCredentialRequest request;
  request.set_parent(absl::StrCat("centres/", centre));
  request.mutable_credential()->set_display_name("Demonstration: administrator of another centre");
  request.mutable_credential()->set_role(common::v1::ROLE_CENTRE_ADMIN);
  // Random: a secret that was lost on its way here cannot be had again, so another credential is made.
  request.set_request_id(base::MintUuid4());
  const auto made = client.Call(*client.stubs().centres,
                                &registry::v1::CentreService::StubInterface::CreateCredential, request);
  if (!made.ok()) return made.status();
  const absl::Status written = base::WriteFileAtomically(path, absl::StrCat(made->secret(), "\n"), 0600);
  return written.ok() ? written : cli::AsFileError(written);
}

}  // namespace brokerage::demo

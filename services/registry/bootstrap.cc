#include "services/registry/bootstrap.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "base/files.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/resource_names.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/credentials.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"
#include "storage/typed.h"

namespace brokerage::registry {
namespace {

using storage::v1::CentreRecord;
using storage::v1::CredentialRecord;

constexpr unsigned kSecretFileMode = 0600;

absl::Status MakePrivateDirectory(const std::string& path) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(path, error);
  if (!error && made) {
    std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  }
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot make ", path, ": ", error.message()));
}

struct FirstCredential {
  CredentialRecord record;
  std::string token;
};

FirstCredential MakeCredential(const std::string& centre_id, const std::string& display_name,
                               common::v1::Role role, absl::Time now) {
  FirstCredential made;
  const base::CredentialName name{{centre_id, base::MintId()}};
  made.token = rpc::MintToken(centre_id, name.id);
  v1::Credential& credential = *made.record.mutable_credential();
  credential.set_name(name.Format());
  credential.set_display_name(display_name);
  credential.set_role(role);
  credential.set_state(v1::Credential::STATE_ACTIVE);
  *credential.mutable_create_time() = rpc::ToTimestamp(now);
  made.record.set_secret_hash(rpc::HashToken(made.token));
  return made;
}

CentreRecord MakeLeadCentre(const std::string& id, const reference::Districts& districts, absl::Time now) {
  CentreRecord record;
  v1::Centre& centre = *record.mutable_centre();
  centre.set_name(base::CentreName{id}.Format());
  const reference::District* district = districts.FindById(id);
  centre.set_display_name(absl::StrCat(district == nullptr ? id : district->name, " Volunteer Centre"));
  if (district != nullptr) centre.add_districts(base::FormatDistrictName(district->code));
  centre.set_lead(true);
  *centre.mutable_create_time() = rpc::ToTimestamp(now);
  *centre.mutable_update_time() = centre.create_time();
  return record;
}

}  // namespace

absl::Status Bootstrap(storage::Store& store, const reference::Districts& districts, const base::Clock& clock,
                       const BootstrapOptions& options) {
  const auto any = store.Scan(storage::kCentres, "", 1);
  if (!any.ok()) return any.status();
  if (!any->empty()) return absl::OkStatus();
  if (!base::IsClientId(options.lead_centre)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", options.lead_centre,
        "\" cannot be the id of a centre: it needs 1 to 63 of [a-z0-9-], a letter first and no hyphen last"));
  }

  const absl::Time now = clock.Now();
  const CentreRecord centre = MakeLeadCentre(options.lead_centre, districts, now);
  const FirstCredential lead =
      MakeCredential(options.lead_centre, "First lead administrator", common::v1::ROLE_LEAD_ADMIN, now);
  const FirstCredential matching =
      MakeCredential(options.lead_centre, "Matching service", common::v1::ROLE_SERVICE, now);

  if (auto made = MakePrivateDirectory(options.credentials_dir); !made.ok()) return made;
  for (const auto& [file, credential] :
       {std::pair(kLeadTokenFile, &lead), std::pair(kMatchingTokenFile, &matching)}) {
    const std::string path = (std::filesystem::path(options.credentials_dir) / file).string();
    const absl::Status written =
        base::WriteFileAtomically(path, absl::StrCat(credential->token, "\n"), kSecretFileMode);
    if (!written.ok()) return written;
  }

  const storage::Table<CentreRecord> centres(store, storage::kCentres);
  const storage::Table<CredentialRecord> credentials(store, storage::kCredentials);
  storage::CommitRequest commit;
  const std::string& name = centre.centre().name();
  commit.guards = {storage::Guard::Absent(centres.Key(name))};
  commit.writes = {centres.Put(name, centre), credentials.Put(lead.record.credential().name(), lead.record),
                   credentials.Put(matching.record.credential().name(), matching.record)};
  if (const auto done = store.Commit(std::move(commit)); !done.ok()) return done.status();
  base::Log(base::Severity::kInfo, "registry.begun",
            {{"lead_centre", name}, {"credentials_dir", options.credentials_dir}});
  return absl::OkStatus();
}

}  // namespace brokerage::registry

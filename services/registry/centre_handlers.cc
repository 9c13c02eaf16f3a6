#include "services/registry/centre_handlers.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

#include "base/ids.h"
#include "base/resource_names.h"
#include "services/registry/watch_stream.h"
#include "services/rpc/field_mask.h"
#include "services/rpc/lists.h"
#include "services/rpc/moments.h"
#include "services/rpc/policy.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"
#include "storage/keys.h"

namespace brokerage::registry {
namespace {

using rpc::Call;
using v1::Centre;

Centre Shown(const storage::Stored<storage::v1::CentreRecord>& stored, uint64_t epoch) {
  Centre centre = stored.message.centre();
  if (stored.sequence > 0) centre.set_etag(rpc::FormatEtag(epoch, stored.sequence));
  return centre;
}

}  // namespace

CentreHandlers::CentreHandlers(const rpc::Runner& runner, storage::Store& store,
                               const rpc::Mutations& mutations, const rpc::PageTokens& tokens,
                               const reference::Districts& districts, rpc::CredentialDirectory& directory,
                               const Watch& centre_watch, const Watch& credential_watch)
    : runner_(runner),
      tokens_(tokens),
      districts_(districts),
      directory_(directory),
      centre_watch_(centre_watch),
      credential_watch_(credential_watch),
      centres_(store, mutations, storage::kCentres),
      credentials_(store, mutations, storage::kCredentials) {}

grpc::Status CentreHandlers::CreateCentre(grpc::ServerContext* context,
                                          const v1::CreateCentreRequest* request, Centre* answer) {
  storage::v1::CentreRecord record;
  Centre& centre = *record.mutable_centre();
  const auto check = [&](const Call&, base::Violations& violations) {
    if (!request->centre_id().empty() && !base::IsClientId(request->centre_id())) {
      violations.Add("centre_id", "must be 1 to 63 of [a-z0-9-], a letter first and no hyphen last");
    }
    if (!request->has_centre()) return;
    centre = request->centre();
    rpc::ClearOutputOnly(centre);
    CheckCentre(centre, violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    centre.set_name(base::CentreName{request->centre_id()}.Format());
    centre.clear_etag();
    *centre.mutable_create_time() = rpc::ToTimestamp(call.now());
    *centre.mutable_update_time() = centre.create_time();
    const auto outcome = centres_.Create(call, *request, request->validate_only(), [&] {
      return rpc::NewRecord<CentreRecord>{centre.name(), record, {}};
    });
    if (!outcome.ok()) return outcome.status();
    *answer = Shown(outcome->stored, centres_.epoch());
    rpc::SetRevision(*outcome, rpc::Origin::kRegistry, *answer);
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::GetCentre(grpc::ServerContext* context, const v1::GetCentreRequest* request,
                                       Centre* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::CentreName>(request->name(), "name", violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call&) -> absl::Status {
    const auto stored = centres_.Get(request->name());
    if (!stored.ok()) return stored.status();
    *answer = Shown(*stored, centres_.epoch());
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::UpdateCentre(grpc::ServerContext* context,
                                          const v1::UpdateCentreRequest* request, Centre* answer) {
  const Centre& incoming = request->centre();
  return runner_.Run(
      *context, *request, [&](const Call& call, base::Violations request_faults) -> absl::Status {
        if (!request->has_centre()) return request_faults.ToStatus();
        rpc::CheckField(incoming, "etag", "centre.etag", request_faults);
        rpc::RequireName<base::CentreName>(incoming.name(), "centre.name", request_faults);
        rpc::CheckMask(request->update_mask(), incoming, request_faults);
        if (!base::CentreName::Parse(incoming.name())) return request_faults.ToStatus();
        const auto change = [&](const storage::Stored<CentreRecord>& stored,
                                CentreRecord& record) -> absl::StatusOr<std::vector<storage::Guard>> {
          if (!rpc::Policy::MayWrite(call.caller(), stored.name)) {
            return base::PermissionDenied("This is another centre: it may be read, not changed.");
          }
          if (request_faults.empty()) {
            if (auto same = rpc::CheckEtag(incoming.etag(), centres_.epoch(), stored); !same.ok())
              return same;
          }
          base::Violations faults = request_faults;
          Centre& centre = *record.mutable_centre();
          rpc::ApplyUpdate(request->update_mask(), incoming, centre);
          CheckCentre(centre, faults);
          if (!faults.empty()) return faults.ToStatus();
          *centre.mutable_update_time() = rpc::ToTimestamp(call.now());
          return std::vector<storage::Guard>();
        };
        const auto outcome =
            centres_.Update(call, *request, request->validate_only(), incoming.name(), change);
        if (!outcome.ok()) return rpc::WithRequestFaults(outcome.status(), request_faults);
        *answer = Shown(outcome->stored, centres_.epoch());
        rpc::SetRevision(*outcome, rpc::Origin::kRegistry, *answer);
        return absl::OkStatus();
      });
}

grpc::Status CentreHandlers::ListCentres(grpc::ServerContext* context, const v1::ListCentresRequest* request,
                                         v1::ListCentresResponse* answer) {
  return runner_.Run(*context, *request, [&](const Call& call) -> absl::Status {
    auto cursor = tokens_.Open(*request, call.caller().credential, call.now());
    if (!cursor.ok()) return cursor.status();
    rpc::ListQuery query;
    query.cursor = *std::move(cursor);
    query.page_size = rpc::PageSize(request->page_size());
    const uint64_t epoch = centres_.epoch();
    auto page = rpc::ReadPage<Centre, CentreRecord>(
        call, centres_.table(), query,
        [&](const storage::Stored<CentreRecord>& stored) { return std::optional(Shown(stored, epoch)); });
    if (!page.ok()) return page.status();
    for (Centre& centre : page->items) *answer->add_centres() = std::move(centre);
    if (!page->next_cursor.empty()) {
      answer->set_next_page_token(
          tokens_.Seal(*request, call.caller().credential, page->next_cursor, call.now()));
    }
    return absl::OkStatus();
  });
}

grpc::Status CentreHandlers::WatchCentres(grpc::ServerContext* context,
                                          const v1::WatchCentresRequest* request,
                                          grpc::ServerWriter<v1::WatchCentresResponse>* writer) {
  return runner_.Run(*context, *request, [&](const Call& call) {
    return ServeWatch<CentreRecord, v1::WatchCentresResponse>(
        centre_watch_, call, *context, request->resume_revision(), *writer,
        [](CentreRecord record, v1::WatchCentresResponse& response) {
          *response.mutable_centre() = std::move(*record.mutable_centre());
        });
  });
}

void CentreHandlers::CheckCentre(const Centre& centre, base::Violations& violations) const {
  rpc::CheckMessage(centre, "centre.", violations);
  for (int i = 0; i < centre.districts_size(); ++i) {
    if (centre.districts(i).empty()) continue;
    const auto code = base::ParseDistrictName(centre.districts(i));
    if (!code || districts_.FindByCode(*code) == nullptr) {
      violations.Add(
          absl::StrCat("centre.districts[", i, "]"),
          code ? "is none of the districts that ListDistricts names" : "must be districts/{district}");
    }
  }
}

}  // namespace brokerage::registry

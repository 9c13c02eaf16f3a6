#include "services/registry/organisation_handlers.h"

#include <optional>
#include <utility>

#include "base/ids.h"
#include "base/limits.h"
#include "base/resource_names.h"
#include "services/registry/organisation_states.h"
#include "services/registry/organisation_validate.h"
#include "services/registry/organisation_view.h"
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
using v1::Organisation;

// A centre that is none is a fault of the request, not a matter of rights.
absl::Status CheckMayWrite(const Call& call, absl::string_view centre) {
  if (!base::CentreName::Parse(centre) || rpc::Policy::MayWrite(call.caller(), centre)) {
    return absl::OkStatus();
  }
  return base::PermissionDenied("This organisation is another centre's: it may be read, not changed.");
}

}  // namespace

OrganisationHandlers::OrganisationHandlers(const rpc::Runner& runner, storage::Store& store,
                                           const rpc::Mutations& mutations, const rpc::PageTokens& tokens,
                                           const reference::Districts& districts,
                                           const rpc::Current<reference::PlaceIndex>& places,
                                           const Watch& watch)
    : runner_(runner),
      tokens_(tokens),
      districts_(districts),
      places_(places),
      watch_(watch),
      records_(store, mutations, storage::kOrganisations),
      centres_(store, storage::kCentres) {}

grpc::Status OrganisationHandlers::CreateOrganisation(grpc::ServerContext* context,
                                                      const v1::CreateOrganisationRequest* request,
                                                      Organisation* answer) {
  return runner_.Run(*context, *request,
                     [&](const Call& call, base::Violations request_faults) -> absl::Status {
                       if (!request->has_organisation()) return request_faults.ToStatus();
                       const auto make = [&]() -> absl::StatusOr<rpc::NewRecord<Record>> {
                         base::Violations faults = request_faults;
                         Record record;
                         Organisation& organisation = *record.mutable_organisation();
                         organisation = request->organisation();
                         rpc::ClearOutputOnly(organisation);
                         if (organisation.centre().empty()) organisation.set_centre(call.caller().centre);
                         if (auto allowed = CheckMayWrite(call, organisation.centre()); !allowed.ok())
                           return allowed;
                         CheckOrganisation(nullptr, organisation, districts_, *places_.Get(), faults);
                         auto guards = CheckReferences(organisation, faults);
                         if (!guards.ok()) return guards.status();
                         if (!faults.empty()) return faults.ToStatus();
                         const std::string name = base::OrganisationName{base::MintId()}.Format();
                         organisation.set_name(name);
                         organisation.clear_etag();
                         organisation.set_state(Organisation::STATE_ACTIVE);
                         organisation.mutable_verification()->set_stage(v1::Verification::STAGE_UNVERIFIED);
                         *organisation.mutable_create_time() = rpc::ToTimestamp(call.now());
                         *organisation.mutable_update_time() = organisation.create_time();
                         return rpc::NewRecord<Record>{name, std::move(record), *std::move(guards)};
                       };
                       const auto outcome = records_.Create(call, *request, request->validate_only(), make);
                       if (!outcome.ok()) return outcome.status();
                       Fill(call, *outcome, *answer);
                       if (request->validate_only()) answer->clear_name();
                       return absl::OkStatus();
                     });
}

grpc::Status OrganisationHandlers::GetOrganisation(grpc::ServerContext* context,
                                                   const v1::GetOrganisationRequest* request,
                                                   Organisation* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::OrganisationName>(request->name(), "name", violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto stored = records_.Get(request->name());
    if (!stored.ok()) return stored.status();
    *answer = Shown(call.caller(), *stored, records_.epoch());
    return absl::OkStatus();
  });
}

grpc::Status OrganisationHandlers::UpdateOrganisation(grpc::ServerContext* context,
                                                      const v1::UpdateOrganisationRequest* request,
                                                      Organisation* answer) {
  const Organisation& incoming = request->organisation();
  return runner_.Run(
      *context, *request, [&](const Call& call, base::Violations request_faults) -> absl::Status {
        if (!request->has_organisation()) return request_faults.ToStatus();
        rpc::CheckField(incoming, "etag", "organisation.etag", request_faults);
        rpc::RequireName<base::OrganisationName>(incoming.name(), "organisation.name", request_faults);
        rpc::CheckMask(request->update_mask(), incoming, request_faults);
        if (!base::OrganisationName::Parse(incoming.name())) return request_faults.ToStatus();
        const auto change = [&](const Stored& stored,
                                Record& record) -> absl::StatusOr<std::vector<storage::Guard>> {
          base::Violations faults = request_faults;
          Organisation& organisation = *record.mutable_organisation();
          const std::string centre = organisation.centre();
          if (auto allowed = CheckMayWrite(call, centre); !allowed.ok()) return allowed;
          if (request_faults.empty()) {
            if (auto same = rpc::CheckEtag(incoming.etag(), records_.epoch(), stored); !same.ok())
              return same;
            const auto& row = rpc::RowOf(OrganisationTransitions(), call.method().name);
            auto allowed = rpc::CheckTransition(row, organisation.state(), organisation);
            if (!allowed.ok()) return allowed;
          }
          rpc::ApplyUpdate(request->update_mask(), incoming, organisation);
          if (organisation.centre().empty()) organisation.set_centre(centre);
          if (auto allowed = CheckMayWrite(call, organisation.centre()); !allowed.ok()) return allowed;
          CheckOrganisation(&stored.message.organisation(), organisation, districts_, *places_.Get(), faults);
          auto guards = CheckReferences(organisation, faults);
          if (!guards.ok()) return guards.status();
          if (!faults.empty()) return faults.ToStatus();
          *organisation.mutable_update_time() = rpc::ToTimestamp(call.now());
          return guards;
        };
        const auto outcome =
            records_.Update(call, *request, request->validate_only(), incoming.name(), change);
        if (!outcome.ok()) return rpc::WithRequestFaults(outcome.status(), request_faults);
        Fill(call, *outcome, *answer);
        return absl::OkStatus();
      });
}

grpc::Status OrganisationHandlers::ListOrganisations(grpc::ServerContext* context,
                                                     const v1::ListOrganisationsRequest* request,
                                                     v1::ListOrganisationsResponse* answer) {
  std::optional<rpc::Filter<Organisation>> filter;
  rpc::ListQuery query;
  const auto check = [&](const Call&, base::Violations& violations) {
    filter.emplace(request->filter(), OrganisationFilterFields(), violations);
    query.order = rpc::ParseOrder(request->order_by(), violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    auto cursor = tokens_.Open(*request, call.caller().credential, call.now());
    if (!cursor.ok()) return cursor.status();
    query.cursor = *std::move(cursor);
    query.page_size = rpc::PageSize(request->page_size());
    const uint64_t epoch = records_.epoch();
    const auto show = [&](const Stored& stored) -> std::optional<Organisation> {
      const Organisation& organisation = stored.message.organisation();
      if (organisation.state() == Organisation::STATE_DELETED && !request->show_deleted())
        return std::nullopt;
      Organisation shown = Shown(call.caller(), stored, epoch);
      if (!filter->Matches(shown)) return std::nullopt;
      return shown;
    };
    auto page = rpc::ReadPage<Organisation, Record>(call, records_.table(), query, show);
    if (!page.ok()) return page.status();
    for (Organisation& item : page->items) *answer->add_organisations() = std::move(item);
    if (!page->next_cursor.empty()) {
      answer->set_next_page_token(
          tokens_.Seal(*request, call.caller().credential, page->next_cursor, call.now()));
    }
    return absl::OkStatus();
  });
}

template <typename Request>
grpc::Status OrganisationHandlers::Step(const grpc::ServerContext& context, const Request& request,
                                        const Edit& edit, Organisation& answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::OrganisationName>(request.name(), "name", violations);
  };
  return runner_.Run(context, request, check, [&](const Call& call) -> absl::Status {
    const auto change = [&](const Stored& stored,
                            Record& record) -> absl::StatusOr<std::vector<storage::Guard>> {
      Organisation& organisation = *record.mutable_organisation();
      if (auto allowed = CheckMayWrite(call, organisation.centre()); !allowed.ok()) return allowed;
      if (auto same = rpc::CheckEtag(request.etag(), records_.epoch(), stored); !same.ok()) return same;
      const auto& row = rpc::RowOf(OrganisationTransitions(), call.method().name);
      auto step = rpc::CheckTransition(row, organisation.state(), organisation);
      if (!step.ok()) return step;
      if (row.to) organisation.set_state(*row.to);
      *organisation.mutable_update_time() = rpc::ToTimestamp(call.now());
      if (auto edited = edit(call, stored.message, record); !edited.ok()) return edited;
      return std::vector<storage::Guard>();
    };
    const auto outcome = records_.Update(call, request, false, request.name(), change);
    if (!outcome.ok()) return outcome.status();
    Fill(call, *outcome, answer);
    return absl::OkStatus();
  });
}

grpc::Status OrganisationHandlers::DeleteOrganisation(grpc::ServerContext* context,
                                                      const v1::DeleteOrganisationRequest* request,
                                                      Organisation* answer) {
  return Step(
      *context, *request,
      [&](const Call& call, const Record& before, Record& record) {
        record.set_state_before_delete(before.organisation().state());
        *record.mutable_organisation()->mutable_delete_time() = rpc::ToTimestamp(call.now());
        return absl::OkStatus();
      },
      *answer);
}

grpc::Status OrganisationHandlers::UndeleteOrganisation(grpc::ServerContext* context,
                                                        const v1::UndeleteOrganisationRequest* request,
                                                        Organisation* answer) {
  return Step(
      *context, *request,
      [&](const Call& call, const Record& before, Record& record) -> absl::Status {
        Organisation& organisation = *record.mutable_organisation();
        if (call.now() - rpc::ToTime(organisation.delete_time()) > base::kUndeletePeriod) {
          return base::UndeletePeriodOver(organisation.name());
        }
        organisation.set_state(before.state_before_delete());
        organisation.clear_delete_time();
        record.clear_state_before_delete();
        return absl::OkStatus();
      },
      *answer);
}

grpc::Status OrganisationHandlers::RecordVerification(grpc::ServerContext* context,
                                                      const v1::RecordVerificationRequest* request,
                                                      Organisation* answer) {
  return Step(
      *context, *request,
      [&](const Call& call, const Record&, Record& record) {
        v1::Verification& verification = *record.mutable_organisation()->mutable_verification();
        verification.set_stage(request->stage());
        *verification.mutable_time() = rpc::ToTimestamp(call.now());
        verification.set_by(call.caller().credential);
        verification.set_evidence(request->evidence());
        return absl::OkStatus();
      },
      *answer);
}

grpc::Status OrganisationHandlers::SuspendOrganisation(grpc::ServerContext* context,
                                                       const v1::SuspendOrganisationRequest* request,
                                                       Organisation* answer) {
  return Step(
      *context, *request,
      [&](const Call&, const Record&, Record& record) {
        record.mutable_organisation()->set_suspend_reason(request->reason());
        return absl::OkStatus();
      },
      *answer);
}

grpc::Status OrganisationHandlers::ReinstateOrganisation(grpc::ServerContext* context,
                                                         const v1::ReinstateOrganisationRequest* request,
                                                         Organisation* answer) {
  return Step(
      *context, *request,
      [&](const Call&, const Record&, Record& record) {
        record.mutable_organisation()->clear_suspend_reason();
        return absl::OkStatus();
      },
      *answer);
}

grpc::Status OrganisationHandlers::WatchOrganisations(
    grpc::ServerContext* context, const v1::WatchOrganisationsRequest* request,
    grpc::ServerWriter<v1::WatchOrganisationsResponse>* writer) {
  return runner_.Run(*context, *request, [&](const Call& call) {
    return ServeWatch<Record, v1::WatchOrganisationsResponse>(
        watch_, call, *context, request->resume_revision(), *writer,
        [](Record record, v1::WatchOrganisationsResponse& response) {
          *response.mutable_organisation() = PublicPart(std::move(*record.mutable_organisation()));
        });
  });
}

absl::StatusOr<std::vector<storage::Guard>> OrganisationHandlers::CheckReferences(
    const Organisation& organisation, base::Violations& violations) const {
  std::vector<storage::Guard> guards;
  if (base::CentreName::Parse(organisation.centre())) {
    const auto centre = centres_.Get(organisation.centre());
    if (!centre.ok()) return rpc::FromStore(centre.status());
    if (!centre->has_value()) violations.Add("organisation.centre", "is no centre");
  }

  const std::string& body_name = organisation.accountable_body();
  if (organisation.kind() != Organisation::KIND_UNCONSTITUTED_GROUP ||
      !base::OrganisationName::Parse(body_name)) {
    return guards;
  }
  const auto body = records_.table().Get(body_name);
  if (!body.ok()) return rpc::FromStore(body.status());
  if (!body->has_value()) {
    violations.Add("organisation.accountable_body", "is no organisation");
  } else if (body_name == organisation.name()) {
    violations.Add("organisation.accountable_body", "must be another organisation");
  } else if ((*body)->message.organisation().state() == Organisation::STATE_DELETED) {
    violations.Add("organisation.accountable_body", "is deleted");
  } else if ((*body)->message.organisation().kind() == Organisation::KIND_UNCONSTITUTED_GROUP) {
    violations.Add("organisation.accountable_body", "must not be an unconstituted group itself");
  } else {
    guards.push_back(storage::Guard::At(records_.table().Key(body_name), (*body)->sequence));
  }
  return guards;
}

void OrganisationHandlers::Fill(const Call& call, const rpc::Outcome<Record>& outcome,
                                Organisation& answer) const {
  answer = Shown(call.caller(), outcome.stored, records_.epoch());
  if (outcome.stored.sequence == 0) answer.clear_etag();
  rpc::SetRevision(outcome, rpc::Origin::kRegistry, answer);
}

}  // namespace brokerage::registry

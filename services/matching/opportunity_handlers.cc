#include "services/matching/opportunity_handlers.h"

#include <memory>
#include <optional>
#include <utility>

#include "base/ids.h"
#include "base/limits.h"
#include "base/resource_names.h"
#include "services/matching/opportunity_filter.h"
#include "services/matching/opportunity_states.h"
#include "services/matching/opportunity_validate.h"
#include "services/matching/referrals/live_referrals.h"
#include "services/places/resolve.h"
#include "services/rpc/field_mask.h"
#include "services/rpc/lists.h"
#include "services/rpc/moments.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"
#include "storage/keys.h"

namespace brokerage::matching {

using rpc::Call;
using v1::Opportunity;

namespace {

// A stored role as `acting` reads it at `now`.
Opportunity Read(const rpc::Acting& acting, const Opportunity& stored, absl::Time now) {
  Opportunity shown = Shown(acting, stored);
  shown.set_state(EffectiveState(stored, now));
  return shown;
}

absl::Status CheckStep(const OpportunityTransition& row, const Opportunity& stored, absl::Time now) {
  return rpc::CheckTransition(row, EffectiveState(stored, now), stored);
}

}  // namespace

OpportunityHandlers::OpportunityHandlers(const Context& context)
    : context_(context), records_(context.store, context.mutations, storage::kOpportunities) {}

grpc::Status OpportunityHandlers::CreateOpportunity(grpc::ServerContext* context,
                                                    const v1::CreateOpportunityRequest* request,
                                                    Opportunity* answer) {
  const auto places = context_.places.Get();
  Record record;
  Opportunity& opportunity = *record.mutable_opportunity();
  const auto check = [&](const Call& call, base::Violations& violations) {
    rpc::CheckParent(request->parent(), false, violations);
    if (!request->has_opportunity()) return;
    opportunity = request->opportunity();
    rpc::ClearOutputOnly(opportunity);
    opportunity.clear_name();
    opportunity.clear_etag();
    opportunity.set_state(Opportunity::STATE_DRAFT);
    CheckOpportunity({context_.tables, *places, call.now()}, "opportunity.", nullptr, opportunity,
                     violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    if (auto known = CheckCentre(context_, call, acting->centre); !known.ok()) return known;
    const std::string name =
        base::OpportunityName{{base::CentreName::Parse(acting->centre)->centre, base::MintId()}}.Format();
    if (!request->validate_only()) opportunity.set_name(name);
    *opportunity.mutable_create_time() = rpc::ToTimestamp(call.now());
    *opportunity.mutable_update_time() = opportunity.create_time();
    auto created = CreateRecord({context_, call, *request, request->validate_only()}, records_, name, record);
    if (!created.ok()) return created.status();
    *answer = Written(call, *std::move(created));
    return absl::OkStatus();
  });
}

grpc::Status OpportunityHandlers::GetOpportunity(grpc::ServerContext* context,
                                                 const v1::GetOpportunityRequest* request,
                                                 Opportunity* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::OpportunityName>(request->name(), "name", violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const rpc::Acting acting = rpc::Policy::ActAs(call.caller());
    const auto stored = ReadSeen(records_, request->name(), acting);
    if (!stored.ok()) return stored.status();
    *answer = Read(acting, stored->message.opportunity(), call.now());
    answer->set_etag(rpc::FormatEtag(records_.epoch(), stored->sequence));
    return absl::OkStatus();
  });
}

grpc::Status OpportunityHandlers::UpdateOpportunity(grpc::ServerContext* context,
                                                    const v1::UpdateOpportunityRequest* request,
                                                    Opportunity* answer) {
  const Opportunity& incoming = request->opportunity();
  return context_.runner.Run(
      *context, *request, [&](const Call& call, base::Violations request_faults) -> absl::Status {
        rpc::CheckField(incoming, "etag", "opportunity.etag", request_faults);
        if (request->has_opportunity()) {
          rpc::RequireName<base::OpportunityName>(incoming.name(), "opportunity.name", request_faults);
        }
        rpc::CheckMask(request->update_mask(), incoming, request_faults);
        if (!base::OpportunityName::Parse(incoming.name())) return request_faults.ToStatus();
        const bool faulty = !request_faults.empty();
        const auto places = context_.places.Get();
        const auto edit = [&](Record& record) -> absl::Status {
          const Opportunity before = record.opportunity();
          Opportunity& opportunity = *record.mutable_opportunity();
          const auto& row = rpc::RowOf(OpportunityTransitions(), call.method().name);
          if (auto allowed = CheckStep(row, before, call.now()); !faulty && !allowed.ok()) return allowed;
          if (opportunity.has_place()) places::ForgetResolution(*opportunity.mutable_place());
          base::Violations violations = request_faults;
          rpc::ApplyUpdate(request->update_mask(), incoming, opportunity);
          CheckOpportunity({context_.tables, *places, call.now()}, "opportunity.", &before, opportunity,
                           violations);
          if (!violations.empty()) return violations.ToStatus();
          *opportunity.mutable_update_time() = rpc::ToTimestamp(call.now());
          const bool moved = opportunity.organisation() != before.organisation();
          return moved && IsHandedIn(before.state()) ? CheckOrganisation(opportunity) : absl::OkStatus();
        };
        const auto consequences = [&](const Record& before, Record& after) {
          return WithdrawUnshared(context_.store, call, before, after);
        };
        auto changed = ChangeRecord<Record>(
            {context_, call, *request, request->validate_only() || faulty}, records_, incoming.name(),
            faulty ? absl::string_view() : incoming.etag(), edit, consequences);
        if (!changed.ok()) return rpc::WithRequestFaults(changed.status(), request_faults);
        *answer = Written(call, *std::move(changed));
        return absl::OkStatus();
      });
}

grpc::Status OpportunityHandlers::ListOpportunities(grpc::ServerContext* context,
                                                    const v1::ListOpportunitiesRequest* request,
                                                    v1::ListOpportunitiesResponse* answer) {
  std::optional<rpc::Filter<Opportunity>> filter;
  rpc::ListOrder order;
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckParent(request->parent(), true, violations);
    filter.emplace(request->filter(), OpportunityFilterFields(), violations);
    order = rpc::ParseOrder(request->order_by(), violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    const uint64_t epoch = records_.epoch();
    const auto show = [&](const storage::Stored<Record>& stored) -> std::optional<Opportunity> {
      const Opportunity& opportunity = stored.message.opportunity();
      if (!Sees(*acting, opportunity)) return std::nullopt;
      if (opportunity.state() == Opportunity::STATE_DELETED && !request->show_deleted()) return std::nullopt;
      Opportunity shown = Read(*acting, opportunity, call.now());
      if (!filter->Matches(shown)) return std::nullopt;
      shown.set_etag(rpc::FormatEtag(epoch, stored.sequence));
      return shown;
    };
    auto page = rpc::AnswerPage<Opportunity, Record>(call, context_.tokens, *request, order, records_.table(),
                                                     rpc::AmongOneCentre(*filter), show);
    if (!page.ok()) return page.status();
    for (Opportunity& opportunity : page->items) *answer->add_opportunities() = std::move(opportunity);
    answer->set_next_page_token(page->next_cursor);
    return absl::OkStatus();
  });
}

Opportunity OpportunityHandlers::Written(const Call& call, rpc::Outcome<Record> outcome) {
  Opportunity opportunity = std::move(*outcome.stored.message.mutable_opportunity());
  opportunity.set_state(EffectiveState(opportunity, call.now()));
  rpc::SetRevision(outcome, rpc::Origin::kMatching, opportunity);
  return opportunity;
}

template <typename Request>
grpc::Status OpportunityHandlers::Step(const grpc::ServerContext& context, const Request& request,
                                       Opportunity& answer, const Also& also, v1::Referral::Reason ends) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::OpportunityName>(request.name(), "name", violations);
  };
  return context_.runner.Run(context, request, check, [&](const Call& call) -> absl::Status {
    const OpportunityTransition& row = rpc::RowOf(OpportunityTransitions(), call.method().name);
    const auto edit = [&](Record& record) -> absl::Status {
      Opportunity& opportunity = *record.mutable_opportunity();
      if (auto allowed = CheckStep(row, opportunity, call.now()); !allowed.ok()) return allowed;
      if (also) {
        if (auto done = also(call, record); !done.ok()) return done;
      }
      if (row.to) opportunity.set_state(*row.to);
      *opportunity.mutable_update_time() = rpc::ToTimestamp(call.now());
      return absl::OkStatus();
    };
    const auto consequences = [&](const Record&, Record& after) -> absl::StatusOr<rpc::Beside> {
      if (ends == v1::Referral::REASON_UNSPECIFIED) return rpc::Beside();
      return EndReferralsOf(context_.store, call, ends, after);
    };
    auto changed = ChangeRecord<Record>({context_, call, request}, records_, request.name(), request.etag(),
                                        edit, consequences);
    if (!changed.ok()) return changed.status();
    answer = Written(call, *std::move(changed));
    return absl::OkStatus();
  });
}

absl::Status OpportunityHandlers::CheckOrganisation(const Opportunity& opportunity) const {
  const std::string& name = opportunity.organisation();
  if (context_.organisations.StandingOf(name) == matcher::OrganisationStanding::kActive) {
    return absl::OkStatus();
  }
  return context_.organisations.EverSeen() ? base::OrganisationNotActive(name) : base::RegistryNeverSeen();
}

void OpportunityHandlers::Confirm(const Call& call, Opportunity& opportunity) const {
  *opportunity.mutable_confirm_time() = rpc::ToTimestamp(call.now());
  *opportunity.mutable_expire_time() = rpc::ToTimestamp(call.now() + context_.freshness_period);
}

grpc::Status OpportunityHandlers::SubmitOpportunity(grpc::ServerContext* context,
                                                    const v1::SubmitOpportunityRequest* request,
                                                    Opportunity* answer) {
  return Step(*context, *request, *answer, [&](const Call&, Record& record) {
    record.mutable_opportunity()->clear_reject_reason();
    return CheckOrganisation(record.opportunity());
  });
}

grpc::Status OpportunityHandlers::ApproveOpportunity(grpc::ServerContext* context,
                                                     const v1::ApproveOpportunityRequest* request,
                                                     Opportunity* answer) {
  return Step(*context, *request, *answer, [&](const Call& call, Record& record) {
    Confirm(call, *record.mutable_opportunity());
    return CheckOrganisation(record.opportunity());
  });
}

grpc::Status OpportunityHandlers::RejectOpportunity(grpc::ServerContext* context,
                                                    const v1::RejectOpportunityRequest* request,
                                                    Opportunity* answer) {
  return Step(*context, *request, *answer, [&](const Call&, Record& record) {
    record.mutable_opportunity()->set_reject_reason(request->reason());
    return absl::OkStatus();
  });
}

grpc::Status OpportunityHandlers::PauseOpportunity(grpc::ServerContext* context,
                                                   const v1::PauseOpportunityRequest* request,
                                                   Opportunity* answer) {
  return Step(*context, *request, *answer);
}

grpc::Status OpportunityHandlers::ResumeOpportunity(grpc::ServerContext* context,
                                                    const v1::ResumeOpportunityRequest* request,
                                                    Opportunity* answer) {
  return Step(*context, *request, *answer);
}

grpc::Status OpportunityHandlers::CloseOpportunity(grpc::ServerContext* context,
                                                   const v1::CloseOpportunityRequest* request,
                                                   Opportunity* answer) {
  return Step(*context, *request, *answer, nullptr, v1::Referral::REASON_OPPORTUNITY_CLOSED);
}

grpc::Status OpportunityHandlers::ConfirmOpportunity(grpc::ServerContext* context,
                                                     const v1::ConfirmOpportunityRequest* request,
                                                     Opportunity* answer) {
  return Step(*context, *request, *answer, [&](const Call& call, Record& record) {
    Confirm(call, *record.mutable_opportunity());
    return absl::OkStatus();
  });
}

grpc::Status OpportunityHandlers::DeleteOpportunity(grpc::ServerContext* context,
                                                    const v1::DeleteOpportunityRequest* request,
                                                    Opportunity* answer) {
  const auto mark = [&](const Call& call, Record& record) {
    record.set_state_before_delete(record.opportunity().state());
    *record.mutable_opportunity()->mutable_delete_time() = rpc::ToTimestamp(call.now());
    return absl::OkStatus();
  };
  return Step(*context, *request, *answer, mark, v1::Referral::REASON_OPPORTUNITY_DELETED);
}

grpc::Status OpportunityHandlers::UndeleteOpportunity(grpc::ServerContext* context,
                                                      const v1::UndeleteOpportunityRequest* request,
                                                      Opportunity* answer) {
  return Step(*context, *request, *answer, [&](const Call& call, Record& record) -> absl::Status {
    Opportunity& opportunity = *record.mutable_opportunity();
    if (call.now() - rpc::ToTime(opportunity.delete_time()) > base::kUndeletePeriod) {
      return base::UndeletePeriodOver(request->name());
    }
    opportunity.set_state(record.state_before_delete());
    record.clear_state_before_delete();
    opportunity.clear_delete_time();
    return absl::OkStatus();
  });
}

}  // namespace brokerage::matching

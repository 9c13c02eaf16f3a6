#include "services/matching/volunteer_handlers.h"

#include <memory>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "base/resource_names.h"
#include "services/matching/duplicates.h"
#include "services/matching/referrals/live_referrals.h"
#include "services/matching/volunteer_filter.h"
#include "services/matching/volunteer_states.h"
#include "services/matching/volunteer_validate.h"
#include "services/places/resolve.h"
#include "services/rpc/field_mask.h"
#include "services/rpc/lists.h"
#include "services/rpc/moments.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"
#include "storage/keys.h"

namespace brokerage::matching {

using rpc::Call;
using v1::Volunteer;

VolunteerHandlers::VolunteerHandlers(const Context& context)
    : context_(context), records_(context.store, context.mutations, storage::kVolunteers) {}

grpc::Status VolunteerHandlers::CreateVolunteer(grpc::ServerContext* context,
                                                const v1::CreateVolunteerRequest* request,
                                                Volunteer* answer) {
  const auto places = context_.places.Get();
  Record record;
  Volunteer& volunteer = *record.mutable_volunteer();
  const auto check = [&](const Call& call, base::Violations& violations) {
    rpc::CheckParent(request->parent(), false, violations);
    if (!request->has_volunteer()) return;
    volunteer = request->volunteer();
    rpc::ClearOutputOnly(volunteer);
    volunteer.clear_name();
    volunteer.clear_etag();
    volunteer.set_state(Volunteer::STATE_ENQUIRY);
    CheckVolunteer({context_.tables, *places, call.now()}, "volunteer.", nullptr, volunteer, violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    if (auto known = CheckCentre(context_, call, acting->centre); !known.ok()) return known;
    const std::string name =
        base::VolunteerName{{base::CentreName::Parse(acting->centre)->centre, base::MintId()}}.Format();
    if (!request->validate_only()) volunteer.set_name(name);
    *volunteer.mutable_create_time() = rpc::ToTimestamp(call.now());
    *volunteer.mutable_update_time() = volunteer.create_time();
    auto created = CreateRecord({context_, call, *request, request->validate_only()}, records_, name, record);
    if (!created.ok()) return created.status();
    *answer = Written(*std::move(created));
    auto others = context_.duplicates.Find(acting->centre, *answer, answer->name());
    if (!others.ok()) return others.status();
    for (auto& other : *others) answer->add_possible_duplicates(std::move(other));
    return absl::OkStatus();
  });
}

grpc::Status VolunteerHandlers::GetVolunteer(grpc::ServerContext* context,
                                             const v1::GetVolunteerRequest* request, Volunteer* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::VolunteerName>(request->name(), "name", violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const rpc::Acting acting = rpc::Policy::ActAs(call.caller());
    auto stored = ReadSeen(records_, request->name(), acting);
    if (!stored.ok()) return stored.status();
    *answer = Shown(acting, stored->message.volunteer(), *context_.places.Get(), context_.tables.districts);
    answer->set_etag(rpc::FormatEtag(records_.epoch(), stored->sequence));
    return absl::OkStatus();
  });
}

grpc::Status VolunteerHandlers::UpdateVolunteer(grpc::ServerContext* context,
                                                const v1::UpdateVolunteerRequest* request,
                                                Volunteer* answer) {
  const Volunteer& incoming = request->volunteer();
  return context_.runner.Run(
      *context, *request, [&](const Call& call, base::Violations request_faults) -> absl::Status {
        rpc::CheckField(incoming, "etag", "volunteer.etag", request_faults);
        if (request->has_volunteer()) {
          rpc::RequireName<base::VolunteerName>(incoming.name(), "volunteer.name", request_faults);
        }
        rpc::CheckMask(request->update_mask(), incoming, request_faults);
        if (!base::VolunteerName::Parse(incoming.name())) return request_faults.ToStatus();
        const auto places = context_.places.Get();
        const auto edit = [&](Record& record) -> absl::Status {
          const Volunteer before = record.volunteer();
          Volunteer& volunteer = *record.mutable_volunteer();
          if (volunteer.has_home()) places::ForgetResolution(*volunteer.mutable_home());
          base::Violations violations = request_faults;
          rpc::ApplyUpdate(request->update_mask(), incoming, volunteer);
          CheckVolunteer({context_.tables, *places, call.now()}, "volunteer.", &before, volunteer,
                         violations);
          *volunteer.mutable_update_time() = rpc::ToTimestamp(call.now());
          return violations.ToStatus();
        };
        const bool faulty = !request_faults.empty();
        const auto consequences = [&](const Record& before, Record& after) {
          return WithdrawUnshared(context_.store, call, before, after);
        };
        auto changed = ChangeRecord<Record>(
            {context_, call, *request, request->validate_only() || faulty}, records_, incoming.name(),
            faulty ? absl::string_view() : incoming.etag(), edit, consequences);
        if (!changed.ok()) return rpc::WithRequestFaults(changed.status(), request_faults);
        *answer = Written(*std::move(changed));
        return absl::OkStatus();
      });
}

grpc::Status VolunteerHandlers::ListVolunteers(grpc::ServerContext* context,
                                               const v1::ListVolunteersRequest* request,
                                               v1::ListVolunteersResponse* answer) {
  std::optional<rpc::Filter<Volunteer>> filter;
  rpc::ListOrder order;
  const auto check = [&](const Call& call, base::Violations& violations) {
    rpc::CheckParent(request->parent(), true, violations);
    filter.emplace(request->filter(), VolunteerFilterFields(base::LondonDate(call.now())), violations);
    order = rpc::ParseOrder(request->order_by(), violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    const auto places = context_.places.Get();
    const uint64_t epoch = records_.epoch();
    const auto show = [&](const storage::Stored<Record>& stored) -> std::optional<Volunteer> {
      if (!Sees(*acting, stored.message.volunteer())) return std::nullopt;
      Volunteer shown = Shown(*acting, stored.message.volunteer(), *places, context_.tables.districts);
      if (!filter->Matches(shown)) return std::nullopt;
      shown.set_etag(rpc::FormatEtag(epoch, stored.sequence));
      return shown;
    };
    auto among = AmongVolunteers(*filter, context_.volunteer_book, base::LondonDate(call.now()));
    if (!among.ok()) return among.status();
    auto page = rpc::AnswerPage<Volunteer, Record>(call, context_.tokens, *request, order, records_.table(),
                                                   *std::move(among), show);
    if (!page.ok()) return page.status();
    for (Volunteer& volunteer : page->items) *answer->add_volunteers() = std::move(volunteer);
    answer->set_next_page_token(page->next_cursor);
    return absl::OkStatus();
  });
}

template <typename Request>
grpc::Status VolunteerHandlers::Step(const grpc::ServerContext& context, const Request& request,
                                     Volunteer& answer, const rpc::Check& check,
                                     const std::function<void(Volunteer&)>& also) {
  return context_.runner.Run(
      context, request, [&](const Call& call, base::Violations faults) -> absl::Status {
        rpc::CheckName<base::VolunteerName>(request.name(), "name", faults);
        if (!faults.empty()) {
          if (check) check(call, faults);
          return faults.ToStatus();
        }
        const VolunteerTransition& row = rpc::RowOf(VolunteerTransitions(), call.method().name);
        const auto edit = [&](Record& record) -> absl::Status {
          base::Violations of_the_moment;
          if (check) check(call, of_the_moment);
          if (!of_the_moment.empty()) return of_the_moment.ToStatus();
          Volunteer& volunteer = *record.mutable_volunteer();
          auto allowed = rpc::CheckTransition(row, volunteer.state(), volunteer);
          if (!allowed.ok()) return allowed;
          volunteer.set_state(*row.to);
          volunteer.clear_break_until_date();
          if (also) also(volunteer);
          *volunteer.mutable_update_time() = rpc::ToTimestamp(call.now());
          return absl::OkStatus();
        };
        const auto consequences = [&](const Record&, Record& after) -> absl::StatusOr<rpc::Beside> {
          if (after.volunteer().state() != Volunteer::STATE_LEFT) return rpc::Beside();
          return EndReferralsOf(context_.store, call, after);
        };
        auto changed = ChangeRecord<Record>({context_, call, request}, records_, request.name(),
                                            request.etag(), edit, consequences);
        if (!changed.ok()) return changed.status();
        answer = Written(*std::move(changed));
        return absl::OkStatus();
      });
}

grpc::Status VolunteerHandlers::RegisterVolunteer(grpc::ServerContext* context,
                                                  const v1::RegisterVolunteerRequest* request,
                                                  Volunteer* answer) {
  return Step(*context, *request, *answer);
}

grpc::Status VolunteerHandlers::ActivateVolunteer(grpc::ServerContext* context,
                                                  const v1::ActivateVolunteerRequest* request,
                                                  Volunteer* answer) {
  return Step(*context, *request, *answer);
}

grpc::Status VolunteerHandlers::PauseVolunteer(grpc::ServerContext* context,
                                               const v1::PauseVolunteerRequest* request, Volunteer* answer) {
  const auto check = [&](const Call& call, base::Violations& violations) {
    if (!request->has_until_date() || !rpc::DateExists(request->until_date())) return;
    if (rpc::ToDay(request->until_date()) < base::LondonDate(call.now())) {
      violations.Add("until_date", "must be today or later");
    }
  };
  return Step(*context, *request, *answer, check, [&](Volunteer& volunteer) {
    if (request->has_until_date()) *volunteer.mutable_break_until_date() = request->until_date();
  });
}

grpc::Status VolunteerHandlers::ResumeVolunteer(grpc::ServerContext* context,
                                                const v1::ResumeVolunteerRequest* request,
                                                Volunteer* answer) {
  return Step(*context, *request, *answer);
}

grpc::Status VolunteerHandlers::MarkVolunteerLeft(grpc::ServerContext* context,
                                                  const v1::MarkVolunteerLeftRequest* request,
                                                  Volunteer* answer) {
  return Step(*context, *request, *answer);
}

Volunteer VolunteerHandlers::Written(rpc::Outcome<Record> outcome) {
  Volunteer volunteer = std::move(*outcome.stored.message.mutable_volunteer());
  rpc::SetRevision(outcome, rpc::Origin::kMatching, volunteer);
  return volunteer;
}

}  // namespace brokerage::matching

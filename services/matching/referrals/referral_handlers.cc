#include "services/matching/referrals/referral_handlers.h"

#include <functional>
#include <optional>
#include <utility>

#include "base/errors.h"
#include "base/ids.h"
#include "base/resource_names.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/match_basis.h"
#include "services/matching/records.h"
#include "services/matching/referrals/referral_filter.h"
#include "services/matching/referrals/referral_stages.h"
#include "services/matching/referrals/referral_view.h"
#include "services/rpc/lists.h"
#include "services/rpc/moments.h"
#include "services/rpc/requests.h"
#include "storage/keys.h"

namespace brokerage::matching {

using rpc::Call;
using storage::v1::VolunteerRecord;
using v1::Referral;

namespace {

absl::Status CheckSide(const ReferralStep& step, const ReferralSides& sides) {
  if (step.by == ActingSide::kVolunteers && !sides.volunteers) {
    return base::PermissionDenied("This step is for the volunteer's centre.");
  }
  if (step.by == ActingSide::kRoles && !sides.roles) {
    return base::PermissionDenied("This step is for the role's centre.");
  }
  return absl::OkStatus();
}

template <typename Request>
StepWords NoteOf(const Request& request) {
  StepWords words;
  words.note = request.note();
  return words;
}

}  // namespace

ReferralHandlers::ReferralHandlers(const Context& context, const Shortlisting& shortlisting,
                                   const WeightSets& weight_sets, const Freshness& freshness)
    : context_(context),
      shortlisting_(shortlisting),
      weight_sets_(weight_sets),
      freshness_(freshness),
      records_(context.store, context.mutations, storage::kReferrals) {}

grpc::Status ReferralHandlers::ShortlistVolunteer(grpc::ServerContext* context,
                                                  const v1::ShortlistVolunteerRequest* request,
                                                  Referral* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckParent(request->parent(), false, violations);
    rpc::CheckName<base::VolunteerName>(request->volunteer(), "volunteer", violations);
    rpc::CheckName<base::OpportunityName>(request->opportunity(), "opportunity", violations);
    CheckBasis(*request, violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    const auto weights = weight_sets_.Find(request->weight_set());
    if (!weights.ok()) return weights.status();
    if (auto fresh = freshness_.Await(call, request->at_least_as_fresh()); !fresh.ok()) return fresh;
    const std::string name = base::ReferralName{
        {base::OpportunityName::Parse(request->opportunity())->centre,
         base::MintId()}}.Format();
    auto made = Commit(call, *request, [&](rpc::WorkingSet& records) -> absl::StatusOr<std::string> {
      Referral referral;
      referral.set_name(name);
      referral.set_volunteer(request->volunteer());
      referral.set_opportunity(request->opportunity());
      *referral.mutable_create_time() = rpc::ToTimestamp(call.now());
      auto chosen = shortlisting_.Choose(call, *acting, *weights, referral, records);
      if (!chosen.ok()) return chosen;
      const auto& step = ReferralStepOf(call.method().name);
      auto taken = TakeStep(context_, call, step, NoteOf(*request), referral, records);
      if (!taken.ok()) return taken;
      const auto record = records.Edit<Record>(storage::kReferrals, name);
      if (!record.ok()) return record.status();
      *(*record)->mutable_referral() = std::move(referral);
      return name;
    });
    if (!made.ok()) return made.status();
    return Fill(call, *std::move(made), *answer);
  });
}

template <typename Request>
grpc::Status ReferralHandlers::Step(const grpc::ServerContext& context, const Request& request,
                                    Referral& answer, const StepWords& words, const rpc::Check& check) {
  const auto check_all = [&](const Call& call, base::Violations& violations) {
    rpc::CheckName<base::ReferralName>(request.name(), "name", violations);
    if (check) check(call, violations);
  };
  return context_.runner.Run(context, request, check_all, [&](const Call& call) -> absl::Status {
    const ReferralStep& step = ReferralStepOf(call.method().name);
    auto taken = Commit(call, request, [&](rpc::WorkingSet& records) -> absl::StatusOr<std::string> {
      auto done = Take(call, step, request.name(), request.etag(), words, records);
      if (!done.ok()) return done;
      return request.name();
    });
    if (!taken.ok()) return taken.status();
    return Fill(call, *std::move(taken), answer);
  });
}

absl::Status ReferralHandlers::Take(const Call& call, const ReferralStep& step, const std::string& name,
                                    const std::string& etag, const StepWords& words,
                                    rpc::WorkingSet& records) const {
  const auto found = records.Find<Record>(storage::kReferrals, name);
  if (!found.ok()) return found.status();
  if (*found == nullptr) return base::NotFound(name);
  const ReferralSides sides = SidesOf(rpc::Policy::ActAs(call.caller()), (*found)->referral());
  if (!sides.any()) return base::NotFound(name);
  if (auto allowed = CheckSide(step, sides); !allowed.ok()) return allowed;
  const Stored as_stored{name, {}, records.SequenceOf(storage::kReferrals, name)};
  if (auto same = rpc::CheckEtag(etag, records_.epoch(), as_stored); !same.ok()) return same;
  const auto record = records.Edit<Record>(storage::kReferrals, name);
  if (!record.ok()) return record.status();
  return TakeStep(context_, call, step, words, *(*record)->mutable_referral(), records);
}

absl::StatusOr<rpc::Outcome<ReferralHandlers::Record>> ReferralHandlers::Commit(
    const Call& call, const google::protobuf::Message& request,
    const std::function<absl::StatusOr<std::string>(rpc::WorkingSet&)>& plan) const {
  rpc::Outcome<Record> outcome;
  const auto draft = [&]() -> absl::StatusOr<rpc::Draft> {
    rpc::WorkingSet records(context_.store);
    auto name = plan(records);
    if (!name.ok()) return name.status();
    const auto record = records.Find<Record>(storage::kReferrals, *name);
    if (!record.ok()) return record.status();
    outcome.stored.message = **record;
    return records.ToDraft(*std::move(name));
  };
  const auto written = context_.mutations.Apply(call, request, draft);
  if (!written.ok()) return written.status();
  outcome.revision = written->revision;
  outcome.replayed = written->replayed;
  outcome.stored.name = written->resource;
  outcome.stored.sequence = written->revision.sequence;
  if (outcome.replayed) {
    auto now = records_.Get(written->resource);
    if (!now.ok()) return now.status();
    outcome.stored = *std::move(now);
  }
  return Indexed<Record>({context_, call, request}, std::move(outcome));
}

absl::Status ReferralHandlers::Fill(const Call& call, rpc::Outcome<Record> outcome, Referral& answer) const {
  answer = std::move(*outcome.stored.message.mutable_referral());
  rpc::SetRevision(outcome, rpc::Origin::kMatching, answer);
  return FillNames(context_.store, rpc::Policy::ActAs(call.caller()), answer);
}

grpc::Status ReferralHandlers::OfferReferral(grpc::ServerContext* context,
                                             const v1::OfferReferralRequest* request, Referral* answer) {
  return Step(*context, *request, *answer, NoteOf(*request));
}

grpc::Status ReferralHandlers::RecordConsent(grpc::ServerContext* context,
                                             const v1::RecordConsentRequest* request, Referral* answer) {
  StepWords words = NoteOf(*request);
  const auto check = [&](const Call& call, base::Violations& violations) {
    if (request->has_given_time() && rpc::ToTime(request->given_time()) > call.now()) {
      violations.Add("given_time", "must not be in the future");
    }
    const auto now = rpc::ToTimestamp(call.now());
    words.consent.set_means(request->means());
    *words.consent.mutable_given_time() = request->has_given_time() ? request->given_time() : now;
    words.consent.set_recorded_by(call.caller().credential);
    *words.consent.mutable_record_time() = now;
  };
  return Step(*context, *request, *answer, words, check);
}

grpc::Status ReferralHandlers::IntroduceVolunteer(grpc::ServerContext* context,
                                                  const v1::IntroduceVolunteerRequest* request,
                                                  Referral* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::ReferralName>(request->name(), "name", violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const ReferralStep& step = ReferralStepOf(call.method().name);
    v1::Contact contact;
    StepWords words = NoteOf(*request);
    auto taken = Commit(call, *request, [&](rpc::WorkingSet& records) -> absl::StatusOr<std::string> {
      const auto before = records.Find<Record>(storage::kReferrals, request->name());
      if (!before.ok()) return before.status();
      const rpc::Acting acting = rpc::Policy::ActAs(call.caller());
      words.answers_contact = *before != nullptr && SidesOf(acting, (*before)->referral()).roles;
      auto done = Take(call, step, request->name(), request->etag(), words, records);
      if (!done.ok()) return done;
      const auto volunteer =
          records.Find<VolunteerRecord>(storage::kVolunteers, (*before)->referral().volunteer());
      if (!volunteer.ok()) return volunteer.status();
      contact.Clear();
      if (*volunteer != nullptr) contact = (*volunteer)->volunteer().contact();
      return request->name();
    });
    if (!taken.ok()) return taken.status();
    const bool replayed = taken->replayed;
    if (auto filled = Fill(call, *std::move(taken), *answer); !filled.ok()) return filled;
    if (replayed) return Reveal(call, v1::GetReferralRequest(), *answer);  // again, and kept again
    if (words.answers_contact) *answer->mutable_contact() = std::move(contact);
    return absl::OkStatus();
  });
}

grpc::Status ReferralHandlers::AcknowledgeReferral(grpc::ServerContext* context,
                                                   const v1::AcknowledgeReferralRequest* request,
                                                   Referral* answer) {
  return Step(*context, *request, *answer, NoteOf(*request));
}

grpc::Status ReferralHandlers::PlaceVolunteer(grpc::ServerContext* context,
                                              const v1::PlaceVolunteerRequest* request, Referral* answer) {
  return Step(*context, *request, *answer, NoteOf(*request));
}

grpc::Status ReferralHandlers::EndPlacement(grpc::ServerContext* context,
                                            const v1::EndPlacementRequest* request, Referral* answer) {
  StepWords words = NoteOf(*request);
  words.reason = request->reason();
  const auto check = [&](const Call&, base::Violations& violations) {
    const bool stated = request->reason() != Referral::REASON_UNSPECIFIED;
    if (stated && !EndsPlacement(request->reason())) {
      violations.Add("reason", "is none for which a placement is ended");
    }
  };
  return Step(*context, *request, *answer, words, check);
}

grpc::Status ReferralHandlers::DeclineReferral(grpc::ServerContext* context,
                                               const v1::DeclineReferralRequest* request, Referral* answer) {
  StepWords words = NoteOf(*request);
  words.reason = request->reason();
  words.declined_by = request->declined_by();
  const auto check = [&](const Call&, base::Violations& violations) {
    const bool stated = request->reason() != Referral::REASON_UNSPECIFIED;
    if (stated && !StageOfDecline(request->reason())) {
      violations.Add("reason", "is none for which a referral is declined");
    }
  };
  return Step(*context, *request, *answer, words, check);
}

grpc::Status ReferralHandlers::AddNote(grpc::ServerContext* context, const v1::AddNoteRequest* request,
                                       Referral* answer) {
  return Step(*context, *request, *answer, NoteOf(*request));
}

absl::StatusOr<ReferralHandlers::Stored> ReferralHandlers::ReadSeen(const rpc::Acting& acting,
                                                                    const std::string& name) const {
  auto stored = records_.Get(name);
  if (stored.ok() && !SidesOf(acting, stored->message.referral()).any()) return base::NotFound(name);
  return stored;
}

absl::Status ReferralHandlers::Reveal(const Call& call, const google::protobuf::Message& request,
                                      Referral& answer) const {
  if (!MaySeeContact(call.caller(), answer)) return absl::OkStatus();
  const std::string name = answer.name();
  v1::Contact contact;
  const auto written = context_.mutations.Apply(call, request, [&]() -> absl::StatusOr<rpc::Draft> {
    rpc::WorkingSet records(context_.store);
    const auto record = records.Find<Record>(storage::kReferrals, name);
    if (!record.ok()) return record.status();
    // It has moved on since it was read: what it says of contact may be another thing now.
    if (*record == nullptr || !MaySeeContact(call.caller(), (*record)->referral())) {
      return base::ConcurrentChange(name);
    }
    const auto volunteer = records.Find<VolunteerRecord>(storage::kVolunteers, answer.volunteer());
    if (!volunteer.ok()) return volunteer.status();
    contact.Clear();
    if (*volunteer != nullptr) contact = (*volunteer)->volunteer().contact();
    if (auto kept = KeepAccess(call, answer, records); !kept.ok()) return kept;
    return records.ToDraft(name);
  });
  if (!written.ok()) return written.status();
  *answer.mutable_contact() = std::move(contact);
  return absl::OkStatus();
}

grpc::Status ReferralHandlers::GetReferral(grpc::ServerContext* context,
                                           const v1::GetReferralRequest* request, Referral* answer) {
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckName<base::ReferralName>(request->name(), "name", violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const rpc::Acting acting = rpc::Policy::ActAs(call.caller());
    auto stored = ReadSeen(acting, request->name());
    if (!stored.ok()) return stored.status();
    *answer = std::move(*stored->message.mutable_referral());
    answer->set_etag(rpc::FormatEtag(records_.epoch(), stored->sequence));
    if (auto filled = FillNames(context_.store, acting, *answer); !filled.ok()) return filled;
    return Reveal(call, *request, *answer);
  });
}

grpc::Status ReferralHandlers::ListReferrals(grpc::ServerContext* context,
                                             const v1::ListReferralsRequest* request,
                                             v1::ListReferralsResponse* answer) {
  std::optional<rpc::Filter<Referral>> filter;
  rpc::ListOrder order;
  const auto check = [&](const Call&, base::Violations& violations) {
    rpc::CheckParent(request->parent(), true, violations);
    filter.emplace(request->filter(), ReferralFilterFields(), violations);
    order = rpc::ParseOrder(request->order_by(), violations);
  };
  return context_.runner.Run(*context, *request, check, [&](const Call& call) -> absl::Status {
    const auto acting = rpc::Policy::ActFor(call.caller(), request->parent());
    if (!acting.ok()) return acting.status();
    const uint64_t epoch = records_.epoch();
    const auto show = [&](const Stored& stored) -> std::optional<Referral> {
      const Referral& referral = stored.message.referral();
      if (!SidesOf(*acting, referral).any() || !filter->Matches(referral)) return std::nullopt;
      Referral shown = referral;
      shown.set_etag(rpc::FormatEtag(epoch, stored.sequence));
      return shown;
    };
    auto among = AmongReferrals(*filter, *acting, context_.referral_book);
    if (!among.ok()) return among.status();
    auto page = rpc::AnswerPage<Referral, Record>(call, context_.tokens, *request, order, records_.table(),
                                                  *std::move(among), show);
    if (!page.ok()) return page.status();
    for (Referral& referral : page->items) {
      if (auto filled = FillNames(context_.store, *acting, referral); !filled.ok()) return filled;
      *answer->add_referrals() = std::move(referral);
    }
    answer->set_next_page_token(page->next_cursor);
    return absl::OkStatus();
  });
}

}  // namespace brokerage::matching

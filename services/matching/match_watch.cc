#include "services/matching/match_watch.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/resource_names.h"
#include "services/matching/convert/times.h"
#include "services/matching/match_basis.h"
#include "services/matching/match_messages.h"
#include "services/matching/visibility.h"
#include "services/rpc/mutations.h"
#include "services/rpc/requests.h"
#include "services/rpc/stream_pulse.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

using SteadyClock = std::chrono::steady_clock;

// What one look finds.
struct Told {
  bool role_there = false;  // and seen by the caller
  bool role_closed = false;
  std::vector<v1::Match> matches;  // best first
  bool more = false;
};

// Whoever has seen a list knows it by this: all that decides what it says, and what it said.
std::string DigestOf(const v1::WatchMatchesRequest& request, const Told& told) {
  base::Sha256Stream digest;
  v1::WatchMatchesRequest question = request;
  question.clear_resume_revision();
  question.clear_at_least_as_fresh();
  const auto add = [&](const std::string& bytes) {
    digest.Update(absl::StrCat(bytes.size(), ":"));
    digest.Update(bytes);
  };
  add(question.SerializeAsString());
  for (const v1::Match& match : told.matches) add(match.SerializeAsString());
  add(told.more ? "more" : "all");
  return base::HexEncode(digest.Finish());
}

// A revision to resume from: the epoch, and the digest of what was told then.
std::string FormatRevision(uint64_t epoch, const std::string& digest) {
  return absl::WebSafeBase64Escape(absl::StrCat(absl::Hex(epoch), ".", digest));
}

}  // namespace

// One stream.
class MatchWatch::Follower {
 public:
  Follower(const MatchWatch& watch, const rpc::Acting& acting, const WeightSets::Found& weights,
           const v1::WatchMatchesRequest& request, rpc::Streams::Stream& stream, Writer& writer)
      : watch_(watch),
        acting_(acting),
        weights_(weights),
        request_(request),
        stream_(stream),
        writer_(writer) {}

  absl::Status Follow(const rpc::Call& call) {
    rpc::StreamPulse pulse(call, stream_, watch_.parts_.credentials, watch_.parts_.context.clock,
                           watch_.heartbeat_period_);
    while (true) {
      if (auto why = pulse.MayGoOn(); !why.ok()) return why;
      const auto goes_on = LookAgain(pulse);
      if (!goes_on.ok()) return goes_on.status();
      if (!*goes_on) return absl::OkStatus();
      Wait(pulse.Patience());
    }
  }

 private:
  // Tells what is new, or gives a sign of life when one is due. False after the last event.
  absl::StatusOr<bool> LookAgain(rpc::StreamPulse& pulse) {
    if (const std::optional<Told> now = LookIfChanged()) {
      pulse.Restart();
      return Tell(*now);
    }
    if (!pulse.IsDue()) return true;
    pulse.Restart();
    if (auto said = SayHeartbeat(); !said.ok()) return said;
    return true;
  }

  // What there is to tell; nullopt when nothing can have changed since the last look. The view is let go with
  // it: a reader that lags, and time that passes without news, keep no state of the index in memory.
  std::optional<Told> LookIfChanged() {
    const auto view = watch_.parts_.index.Pin();
    const matcher::Moment as_of = MomentAt(watch_.parts_.context.clock.Now());
    if (view->state() == state_ && as_of.as_of_min == as_of_.as_of_min) return std::nullopt;
    next_look_ = SteadyClock::now() + absl::ToChronoNanoseconds(base::kMatchWatchPause);
    state_ = view->state();
    revision_ = view->revision();
    as_of_ = as_of;
    const auto* role = view->FindOpportunity(request_.opportunity(), ForMatcher(acting_));
    return role == nullptr ? Told() : List(*view, *role);
  }

  // Until the index moves on, but for some time at most, and not at once after the last look: meanwhile
  // changes gather.
  void Wait(absl::Duration patience) const {
    const absl::Duration pause =
        std::clamp(absl::FromChrono(next_look_ - SteadyClock::now()), absl::ZeroDuration(), patience);
    absl::SleepFor(pause);
    watch_.parts_.index.WaitFor({revision_.epoch, revision_.sequence + 1},
                                SteadyClock::now() + absl::ToChronoNanoseconds(patience - pause));
  }

  absl::StatusOr<bool> Tell(const Told& now) {
    const bool first = !std::exchange(begun_, true);
    if (!now.role_there) return first ? base::NotFound(request_.opportunity()) : SayGone();
    digest_ = DigestOf(request_, now);
    if (!first) {
      if (auto said = SayDifference(now); !said.ok()) return said;
    } else if (request_.resume_revision() == Revision()) {
      if (auto said = SayHeartbeat(); !said.ok()) return said;
    } else {
      if (auto said = SaySnapshot(now); !said.ok()) return said;
    }
    told_.clear();
    for (const v1::Match& match : now.matches) told_[match.volunteer()] = match.SerializeAsString();
    told_more_ = now.more;
    return now.role_closed ? SayEnd(v1::MatchesEnd::REASON_CLOSED) : true;
  }

  Told List(const matcher::View& view, const matcher::OpportunityFacts& role) const {
    const matcher::VolunteersFor query{&role, ForPartnersOf(acting_, role.centre),
                                       request_.require_access_support()};
    const auto limit = request_.limit() == 0 ? base::kDefaultPageSize : request_.limit();
    const matcher::MatchList list =
        view.TopK(query, as_of_, weights_.weights, static_cast<std::size_t>(limit), std::nullopt);
    Told told;
    told.role_there = true;
    told.role_closed = role.state == matcher::OpportunityState::kClosed;
    told.more = list.more;
    for (const matcher::Match& match : list.matches) {
      watch_.parts_.queries.FillListedVolunteer(acting_, role, match, told.matches.emplace_back());
    }
    return told;
  }

  absl::Status SaySnapshot(const Told& now) {
    v1::WatchMatchesResponse response;
    auto& snapshot = *response.mutable_snapshot();
    for (const v1::Match& match : now.matches) *snapshot.add_matches() = match;
    snapshot.set_more(now.more);
    return Say(response);
  }

  // A heartbeat where there is none: then the revision is what is new.
  absl::Status SayDifference(const Told& now) {
    v1::WatchMatchesResponse response;
    auto& difference = *response.mutable_difference();
    std::map<std::string, std::string> left = told_;
    for (const v1::Match& match : now.matches) {
      const auto before = left.extract(match.volunteer());
      if (before.empty()) {
        *difference.add_entered() = match;
      } else if (before.mapped() != match.SerializeAsString()) {
        *difference.add_changed() = match;
      }
    }
    for (const auto& [name, match] : left) difference.add_left(name);
    difference.set_more(now.more);
    const bool same = difference.entered().empty() && difference.left().empty() &&
                      difference.changed().empty() && now.more == told_more_;
    return same ? SayHeartbeat() : Say(response);
  }

  absl::Status SayHeartbeat() {
    v1::WatchMatchesResponse response;
    response.mutable_heartbeat();
    return Say(response);
  }

  absl::StatusOr<bool> SayEnd(v1::MatchesEnd::Reason reason) {
    v1::WatchMatchesResponse response;
    response.mutable_end()->set_reason(reason);
    if (auto said = Say(response); !said.ok()) return said;
    return false;
  }

  // The role was no longer there, or not for this caller: only who may see it is told which. It may be back
  // since, and what the index has heard of so far is not the last word.
  absl::StatusOr<bool> SayGone() {
    const auto stored = watch_.opportunities_.Get(request_.opportunity());
    if (!stored.ok()) return rpc::FromStore(stored.status());
    if (!stored->has_value()) return base::NotFound(request_.opportunity());
    const v1::Opportunity& role = (*stored)->message.opportunity();
    if (!Sees(acting_, role)) return base::NotFound(request_.opportunity());
    return role.state() == v1::Opportunity::STATE_DELETED ? SayEnd(v1::MatchesEnd::REASON_DELETED) : true;
  }

  absl::Status Say(v1::WatchMatchesResponse& response) {
    response.set_revision(Revision());
    response.set_index_revision(RevisionToken(revision_));
    *response.mutable_as_of() = AsOf(as_of_);
    response.set_weight_set(weights_.name);
    return stream_.Say(writer_, response);
  }

  std::string Revision() const { return FormatRevision(revision_.epoch, digest_); }

  const MatchWatch& watch_;
  const rpc::Acting& acting_;
  const WeightSets::Found& weights_;
  const v1::WatchMatchesRequest& request_;
  rpc::Streams::Stream& stream_;
  Writer& writer_;

  // Of the last look.
  bool begun_ = false;
  SteadyClock::time_point next_look_;
  std::optional<uint64_t> state_;
  matcher::Revision revision_;
  matcher::Moment as_of_;
  std::string digest_;
  std::map<std::string, std::string> told_;  // matches by volunteer, serialised
  bool told_more_ = false;
};

MatchWatch::MatchWatch(const Parts& parts, absl::Duration heartbeat_period)
    : parts_(parts),
      heartbeat_period_(heartbeat_period),
      opportunities_(parts.context.store, storage::kOpportunities) {}

void MatchWatch::Check(const v1::WatchMatchesRequest& request, base::Violations& violations) const {
  rpc::CheckParent(request.parent(), true, violations);
  rpc::CheckName<base::OpportunityName>(request.opportunity(), "opportunity", violations);
  CheckBasis(request, violations);
}

absl::Status MatchWatch::Serve(const rpc::Call& call, const grpc::ServerContext& context,
                               const v1::WatchMatchesRequest& request, Writer& writer) const {
  const auto acting = rpc::Policy::ActFor(call.caller(), request.parent());
  if (!acting.ok()) return acting.status();
  const auto weights = parts_.weight_sets.Find(request.weight_set());
  if (!weights.ok()) return weights.status();
  const auto stream = parts_.streams.Open(context, call.caller());
  if (!stream.ok()) return stream.status();
  if (auto fresh = parts_.freshness.Await(call, request.at_least_as_fresh()); !fresh.ok()) return fresh;
  return Follower(*this, *acting, *weights, request, **stream, writer).Follow(call);
}

}  // namespace brokerage::matching

#include "services/matching/registry_state.h"

#include "absl/time/clock.h"

#include "base/errors.h"

namespace brokerage::matching {

matcher::OrganisationStanding OrganisationViews::StandingOf(absl::string_view organisation) const {
  const std::lock_guard lock(mutex_);
  const auto found = views_.find(organisation);
  return found == views_.end() ? matcher::OrganisationStanding::kUnknown : found->second.standing;
}

std::string OrganisationViews::DisplayNameOf(absl::string_view organisation) const {
  const std::lock_guard lock(mutex_);
  const auto found = views_.find(organisation);
  return found == views_.end() ? "" : found->second.display_name;
}

bool OrganisationViews::EverSeen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void OrganisationViews::Put(absl::string_view organisation, matcher::OrganisationStanding standing,
                            std::string display_name) {
  const std::lock_guard lock(mutex_);
  views_[organisation] = {standing, std::move(display_name)};
}

void OrganisationViews::Remove(absl::string_view organisation) {
  const std::lock_guard lock(mutex_);
  views_.erase(organisation);
}

void OrganisationViews::SetSeen() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(seen_, true)) return;
  }
  on_seen_();
}

std::size_t OrganisationViews::size() const {
  const std::lock_guard lock(mutex_);
  return views_.size();
}

absl::Status CentreViews::Await(absl::string_view centre, absl::Time deadline) const {
  std::unique_lock lock(mutex_);
  const bool known = changed_.wait_for(lock, absl::ToChronoNanoseconds(deadline - absl::Now()),
                                       [&] { return names_.contains(centre); });
  if (known) return absl::OkStatus();
  return seen_ ? base::NotFound(centre) : base::RegistryNeverSeen();
}

void CentreViews::Put(absl::string_view centre) {
  {
    const std::lock_guard lock(mutex_);
    names_.emplace(centre);
  }
  changed_.notify_all();
}

void CentreViews::Remove(absl::string_view centre) {
  const std::lock_guard lock(mutex_);
  names_.erase(centre);
}

void CentreViews::SetSeen() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(seen_, true)) return;
  }
  on_seen_();
}

bool CentreViews::EverSeen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

WatchState::Status WatchState::Get() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void WatchState::SetConnected(bool connected) {
  const std::lock_guard lock(mutex_);
  status_.connected = connected;
}

void WatchState::SetHeard(absl::Time when) {
  const std::lock_guard lock(mutex_);
  status_.last_heard = when;
}

void WatchState::SetApplied(const rpc::ConsistencyToken& revision) {
  {
    const std::lock_guard lock(mutex_);
    applied_ = revision;
  }
  changed_.notify_all();
  on_applied_();
}

absl::Status WatchState::Await(const rpc::ConsistencyToken& revision, absl::Time deadline) const {
  std::unique_lock lock(mutex_);
  const bool reached = changed_.wait_for(lock, absl::ToChronoNanoseconds(deadline - absl::Now()), [&] {
    return applied_ && applied_->epoch == revision.epoch && applied_->sequence >= revision.sequence;
  });
  if (reached) return absl::OkStatus();
  // Of another epoch even now: a token from before a restore of the registry, which will never be reached.
  const bool other_epoch = applied_ && applied_->epoch != revision.epoch;
  return other_epoch ? base::EpochChanged() : base::NotYetVisible();
}

}  // namespace brokerage::matching

// The face of an index of volunteers and opportunities: exact lists of the best matches, and explanations of
// pairs.
//
// One thread at a time publishes; any number pin views and ask. A view never changes: what is asked of it
// twice is answered twice alike. Every index returns exactly the list that scoring every visible pair
// returns.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"

#include "matcher/explain.h"
#include "matcher/order.h"
#include "matcher/result.h"
#include "matcher/taxonomy.h"
#include "matcher/types.h"

namespace brokerage::matcher {

// A place in the order of changes. Of different epochs none is later.
struct Revision {
  uint64_t epoch = 0;
  uint64_t sequence = 0;
  friend bool operator==(const Revision&, const Revision&) = default;
};

// Changes. A record is known by its name; a new one replaces the old.
struct UpsertVolunteer {
  VolunteerFacts facts;
};
struct RemoveVolunteer {
  std::string name;
};
struct UpsertOpportunity {
  OpportunityFacts facts;
};
struct RemoveOpportunity {
  std::string name;
};
// An organisation never told of is unknown, and its opportunities match nobody.
struct SetOrganisation {
  std::string name;
  OrganisationStanding standing = OrganisationStanding::kUnknown;
};
// What happened between a volunteer and one opportunity.
struct PairReferral {
  std::string opportunity;
  bool live = false;
  std::optional<Day> declined_until;  // see PairHistory
};
// All of a volunteer's history; replaces what was known, and goes when the volunteer is removed.
struct SetVolunteerHistory {
  std::string name;
  std::vector<HeldPlacement> held_placements;
  std::vector<PairReferral> referrals;  // one for an opportunity at most, in any order
};
// Goes when the opportunity is removed.
struct SetConnections {
  std::string opportunity;
  int64_t connections = 0;
};
using Change = std::variant<UpsertVolunteer, RemoveVolunteer, UpsertOpportunity, RemoveOpportunity,
                            SetOrganisation, SetVolunteerHistory, SetConnections>;

inline bool IsRemoval(const Change& change) {
  return std::holds_alternative<RemoveVolunteer>(change) || std::holds_alternative<RemoveOpportunity>(change);
}

// Who could do this role? The opportunity is one of the view's, or a draft.
struct VolunteersFor {
  const OpportunityFacts* opportunity = nullptr;  // required
  Visibility visibility;
  // Only volunteers whose every access need the role supports are listed. Counts are of all.
  bool access_supported_only = false;
  bool include_counts = false;
  // Whoever states a travel radius is taken to travel so much further.
  uint32_t further_m = 0;
  // Leaves out of the list those who match this role as well, going no further than they state: it is
  // `opportunity` before a change, under the same name.
  const OpportunityFacts* before = nullptr;
};

// Which roles could this volunteer do?
struct OpportunitiesFor {
  const VolunteerFacts* volunteer = nullptr;  // required
  Visibility visibility;
  bool access_supported_only = false;
  bool include_counts = false;
  // Leaves out of the list the roles that this one matches as well: `volunteer` before a change.
  const VolunteerFacts* before = nullptr;
};

struct Match {
  RankKey key;  // names the other side; the last one is where the next page resumes
  PairScore pair;
  std::string label;  // the other side's display name or title
};

struct Counts {
  int64_t considered = 0;  // visible records of the other side, in any state
  int64_t eligible = 0;    // of them, those with which every condition holds
  friend bool operator==(const Counts&, const Counts&) = default;
};

struct MatchList {
  std::vector<Match> matches;  // best first
  bool more = false;           // whether matches follow the last one
  // When counts are asked for.
  std::optional<Counts> counts;
  std::optional<int64_t> length;  // of the whole list, from the top
};

// Records held, seen by anyone or not.
struct IndexSize {
  int64_t volunteers = 0;
  int64_t opportunities = 0;
  // Of memory, for the volunteers; 0 when it is not counted.
  int64_t volunteer_bytes = 0;
};

// One state of the index. Immutable and thread-safe; what it points to lives as long as it does.
class View {
 public:
  virtual ~View() = default;

  virtual Revision revision() const = 0;
  // Which of its index's states this is: every publication has a number of its own, those of one revision
  // too. Who has seen a state and let it go knows another by it.
  virtual uint64_t state() const = 0;
  virtual IndexSize size() const = 0;

  // The record, or nullptr when there is none that `visibility` sees.
  virtual std::shared_ptr<const VolunteerFacts> FindVolunteer(absl::string_view name,
                                                              const Visibility& visibility) const = 0;
  virtual const OpportunityFacts* FindOpportunity(absl::string_view name,
                                                  const Visibility& visibility) const = 0;

  // The first `k` matches strictly after `after` (from the top when unset) in the order of matcher/order.h.
  // What the query's visibility does not see is neither listed nor counted.
  virtual MatchList TopK(const VolunteersFor& query, Moment as_of, const Weights& weights, std::size_t k,
                         const std::optional<RankKey>& after) const = 0;
  virtual MatchList TopK(const OpportunitiesFor& query, Moment as_of, const Weights& weights, std::size_t k,
                         const std::optional<RankKey>& after) const = 0;

  // Of two records found in this view (or a draft): the same result that the lists show.
  virtual Explanation Explain(const VolunteerFacts& volunteer, const OpportunityFacts& opportunity,
                              Moment as_of, const Weights& weights) const = 0;

  // The opportunity's shown rank for a score (matcher/order.h), by its connections in this view.
  virtual int64_t ShownRankOf(const OpportunityFacts& opportunity, int64_t score_millionths,
                              const Weights& weights) const = 0;
};

enum class WaitResult { kReached, kDeadline, kOtherEpoch };

// Everything anew: at a start, and when all records must be read again. Given up without Finish, it changes
// nothing; other changes published meanwhile are lost by Finish.
class Load {
 public:
  virtual ~Load() = default;
  // Thread-safe. What is added comes in any order, and each record once; removals are passed over, for there
  // is nothing yet.
  virtual void Add(std::vector<Change> changes) = 0;
  // What UpsertVolunteer would add of each; the facts may be changed when it returns.
  virtual void AddVolunteers(absl::Span<const VolunteerFacts> volunteers) = 0;
  // Publishes what was added, and nothing else, as `revision`. The last call, after all others.
  virtual void Finish(Revision revision) = 0;
};

// Thread-safe.
class Index {
 public:
  virtual ~Index() = default;

  // Applies the changes in order, all at once, as `revision`. Revisions of an epoch never go back.
  virtual void Publish(std::vector<Change> changes, Revision revision) = 0;

  // The index outlives it.
  virtual std::unique_ptr<Load> StartLoad() = 0;

  // Waits until a view of `revision` or later can be pinned.
  virtual WaitResult WaitFor(Revision revision, std::chrono::steady_clock::time_point deadline) const = 0;

  virtual std::shared_ptr<const View> Pin() const = 0;
};

}  // namespace brokerage::matcher

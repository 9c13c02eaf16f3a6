#include "services/matching/volunteer_book.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/btree_set.h"
#include "absl/container/node_hash_map.h"

#include "base/resource_names.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/matching/centre_of.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

using v1::Volunteer;

// Those in which few are, and not for long.
constexpr std::array kStates = {Volunteer::STATE_ENQUIRY, Volunteer::STATE_REGISTERED,
                                Volunteer::STATE_ON_BREAK};

bool IsKept(Volunteer::State state) { return absl::c_linear_search(kStates, state); }

// Calls `note` with the last day of each check and licence that has one.
template <typename Note>
void ForEachExpiry(const Volunteer& volunteer, const Note& note) {
  for (const auto& check : volunteer.checks()) {
    if (check.has_expire_date()) note(rpc::ToDay(check.expire_date()));
  }
  for (const auto& licence : volunteer.licences()) {
    if (licence.has_expire_date()) note(rpc::ToDay(licence.expire_date()));
  }
}

}  // namespace

std::optional<absl::CivilDay> NextExpiry(const Volunteer& volunteer, absl::CivilDay today) {
  std::optional<absl::CivilDay> next;
  ForEachExpiry(volunteer, [&](absl::CivilDay day) {
    if (day >= today && (!next || day < *next)) next = day;
  });
  return next;
}

// A centre's.
class VolunteerBook::Pages {
 public:
  static constexpr std::array kPrefixes = {storage::kVolunteers};
  static std::optional<std::string> GroupOf(absl::string_view name) {
    return CentreOf<base::VolunteerName>(name);
  }

  struct Entry {
    Volunteer::State state = Volunteer::STATE_UNSPECIFIED;
    std::optional<absl::CivilDay> break_end;
    std::vector<absl::CivilDay> expiries;

    bool IsEmpty() const { return !IsKept(state) && !break_end && expiries.empty(); }
  };

  // Errors: DATA_LOSS.
  static absl::StatusOr<Entry> Read(absl::string_view /*name*/, absl::string_view bytes) {
    storage::v1::VolunteerRecord record;
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
      return absl::DataLossError("a volunteer's record cannot be read");
    const Volunteer& volunteer = record.volunteer();
    Entry entry{volunteer.state(), std::nullopt, {}};
    if (volunteer.has_break_until_date()) entry.break_end = rpc::ToDay(volunteer.break_until_date());
    ForEachExpiry(volunteer, [&](absl::CivilDay day) { entry.expiries.push_back(day); });
    return entry;
  }

  void Put(const std::string& name, Entry entry) {
    if (const auto known = entries_.find(name); known != entries_.end()) {
      Erase(name, known->second);
      entries_.erase(known);
    }
    if (entry.IsEmpty()) return;
    const auto& kept = *entries_.emplace(name, std::move(entry)).first;
    if (IsKept(kept.second.state)) by_state_[kept.second.state].insert(kept.first);
    if (kept.second.break_end) by_break_end_.emplace(*kept.second.break_end, kept.first);
    for (const absl::CivilDay day : kept.second.expiries) by_expiry_.emplace(day, kept.first);
  }

  std::optional<std::vector<std::string>> Find(const Question& question) const {
    if (question.next_expiry_by) return NamesIn(by_expiry_, question.today, *question.next_expiry_by);
    if (question.break_ends_by) return NamesIn(by_break_end_, absl::CivilDay::min(), *question.break_ends_by);
    if (!question.state || !IsKept(*question.state)) return std::nullopt;
    const auto found = by_state_.find(*question.state);
    if (found == by_state_.end()) return std::vector<std::string>();
    return std::vector<std::string>(found->second.begin(), found->second.end());
  }

 private:
  // Names of entries_.
  using Names = absl::btree_set<absl::string_view>;
  using Dated = absl::btree_set<std::pair<absl::CivilDay, absl::string_view>>;

  // Of these days, each name once.
  static std::vector<std::string> NamesIn(const Dated& dated, absl::CivilDay from, absl::CivilDay to) {
    std::vector<absl::string_view> names;
    for (auto it = dated.lower_bound({from, ""}); it != dated.end() && it->first <= to; ++it)
      names.push_back(it->second);
    absl::c_sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return {names.begin(), names.end()};
  }

  void Erase(const std::string& name, const Entry& entry) {
    if (IsKept(entry.state)) by_state_[entry.state].erase(name);
    if (entry.break_end) by_break_end_.erase({*entry.break_end, name});
    for (const absl::CivilDay day : entry.expiries) by_expiry_.erase({day, name});
  }

  absl::node_hash_map<std::string, Entry> entries_;  // whose names stay where they are
  std::map<Volunteer::State, Names> by_state_;
  Dated by_break_end_;
  Dated by_expiry_;
};

VolunteerBook::VolunteerBook(const storage::Store& store)
    : tables_(std::make_unique<LazyTables<Pages>>(store)) {}

VolunteerBook::~VolunteerBook() = default;

absl::Status VolunteerBook::Put(absl::string_view name, std::optional<absl::string_view> record) {
  return tables_->Put(name, record, Pages::Read);
}

void VolunteerBook::Forget() { tables_->Forget(); }

absl::StatusOr<std::optional<std::vector<std::string>>> VolunteerBook::Find(absl::string_view centre,
                                                                            const Question& question) const {
  std::optional<std::vector<std::string>> names;
  const auto asked =
      tables_->Ask(centre, Pages::Read, [&](const Pages& pages) { names = pages.Find(question); });
  if (!asked.ok()) return asked;
  return names;
}

}  // namespace brokerage::matching

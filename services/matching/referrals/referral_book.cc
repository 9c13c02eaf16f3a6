#include "services/matching/referrals/referral_book.h"

#include <array>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"

#include "base/resource_names.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/centre_of.h"
#include "services/matching/referrals/referral_stages.h"
#include "storage/keys.h"

namespace brokerage::matching {

class ReferralBook::Pages {
 public:
  struct Entry {
    std::string volunteer;
    std::string opportunity;
    bool live = false;
  };

  static constexpr std::array kPrefixes = {storage::kReferrals};
  // One for all.
  static std::optional<std::string> GroupOf(absl::string_view /*name*/) { return ""; }

  // Errors: DATA_LOSS.
  static absl::StatusOr<Entry> Read(absl::string_view /*name*/, absl::string_view bytes) {
    storage::v1::ReferralRecord record;
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
      return absl::DataLossError("a referral's record cannot be read");
    const v1::Referral& referral = record.referral();
    return Entry{referral.volunteer(), referral.opportunity(), IsLive(referral.stage())};
  }

  void Put(const std::string& name, Entry entry) {
    if (const auto known = entries_.find(name); known != entries_.end()) {
      ForEachShelf(known->second, [&](Shelves& shelves, const std::string& of) {
        const auto shelf = shelves.find(of);
        shelf->second.names.erase(name);
        shelf->second.live.erase(name);
        if (shelf->second.names.empty()) shelves.erase(shelf);
      });
      entries_.erase(known);
    }
    if (entry.volunteer.empty()) return;
    const auto& kept = *entries_.emplace(name, std::move(entry)).first;
    ForEachShelf(kept.second, [&](Shelves& shelves, const std::string& of) {
      Shelf& shelf = shelves[of];
      shelf.names.insert(kept.first);
      if (kept.second.live) shelf.live.insert(kept.first);
    });
  }

  std::optional<std::vector<std::string>> Find(const Question& question) const {
    if (question.volunteer) return NamesIn(by_volunteer_, *question.volunteer, question.live);
    if (question.opportunity) return NamesIn(by_opportunity_, *question.opportunity, question.live);
    if (question.centre) return NamesIn(by_centre_, *question.centre, question.live);
    if (question.live) return NamesIn(everyones_, "", true);
    return std::nullopt;
  }

 private:
  using Names = absl::btree_set<absl::string_view>;  // of entries_
  struct Shelf {
    Names names;
    Names live;
  };
  using Shelves = absl::flat_hash_map<std::string, Shelf>;

  static std::vector<std::string> NamesIn(const Shelves& shelves, const std::string& of, bool live) {
    const auto found = shelves.find(of);
    if (found == shelves.end()) return {};
    const Names& names = live ? found->second.live : found->second.names;
    return {names.begin(), names.end()};
  }

  // Calls `act` with each shelf that a referral is on: of whom it is.
  template <typename Act>
  void ForEachShelf(const Entry& entry, const Act& act) {
    act(everyones_, "");
    act(by_volunteer_, entry.volunteer);
    act(by_opportunity_, entry.opportunity);
    const auto of_volunteer = CentreOf<base::VolunteerName>(entry.volunteer);
    const auto of_role = CentreOf<base::OpportunityName>(entry.opportunity);
    if (of_volunteer) act(by_centre_, *of_volunteer);
    if (of_role && of_role != of_volunteer) act(by_centre_, *of_role);
  }

  absl::node_hash_map<std::string, Entry> entries_;  // whose names stay where they are
  Shelves everyones_;                                // one shelf, of ""
  Shelves by_volunteer_;
  Shelves by_opportunity_;
  Shelves by_centre_;
};

ReferralBook::ReferralBook(const storage::Store& store)
    : tables_(std::make_unique<LazyTables<Pages>>(store)) {}

ReferralBook::~ReferralBook() = default;

absl::Status ReferralBook::Put(absl::string_view name, std::optional<absl::string_view> record) {
  return tables_->Put(name, record, Pages::Read);
}

void ReferralBook::Forget() { tables_->Forget(); }

absl::StatusOr<std::optional<std::vector<std::string>>> ReferralBook::Find(const Question& question) const {
  std::optional<std::vector<std::string>> names;
  const auto asked = tables_->Ask("", Pages::Read, [&](const Pages& pages) { names = pages.Find(question); });
  if (!asked.ok()) return asked;
  return names;
}

}  // namespace brokerage::matching

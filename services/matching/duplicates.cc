#include "services/matching/duplicates.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "base/digest.h"
#include "base/resource_names.h"
#include "base/text.h"
#include "brokerage/storage/v1/record.pb.h"
#include "reference/postcode.h"
#include "reference/terms.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

using Key = uint64_t;
using Keys = std::vector<Key>;

// Fewer digits are an extension or a slip, and would join strangers.
constexpr std::size_t kMinPhoneDigits = 6;

// The digits of a number as it is dialled within the country: "+44 (0)1233 …" and "01233 …" are one.
std::string PhoneDigits(absl::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) digits.push_back(c);
  }
  absl::string_view rest = digits;
  const bool international = absl::StartsWith(absl::StripLeadingAsciiWhitespace(phone), "+");
  if (absl::ConsumePrefix(&rest, "0044") || (international && absl::ConsumePrefix(&rest, "44"))) {
    absl::ConsumePrefix(&rest, "0");
    digits = absl::StrCat("0", rest);
  }
  return digits.size() < kMinPhoneDigits ? "" : digits;
}

// Display names and given with family names, folded.
std::set<std::string> NamesOf(const v1::Volunteer& volunteer) {
  const v1::Contact& contact = volunteer.contact();
  std::set<std::string> names{
      reference::FoldTerm(volunteer.display_name()),
      reference::FoldTerm(absl::StrCat(contact.given_name(), " ", contact.family_name()))};
  names.erase("");
  return names;
}

std::set<std::string> PostcodesOf(const v1::Volunteer& volunteer) {
  std::set<std::string> postcodes;
  for (const std::string& text : {volunteer.contact().postcode(), volunteer.home().postcode()}) {
    if (const auto postcode = reference::Postcode::Parse(text)) postcodes.insert(postcode->ToString());
  }
  return postcodes;
}

}  // namespace

// Makes keys of volunteers: two who share one may be the same person.
class Duplicates::Keying {
 public:
  explicit Keying(absl::string_view secret) : hash_(secret) {}

  Keys Of(const v1::Volunteer& volunteer);
  // Of a stored record. Errors: DATA_LOSS.
  absl::StatusOr<Keys> In(absl::string_view bytes) {
    storage::v1::VolunteerRecord record;
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
      return absl::DataLossError("a volunteer's record cannot be read");
    return Of(record.volunteer());
  }

 private:
  base::ShortKeyedHash hash_;
};

Keys Duplicates::Keying::Of(const v1::Volunteer& volunteer) {
  Keys keys;
  const auto add = [&](absl::string_view kind, absl::string_view value) {
    keys.push_back(hash_.Of(absl::StrCat(kind, "\n", value)));
  };
  const std::string email = base::FoldCase(absl::StripAsciiWhitespace(volunteer.contact().email()));
  if (!email.empty()) add("email", email);
  const std::string phone = PhoneDigits(volunteer.contact().phone());
  if (!phone.empty()) add("phone", phone);
  const auto postcodes = PostcodesOf(volunteer);
  for (const std::string& name : NamesOf(volunteer)) {
    if (volunteer.has_date_of_birth()) {
      const auto& born = volunteer.date_of_birth();
      add("born", absl::StrCat(name, "\n", born.year(), "-", born.month(), "-", born.day()));
    }
    for (const std::string& postcode : postcodes) add("postcode", absl::StrCat(name, "\n", postcode));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// The volunteers of a centre by their keys.
class Duplicates::KeyTable {
 public:
  // Without keys there is nothing to find.
  void Put(const std::string& name, Keys keys) {
    Remove(name);
    if (keys.empty()) return;
    const auto entry = by_name_.emplace(name, std::make_unique<Entry>(Entry{name, std::move(keys)})).first;
    for (const Key key : entry->second->keys) by_key_[key].push_back(entry->second.get());
  }

  void Remove(const std::string& name) {
    const auto known = by_name_.find(name);
    if (known == by_name_.end()) return;
    for (const Key key : known->second->keys) {
      const auto found = by_key_.find(key);
      auto& entries = found->second;
      entries.erase(std::remove(entries.begin(), entries.end(), known->second.get()), entries.end());
      if (entries.empty()) by_key_.erase(found);
    }
    by_name_.erase(known);
  }

  // The names of those that have one of them.
  std::set<std::string> Find(const Keys& keys) const {
    std::set<std::string> names;
    for (const Key key : keys) {
      const auto found = by_key_.find(key);
      if (found == by_key_.end()) continue;
      for (const Entry* entry : found->second) names.insert(entry->name);
    }
    return names;
  }

 private:
  struct Entry {
    std::string name;
    Keys keys;
  };
  absl::flat_hash_map<std::string, std::unique_ptr<Entry>> by_name_;
  absl::flat_hash_map<Key, absl::InlinedVector<const Entry*, 1>> by_key_;
};

class Duplicates::People {
 public:
  // No keys: there is no such volunteer any more.
  void Put(const std::string& name, Keys keys) {
    const std::lock_guard lock(mutex_);
    if (state_ == State::kRead) table_.Put(name, std::move(keys));
    // What is being read may be older.
    if (state_ == State::kReading) meanwhile_.emplace_back(name, std::move(keys));
  }

  // Whoever asks while it is read waits. Errors: the store's, DATA_LOSS.
  absl::Status Read(const storage::Store& store, absl::string_view centre, Keying& keying) {
    const std::lock_guard reading(reading_);
    if (!Begin()) return absl::OkStatus();
    KeyTable table;
    const auto revision = store.Snapshot(
        absl::StrCat(storage::kVolunteers, centre, "/"),
        [&](const storage::EntryView& entry) -> absl::Status {
          auto keys = keying.In(entry.value);
          if (!keys.ok()) return keys.status();
          table.Put(std::string(entry.key.substr(storage::kVolunteers.size())), *std::move(keys));
          return absl::OkStatus();
        });
    const std::lock_guard lock(mutex_);
    for (auto& [name, keys] : std::exchange(meanwhile_, {})) table.Put(name, std::move(keys));
    table_ = std::move(table);
    state_ = revision.ok() ? State::kRead : State::kUnread;
    return revision.status();
  }

  std::set<std::string> Find(const Keys& keys) const {
    const std::lock_guard lock(mutex_);
    return table_.Find(keys);
  }

 private:
  // Until it is read, what the feed says is in what will be read.
  enum class State { kUnread, kReading, kRead };

  bool Begin() {
    const std::lock_guard lock(mutex_);
    if (state_ == State::kRead) return false;
    state_ = State::kReading;
    return true;
  }

  std::mutex reading_;  // one reads; the feed does not wait for it
  mutable std::mutex mutex_;
  State state_ = State::kUnread;
  std::vector<std::pair<std::string, Keys>> meanwhile_;
  KeyTable table_;
};

Duplicates::Duplicates(const storage::Store& store)
    : store_(store), secret_(base::RandomBytes(base::ShortKeyedHash::kKeyBytes)) {}

Duplicates::~Duplicates() = default;

std::shared_ptr<Duplicates::People> Duplicates::PeopleBeside(absl::string_view volunteer) const {
  const auto parsed = base::VolunteerName::Parse(volunteer);
  if (!parsed) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto known = people_.find(parsed->Parent().Format());
  return known == people_.end() ? nullptr : known->second;
}

absl::Status Duplicates::Put(absl::string_view name, absl::string_view record) {
  const auto people = PeopleBeside(name);
  if (people == nullptr) return absl::OkStatus();
  auto keys = Keying(secret_).In(record);
  if (!keys.ok()) return keys.status();
  people->Put(std::string(name), *std::move(keys));
  return absl::OkStatus();
}

void Duplicates::Remove(absl::string_view name) {
  if (const auto people = PeopleBeside(name)) people->Put(std::string(name), {});
}

void Duplicates::Forget() {
  const std::lock_guard lock(mutex_);
  people_.clear();
}

absl::StatusOr<std::vector<std::string>> Duplicates::Find(absl::string_view centre,
                                                          const v1::Volunteer& volunteer,
                                                          absl::string_view except) const {
  std::shared_ptr<People> people;
  {
    const std::lock_guard lock(mutex_);
    auto& known = people_[centre];
    if (known == nullptr) known = std::make_shared<People>();
    people = known;
  }
  Keying keying(secret_);
  if (auto status = people->Read(store_, centre, keying); !status.ok()) return status;
  std::set<std::string> names = people->Find(keying.Of(volunteer));
  names.erase(std::string(except));
  std::vector<std::string> list(names.begin(), names.end());
  if (list.size() > kMaxFound) list.resize(kMaxFound);
  return list;
}

}  // namespace brokerage::matching

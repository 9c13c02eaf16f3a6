#include "services/matching/duplicates.h"

#include <algorithm>
#include <array>
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
#include "services/matching/centre_of.h"
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
  using Entry = Keys;
  static constexpr std::array kPrefixes = {storage::kVolunteers};
  static std::optional<std::string> GroupOf(absl::string_view name) {
    return CentreOf<base::VolunteerName>(name);
  }

  // Without keys there is nothing to find.
  void Put(const std::string& name, Keys keys) {
    Remove(name);
    if (keys.empty()) return;
    const auto person = by_name_.emplace(name, std::make_unique<Person>(Person{name, std::move(keys)})).first;
    for (const Key key : person->second->keys) by_key_[key].push_back(person->second.get());
  }

  void Remove(const std::string& name) {
    const auto known = by_name_.find(name);
    if (known == by_name_.end()) return;
    for (const Key key : known->second->keys) {
      const auto found = by_key_.find(key);
      auto& people = found->second;
      people.erase(std::remove(people.begin(), people.end(), known->second.get()), people.end());
      if (people.empty()) by_key_.erase(found);
    }
    by_name_.erase(known);
  }

  // The names of those that have one of them.
  std::set<std::string> Find(const Keys& keys) const {
    std::set<std::string> names;
    for (const Key key : keys) {
      const auto found = by_key_.find(key);
      if (found == by_key_.end()) continue;
      for (const Person* person : found->second) names.insert(person->name);
    }
    return names;
  }

 private:
  struct Person {
    std::string name;
    Keys keys;
  };
  absl::flat_hash_map<std::string, std::unique_ptr<Person>> by_name_;
  absl::flat_hash_map<Key, absl::InlinedVector<const Person*, 1>> by_key_;
};

Duplicates::Duplicates(const storage::Store& store)
    : secret_(base::RandomBytes(base::ShortKeyedHash::kKeyBytes)),
      tables_(std::make_unique<LazyTables<KeyTable>>(store)) {}

Duplicates::~Duplicates() = default;

absl::Status Duplicates::Put(absl::string_view name, std::optional<absl::string_view> record) {
  Keying keying(secret_);
  return tables_->Put(name, record,
                      [&](absl::string_view, absl::string_view bytes) { return keying.In(bytes); });
}

void Duplicates::Forget() { tables_->Forget(); }

absl::StatusOr<std::vector<std::string>> Duplicates::Find(absl::string_view centre,
                                                          const v1::Volunteer& volunteer,
                                                          absl::string_view except) const {
  Keying keying(secret_);
  std::set<std::string> names;
  const auto asked = tables_->Ask(
      centre, [&](absl::string_view, absl::string_view bytes) { return keying.In(bytes); },
      [&](const KeyTable& table) { names = table.Find(keying.Of(volunteer)); });
  if (!asked.ok()) return asked;
  names.erase(std::string(except));
  std::vector<std::string> list(names.begin(), names.end());
  if (list.size() > kMaxFound) list.resize(kMaxFound);
  return list;
}

}  // namespace brokerage::matching

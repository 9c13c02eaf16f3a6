#include "services/matching/duplicates.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "base/digest.h"
#include "base/resource_names.h"
#include "base/text.h"
#include "reference/postcode.h"
#include "reference/terms.h"

namespace brokerage::matching {
namespace {

constexpr std::size_t kSecretBytes = 32;
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

Duplicates::Duplicates() : secret_(base::RandomBytes(kSecretBytes)) {}

std::vector<Duplicates::Key> Duplicates::KeysOf(absl::string_view centre,
                                                const v1::Volunteer& volunteer) const {
  std::vector<Key> keys;
  const auto add = [&](absl::string_view kind, absl::string_view value) {
    const std::string hash = base::HmacSha256(secret_, absl::StrCat(centre, "\n", kind, "\n", value));
    Key key = 0;
    std::memcpy(&key, hash.data(), sizeof(key));
    keys.push_back(key);
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

void Duplicates::Put(absl::string_view name, const v1::Volunteer& volunteer) {
  const auto parsed = base::VolunteerName::Parse(name);
  auto entry = std::make_unique<Entry>();
  if (parsed) {
    entry->name = std::string(name);
    entry->keys = KeysOf(parsed->Parent().Format(), volunteer);
  }
  const std::unique_lock<std::shared_mutex> lock(mutex_);
  Forget(name);
  if (entry->keys.empty()) return;
  for (const Key key : entry->keys) by_key_[key].push_back(entry.get());
  by_name_.emplace(entry->name, std::move(entry));
}

void Duplicates::Remove(absl::string_view name) {
  const std::unique_lock<std::shared_mutex> lock(mutex_);
  Forget(name);
}

void Duplicates::Forget(absl::string_view name) {
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

std::vector<std::string> Duplicates::Find(absl::string_view centre, const v1::Volunteer& volunteer,
                                          absl::string_view except) const {
  std::set<std::string> names;
  const std::vector<Key> keys = KeysOf(centre, volunteer);
  {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    for (const Key key : keys) {
      const auto found = by_key_.find(key);
      if (found == by_key_.end()) continue;
      for (const Entry* entry : found->second) {
        if (entry->name != except) names.insert(entry->name);
      }
    }
  }
  std::vector<std::string> list(names.begin(), names.end());
  if (list.size() > kMaxFound) list.resize(kMaxFound);
  return list;
}

}  // namespace brokerage::matching

// Who may be the same person, beyond what CreateVolunteer's own tests show.
#include "services/matching/duplicates.h"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "brokerage/storage/v1/record.pb.h"
#include "storage/forwarding_store.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/support/messages.h"

namespace brokerage::matching {
namespace {

using support::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using v1::Volunteer;

constexpr char kCentre[] = "centres/ashford";

std::string Name(const std::string& id) { return "centres/ashford/volunteers/" + id; }

// Counts snapshots; at the end of each something may happen that it did not see, or an error.
class SnapshotWatcher final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  absl::StatusOr<storage::Revision> SnapshotOf(const std::vector<absl::string_view>& prefixes,
                                               const SnapshotSink& sink) const override {
    ++snapshots;
    auto revision = ForwardingStore::SnapshotOf(prefixes, sink);
    after_snapshot();
    if (!error.ok()) return error;
    return revision;
  }

  mutable int snapshots = 0;
  std::function<void()> after_snapshot = [] {};
  absl::Status error;
};

// A store, and its feed on whichever thread calls.
class DuplicatesTest : public ::testing::Test {
 protected:
  void Store(const std::string& name, const Volunteer& volunteer) {
    Commit(storage::Write::Put(Key(name), Bytes(volunteer)));
  }
  void Put(const std::string& name, const Volunteer& volunteer) {
    Store(name, volunteer);
    EXPECT_TRUE(duplicates_.Put(name, Bytes(volunteer)).ok());
  }
  void Remove(const std::string& name) {
    Commit(storage::Write::Delete(Key(name)));
    EXPECT_TRUE(duplicates_.Put(name, std::nullopt).ok());
  }
  std::vector<std::string> Find(const Volunteer& volunteer, const std::string& except = "",
                                const std::string& centre = kCentre) {
    const auto found = duplicates_.Find(centre, volunteer, except);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.value_or(std::vector<std::string>());
  }

  static std::string Key(const std::string& name) { return std::string(storage::kVolunteers) + name; }
  static std::string Bytes(const Volunteer& volunteer) {
    storage::v1::VolunteerRecord record;
    *record.mutable_volunteer() = volunteer;
    return record.SerializeAsString();
  }

  const std::unique_ptr<storage::Store> memory_ = storage::NewMemoryStore();
  SnapshotWatcher store_{*memory_};
  Duplicates duplicates_{store_};

 private:
  void Commit(storage::Write write) {
    storage::CommitRequest commit;
    commit.writes.push_back(std::move(write));
    EXPECT_TRUE(memory_->Commit(std::move(commit)).ok());
  }
};

TEST_F(DuplicatesTest, WaysOfWritingANumberAreOne) {
  Put(Name("a"), Parse<Volunteer>("contact { phone: '01233 555000' }"));
  struct Case {
    const char* phone;
    bool same;
  };
  const Case table[] = {{"01233555000", true},      {"+44 1233 555000", true},  {"+44 (0)1233 555000", true},
                        {"0044 1233 555000", true}, {" +441233-555.000", true}, {"1233 555000", false},
                        {"01233 555001", false},    {"441233555000", false},    {"+33 1233 555000", false}};
  for (const Case& test : table) {
    const auto other = Parse<Volunteer>("contact { phone: '" + std::string(test.phone) + "' }");
    EXPECT_EQ(Find(other).size(), test.same ? 1U : 0U) << test.phone;
  }
}

TEST_F(DuplicatesTest, TooLittleJoinsNobody) {
  const char* const texts[] = {"contact { phone: '12345' }", "display_name: 'Ann'",
                               "contact { postcode: 'TN23 1PL' }",
                               "date_of_birth { year: 1990 month: 1 day: 1 }", ""};
  for (int i = 0; i < 5; ++i) Put(Name(std::to_string(i)), Parse<Volunteer>(texts[i]));
  for (const char* text : texts) EXPECT_THAT(Find(Parse<Volunteer>(text)), IsEmpty()) << text;
}

TEST_F(DuplicatesTest, WhatWasChangedOrRemovedCountsNoMore) {
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  const auto bob = Parse<Volunteer>("contact { email: 'bob@example.org' }");
  Put(Name("a"), ann);
  EXPECT_THAT(Find(ann), ElementsAre(Name("a")));  // read from the store
  Put(Name("b"), ann);
  EXPECT_THAT(Find(ann), ElementsAre(Name("a"), Name("b")));
  EXPECT_THAT(Find(ann, Name("a")), ElementsAre(Name("b")));
  Put(Name("a"), bob);
  EXPECT_THAT(Find(ann), ElementsAre(Name("b")));
  EXPECT_THAT(Find(bob), ElementsAre(Name("a")));
  Remove(Name("b"));
  EXPECT_TRUE(duplicates_.Put(Name("b"), std::nullopt).ok());
  EXPECT_THAT(Find(ann), IsEmpty());
}

TEST_F(DuplicatesTest, CentresAreApart) {
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  Put("centres/dover/volunteers/a", ann);
  Put("centres/ashford-east/volunteers/a", ann);
  EXPECT_THAT(Find(ann), IsEmpty());
  EXPECT_THAT(Find(ann, "", "centres/dover"), SizeIs(1));
}

TEST_F(DuplicatesTest, AnAddressOfManyNamesTheFirstOnly) {
  const auto office = Parse<Volunteer>("contact { email: 'office@example.org' }");
  for (int i = 0; i < 100; ++i) Put(Name(std::to_string(1'000 + i)), office);
  const auto found = Find(office, Name("1000"));
  EXPECT_THAT(found, SizeIs(Duplicates::kMaxFound));
  EXPECT_EQ(found.front(), Name("1001"));
}

TEST_F(DuplicatesTest, ACentreIsReadOnce) {
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  Store(Name("a"), ann);
  EXPECT_THAT(Find(ann), SizeIs(1));
  Store(Name("b"), ann);  // and the feed says nothing of it
  EXPECT_THAT(Find(ann), SizeIs(1));
  EXPECT_EQ(store_.snapshots, 1);
  duplicates_.Forget();
  EXPECT_THAT(Find(ann), SizeIs(2));
  EXPECT_EQ(store_.snapshots, 2);
}

TEST_F(DuplicatesTest, WhatTheFeedSaysWhileACentreIsReadCounts) {
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  const auto bob = Parse<Volunteer>("contact { email: 'bob@example.org' }");
  for (const char* id : {"changes", "goes", "stays"}) Store(Name(id), ann);
  store_.after_snapshot = [&] {
    Put(Name("changes"), bob);
    Put(Name("comes"), ann);
    Remove(Name("goes"));
  };
  EXPECT_THAT(Find(ann), ElementsAre(Name("comes"), Name("stays")));
  EXPECT_THAT(Find(bob), ElementsAre(Name("changes")));
}

TEST_F(DuplicatesTest, ACentreThatCannotBeReadIsReadAgain) {
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  Store(Name("a"), ann);
  store_.after_snapshot = [&] { Put(Name("b"), ann); };
  store_.error = absl::UnavailableError("not now");
  EXPECT_EQ(duplicates_.Find(kCentre, ann, "").status(), store_.error);
  Put(Name("c"), ann);
  store_.after_snapshot = [] {};
  store_.error = absl::OkStatus();
  EXPECT_THAT(Find(ann), ElementsAre(Name("a"), Name("b"), Name("c")));
}

TEST_F(DuplicatesTest, WhatIsNoRecordIsAnError) {
  const auto ann = Parse<Volunteer>("contact { email: 'ann@example.org' }");
  Put(Name("b"), ann);
  EXPECT_THAT(Find(ann), ElementsAre(Name("b")));  // read, so that the feed counts
  EXPECT_EQ(duplicates_.Put(Name("a"), "\xff").code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace brokerage::matching

// The kill tests' own test: a store that loses, halves or repeats a write is found out.
#include "tests/e2e/writers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"

#include "base/errors.h"

namespace brokerage::e2e {
namespace {

// Records in memory; after `writes_left` writes the service is lost, the last write having happened or not.
class FakeBook final : public Book {
 public:
  absl::StatusOr<std::string> Create(int version, const std::string& request_id) const override {
    const std::string name = absl::StrCat("records/", forgets_requests ? ++made_ : IdOf(request_id));
    if (auto status = Write(name, {version, 0}, request_id); !status.ok()) return status;
    return name;
  }
  absl::Status Rewrite(const std::string& name, int version, const std::string& request_id) const override {
    return Write(name, {version, records[name].step}, request_id);
  }
  absl::Status Advance(const std::string& name, int step, const std::string& request_id) const override {
    return Write(name, {records[name].version, step + 1}, request_id);
  }
  int last_step() const override { return 2; }
  absl::StatusOr<std::map<std::string, BookEntry>> List() const override { return records; }
  absl::Status CompareIndex(const std::map<std::string, BookEntry>&) const override {
    return absl::OkStatus();
  }

  mutable std::map<std::string, BookEntry> records;
  mutable int writes_left = 50;
  bool last_write_happens = true;
  bool forgets_requests = false;
  absl::Status refusal = absl::UnavailableError("Socket closed");

 private:
  int IdOf(const std::string& request_id) const {
    const auto [place, is_new] = ids_.try_emplace(request_id, made_ + 1);
    if (is_new) ++made_;
    return place->second;
  }
  absl::Status Write(const std::string& name, BookEntry entry, const std::string&) const {
    const bool lost = writes_left-- <= 0;
    if (!lost || last_write_happens) records[name] = entry;
    return lost ? refusal : absl::OkStatus();
  }

  mutable int made_ = 0;
  mutable std::map<std::string, int> ids_;
};

class WritersTest : public ::testing::TestWithParam<bool> {
 protected:
  // Lets the writer write until the service is lost, and brings that back.
  void Fill(bool last_write_happens) {
    book_.last_write_happens = last_write_happens;
    std::atomic<int> acknowledged{0};
    ASSERT_TRUE(writer_.WriteUntilLost(book_, acknowledged).ok());
    EXPECT_EQ(acknowledged, 50);
    book_.writes_left = 50;
  }
  absl::Status Account() {
    auto listed = book_.records;
    return writer_.Account(listed);
  }

  FakeBook book_;
  Writer writer_{7};
};

TEST_P(WritersTest, AFaithfulStorePasses) {
  Fill(GetParam());
  EXPECT_TRUE(Account().ok()) << Account();
  auto listed = book_.records;
  ASSERT_TRUE(writer_.Resolve(book_, listed).ok());
  EXPECT_EQ(listed, book_.records);
  EXPECT_TRUE(writer_.Account(listed).ok());
  EXPECT_THAT(listed, ::testing::IsEmpty());
}

TEST_P(WritersTest, ALostRecordIsFound) {
  Fill(GetParam());
  for (auto it = book_.records.begin(); it != book_.records.end(); ++it) {
    auto listed = book_.records;
    listed.erase(it->first);
    // The one whose creation was never acknowledged may be absent.
    const bool unacknowledged = it->first == absl::StrCat("records/", book_.records.size()) && GetParam();
    if (!unacknowledged) {
      EXPECT_EQ(writer_.Account(listed).code(), absl::StatusCode::kDataLoss) << it->first;
    }
  }
}

TEST_P(WritersTest, AnOldVersionAndALostStepAreFound) {
  Fill(GetParam());
  for (const auto& [name, entry] : book_.records) {
    for (const BookEntry& wrong :
         {BookEntry{entry.version % 9'999 + 1, entry.step}, BookEntry{entry.version, entry.step + 1}}) {
      auto listed = book_.records;
      listed[name] = wrong;
      const absl::Status accounted = writer_.Account(listed);
      const bool unacknowledged = name == absl::StrCat("records/", book_.records.size()) && GetParam();
      if (!unacknowledged) {
        EXPECT_EQ(accounted.code(), absl::StatusCode::kDataLoss) << name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(LastWrite, WritersTest, ::testing::Bool(),
                         [](const auto& param) { return param.param ? "Happens" : "DoesNot"; });

TEST(Writers, ACreationThatHappensTwiceLeavesARecordOver) {
  // Many seeds, for what is unknown must be a creation.
  bool seen = false;
  for (uint64_t seed = 1; seed < 50 && !seen; ++seed) {
    FakeBook book;
    book.forgets_requests = true;
    Writer writer(seed);
    std::atomic<int> acknowledged{0};
    ASSERT_TRUE(writer.WriteUntilLost(book, acknowledged).ok());
    book.writes_left = 50;
    const std::size_t before = book.records.size();
    auto listed = book.records;
    ASSERT_TRUE(writer.Resolve(book, listed).ok());
    if (book.records.size() == before) continue;  // it was a change of a record
    seen = true;
    auto rest = book.records;
    ASSERT_TRUE(writer.Account(rest).ok());
    EXPECT_THAT(rest, ::testing::SizeIs(1));
  }
  EXPECT_TRUE(seen);
}

TEST(Writers, ARefusalIsNoLoss) {
  FakeBook book;
  book.refusal = base::StoreFull();
  Writer writer(7);
  std::atomic<int> acknowledged{0};
  EXPECT_EQ(writer.WriteUntilLost(book, acknowledged).code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace brokerage::e2e

// Records of one kind, by name.
#include "storage/typed.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

#include "base/files.h"
#include "storage/keys.h"
#include "storage/memory_store.h"
#include "tests/storage/store_helpers.h"

namespace brokerage::storage {
namespace {

using google::rpc::ErrorInfo;
using testing::ElementsAre;
using testing::HasSubstr;

// Any message does: the table knows nothing of what it holds.
ErrorInfo Record(const std::string& reason) {
  ErrorInfo record;
  record.set_reason(reason);
  return record;
}

class TypedTest : public testing::Test {
 protected:
  Revision Save(const Table<ErrorInfo>& table, const std::string& name, const std::string& reason) {
    CommitRequest request;
    request.writes = {table.Put(name, Record(reason))};
    return *store_->Commit(std::move(request));
  }

  std::vector<std::string> Names(const std::vector<Stored<ErrorInfo>>& list) {
    std::vector<std::string> names;
    for (const auto& stored : list) names.push_back(stored.name + "=" + stored.message.reason());
    return names;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Table<ErrorInfo> volunteers_{*store_, kVolunteers};
  Table<ErrorInfo> opportunities_{*store_, kOpportunities};
};

TEST_F(TypedTest, ARecordComesBackWithTheCommitThatWroteIt) {
  EXPECT_EQ(*volunteers_.Get("centres/a/volunteers/1"), std::nullopt);
  Save(volunteers_, "centres/a/volunteers/1", "one");
  const Revision second = Save(volunteers_, "centres/a/volunteers/1", "two");
  const auto stored = volunteers_.Get("centres/a/volunteers/1");
  ASSERT_TRUE(stored.ok() && stored->has_value());
  EXPECT_EQ((*stored)->name, "centres/a/volunteers/1");
  EXPECT_EQ((*stored)->message.reason(), "two");
  EXPECT_EQ((*stored)->sequence, second.sequence);
  EXPECT_EQ(*opportunities_.Get("centres/a/volunteers/1"), std::nullopt);

  CommitRequest request;
  request.guards = {Guard::At(volunteers_.Key("centres/a/volunteers/1"), second.sequence)};
  request.writes = {volunteers_.Delete("centres/a/volunteers/1")};
  ASSERT_TRUE(store_->Commit(request).ok());
  EXPECT_EQ(*volunteers_.Get("centres/a/volunteers/1"), std::nullopt);
}

TEST_F(TypedTest, AListIsOfOneKindAndPages) {
  for (const char* name : {"centres/a/volunteers/1", "centres/a/volunteers/2", "centres/ab/volunteers/1"}) {
    Save(volunteers_, name, "v");
  }
  Save(opportunities_, "centres/a/opportunities/1", "o");
  EXPECT_THAT(
      Names(*volunteers_.List("", "", 10)),
      ElementsAre("centres/a/volunteers/1=v", "centres/a/volunteers/2=v", "centres/ab/volunteers/1=v"));
  EXPECT_THAT(Names(*volunteers_.List("centres/a/", "", 10)),
              ElementsAre("centres/a/volunteers/1=v", "centres/a/volunteers/2=v"));
  EXPECT_THAT(Names(*volunteers_.List("", "", 1)), ElementsAre("centres/a/volunteers/1=v"));
  EXPECT_THAT(Names(*volunteers_.List("", "centres/a/volunteers/1", 1)),
              ElementsAre("centres/a/volunteers/2=v"));
  EXPECT_THAT(Names(*volunteers_.List("", "centres/ab/volunteers/1", 1)), ElementsAre());
  std::vector<std::string> seen;
  const auto revision = opportunities_.Snapshot([&](Stored<ErrorInfo> stored) {
    seen.push_back(stored.name);
    return absl::OkStatus();
  });
  EXPECT_THAT(seen, ElementsAre("centres/a/opportunities/1"));
  EXPECT_EQ(revision->sequence, 4);
}

TEST_F(TypedTest, BytesThatAreNoMessageAreDataLoss) {
  ASSERT_TRUE(contract::Put(*store_, volunteers_.Key("centres/a/volunteers/1"), "\xff\xff\xff").ok());
  EXPECT_TRUE(absl::IsDataLoss(volunteers_.Get("centres/a/volunteers/1").status()));
  EXPECT_TRUE(absl::IsDataLoss(volunteers_.List("", "", 10).status()));
  EXPECT_TRUE(absl::IsDataLoss(volunteers_.Snapshot([](auto) { return absl::OkStatus(); }).status()));
}

const std::vector<absl::string_view>& Kinds() {
  static const auto& kinds = *new std::vector<absl::string_view>{
      kVolunteers,    kOpportunities, kWeightSets,  kOrganisationViews, kCredentialViews, kWatchCursors,
      kOrganisations, kCentres,       kCredentials, kRequests,          kSecrets};
  return kinds;
}

TEST(KeysTest, EveryKindIsOnThePageOfTheFormat) {
  const auto page = base::ReadFile("docs/storage-format.md");
  ASSERT_TRUE(page.ok()) << page.status();
  for (const absl::string_view kind : Kinds())
    EXPECT_THAT(*page, HasSubstr(absl::StrCat("| `", kind, "` |")));
}

TEST(KeysTest, NoKindLiesWithinAnother) {
  for (const absl::string_view one : Kinds()) {
    EXPECT_EQ(one.back(), '/');
    for (const absl::string_view other : Kinds()) {
      if (one.data() == other.data()) continue;
      EXPECT_FALSE(Table<ErrorInfo>::Owns(one, other)) << one << " holds " << other;
    }
  }
}

TEST(KeysTest, ARequestIdIsScopedToCredentialAndMethod) {
  const std::set<std::string> names = {
      RequestRecordName("centres/a/credentials/1", "CreateVolunteer", "id"),
      RequestRecordName("centres/a/credentials/2", "CreateVolunteer", "id"),
      RequestRecordName("centres/a/credentials/1", "UpdateVolunteer", "id"),
      RequestRecordName("centres/a/credentials/1", "CreateVolunteer", "id2"),
  };
  EXPECT_EQ(names.size(), 4);
}

}  // namespace
}  // namespace brokerage::storage

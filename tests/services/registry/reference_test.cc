// Reference data and the service's own affairs, through the stubs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "reference/causes.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/skills.h"
#include "services/rpc/tokens.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ReferenceTest : public ::testing::Test {
 protected:
  Client Reader() { return world_.As(kThanet, common::v1::ROLE_READER); }

  std::vector<std::string> Resolve(const std::string& request) {
    std::vector<std::string> words;
    const auto answer = Reader().Call(&References::ResolveTerm, Parse<v1::ResolveTermRequest>(request));
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (answer.ok()) {
      for (const auto& match : answer->matches())
        words.push_back(absl::StrCat(match.name(), " ", match.typing_errors()));
    }
    return words;
  }

  World world_;
};

TEST_F(ReferenceTest, DistrictsAreThoseServed) {
  const auto answer = Reader().Call(&References::ListDistricts, v1::ListDistrictsRequest());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->districts_size(), 12);
  EXPECT_EQ(answer->next_page_token(), "");
  EXPECT_THAT(answer->districts(0), Holds("name: 'districts/E07000105' display_name: 'Ashford'"));
  for (const auto& district : answer->districts())
    EXPECT_GT(district.population(), 90'000) << district.name();
}

TEST_F(ReferenceTest, SkillsAndCausesPageToTheWhole) {
  std::vector<std::string> skills;
  v1::ListSkillsRequest request;
  request.set_page_size(40);
  do {
    const auto page = Reader().Call(&References::ListSkills, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& skill : page->skills()) {
      skills.push_back(skill.name());
      EXPECT_FALSE(skill.display_name().empty() || skill.group().empty()) << skill.name();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(skills.size(), reference::ShippedSkills().all().size());
  EXPECT_EQ(std::set<std::string>(skills.begin(), skills.end()).size(), skills.size());

  v1::ListCausesRequest causes;
  causes.set_page_size(1000);
  const auto all = Reader().Call(&References::ListCauses, causes);
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(static_cast<std::size_t>(all->causes_size()), reference::ShippedCauses().all().size());
  EXPECT_THAT(all->causes(0), Holds("name: 'causes/animal-welfare' standard_id: 'AnimalWelfare'"));
}

TEST_F(ReferenceTest, TermsAreFoundByNameSynonymAndOneTypingError) {
  EXPECT_THAT(Resolve("term: 'first aid' kinds: TERM_KIND_SKILL page_size: 1"),
              ElementsAre("skills/first-aid 0"));
  EXPECT_THAT(Resolve("term: 'frist aid' kinds: TERM_KIND_SKILL page_size: 1"),
              ElementsAre("skills/first-aid 1"));
  EXPECT_THAT(Resolve("term: 'animal welfare' kinds: TERM_KIND_CAUSE page_size: 1"),
              ElementsAre("causes/animal-welfare 0"));
  EXPECT_THAT(Resolve("term: 'animal welfare' kinds: TERM_KIND_SKILL"),
              ::testing::Not(::testing::Contains("causes/animal-welfare 0")));
  EXPECT_EQ(Resolve("term: 'c'"), Resolve("term: 'c' page_size: 10"));
  EXPECT_EQ(Resolve("term: 'c'"), Resolve("term: 'c' kinds: TERM_KIND_SKILL kinds: TERM_KIND_CAUSE"));
  EXPECT_LE(Resolve("term: 'c' page_size: 100000").size(), 100u);
  EXPECT_THAT(Resolve("term: 'qqqqqqqq'"), IsEmpty());
}

TEST_F(ReferenceTest, PlacesAreFoundOrNot) {
  const auto resolve = [&](const std::string& postcode) {
    v1::ResolvePlaceRequest request;
    request.set_postcode(postcode);
    return Reader().Call(&References::ResolvePlace, request);
  };
  EXPECT_THAT(
      *resolve("tn231pl"),
      Holds("postcode: 'TN23 1PL' district: 'districts/E07000105' precision: PLACE_PRECISION_SECTOR"));
  EXPECT_EQ(Outline(resolve("ZZ99 9ZZ")), kNotFound);
  EXPECT_THAT(FieldsOf(resolve("nonsense").status()), ElementsAre("postcode"));
}

TEST_F(ReferenceTest, PlacesInUseAreReplacedAndRecordsPlacedAgain) {
  const auto made = Create(
      world_.Lead(),
      absl::StrCat(kCharity, " places { postcode: 'TN23 1PL' } places { latitude: 51.1 longitude: 0.9 }"));
  const auto other = Create(world_.Lead(), kCharity);
  ASSERT_TRUE(made.ok() && other.ok());

  // As after an import that knows every postcode at one point.
  class Imported final : public reference::PlaceIndex {
   public:
    std::optional<reference::ResolvedPlace> Resolve(const reference::Postcode& postcode) const override {
      return reference::ResolvedPlace{{511'234'567, 8'765'432},
                                      "E07000106",
                                      std::string(postcode.outcode()),
                                      reference::Precision::kPostcode};
    }
    reference::ResolvedPlace ResolveCoordinates(reference::Point point) const override {
      return {point, "E07000106", "CT1", reference::Precision::kCoordinates};
    }
    std::optional<reference::Point> OutcodeCentroid(absl::string_view) const override { return std::nullopt; }
    std::string NearestOutcode(reference::Point) const override { return "CT1"; }
    const std::string& version() const override { return version_; }
    std::size_t postcode_count() const override { return 1; }

   private:
    const std::string version_ = "imported-for-a-test";
  };
  world_.clock.Advance(absl::Hours(1));
  ASSERT_TRUE(world_.registry().UsePlaces(std::make_shared<Imported>()).ok());

  const auto placed = Get(world_.Lead(), made->name());
  ASSERT_TRUE(placed.ok());
  EXPECT_THAT(*placed,
              Holds("places { postcode: 'TN23 1PL' latitude: 51.1234567 longitude: 0.8765432 "
                    "district: 'districts/E07000106' precision: PLACE_PRECISION_POSTCODE } "
                    "places { latitude: 51.1 longitude: 0.9 precision: PLACE_PRECISION_COORDINATES } "
                    "update_time { seconds: 1781521200 }"));
  EXPECT_NE(placed->etag(), made->etag());
  EXPECT_EQ(Get(world_.Lead(), other->name())->etag(), other->etag())
      << "what is not placed anew is not touched";
  const uint64_t sequence = world_.store().GetHealth().revision.sequence;
  ASSERT_TRUE(world_.registry().UsePlaces(std::make_shared<Imported>()).ok());
  EXPECT_EQ(world_.store().GetHealth().revision.sequence, sequence) << "a second time there is nothing to do";
  EXPECT_EQ(Reader().Call(&Admin::GetStatus, v1::GetStatusRequest())->places_version(),
            "imported-for-a-test");
}

TEST_F(ReferenceTest, StatusSaysHowTheServiceIs) {
  MakeOrganisation(world_, kDover);
  MakeOrganisation(world_, kDover, v1::Organisation::STATE_SUSPENDED);
  MakeOrganisation(world_, kDover, v1::Organisation::STATE_DELETED);
  for (const Client& client : {Reader(), world_.WithToken(world_.service_token())}) {
    const auto status = client.Call(&Admin::GetStatus, v1::GetStatusRequest());
    ASSERT_TRUE(status.ok()) << status.status();
    EXPECT_THAT(*status, Holds("service: 'registry-service' serving: true engine: 'memory' format_version: 1 "
                               "organisation_count: 2 centre_count: 3 start_time { seconds: 1781517600 }"));
    const auto token = rpc::ParseConsistencyToken(status->store_revision());
    ASSERT_TRUE(token);
    EXPECT_EQ(token->origin, rpc::Origin::kRegistry);
    EXPECT_EQ(token->sequence, world_.store().GetHealth().revision.sequence);
  }
}

TEST_F(ReferenceTest, BackupsAreTheLeadAdministrators) {
  const auto backup = [](const Client& client, const std::string& id) {
    v1::CreateBackupRequest request;
    request.set_backup_id(id);
    return client.Call(&Admin::CreateBackup, request);
  };
  const auto made = backup(world_.Lead(), "nightly");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->name(), "backups/nightly");
  EXPECT_EQ(made->path(), world_.directory() + "/backups/nightly");
  EXPECT_EQ(rpc::ParseConsistencyToken(made->revision())->sequence,
            world_.store().GetHealth().revision.sequence);
  EXPECT_EQ(Outline(backup(world_.Lead(), "nightly")), "ALREADY_EXISTS ALREADY_EXISTS");
  EXPECT_EQ(Outline(backup(world_.Lead(), "../nightly")), kInvalid);
  EXPECT_EQ(backup(world_.Lead(), "")->name(), "backups/at-20260615-100000");
  EXPECT_EQ(Outline(backup(world_.As(kAshford, common::v1::ROLE_CENTRE_ADMIN), "mine")), kDenied);
}

}  // namespace
}  // namespace brokerage::registry

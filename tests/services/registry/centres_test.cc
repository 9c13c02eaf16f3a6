#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using ::testing::ElementsAre;

class CentresTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::Centre> CreateCentre(const Client& client, const std::string& request) {
    return client.Call(&Centres::CreateCentre, Parse<v1::CreateCentreRequest>(request));
  }
  absl::StatusOr<v1::Centre> UpdateCentre(const Client& client, const std::string& request) {
    return client.Call(&Centres::UpdateCentre, Parse<v1::UpdateCentreRequest>(request));
  }
  absl::StatusOr<v1::Centre> GetCentre(const Client& client, const std::string& name) {
    v1::GetCentreRequest request;
    request.set_name(name);
    return client.Call(&Centres::GetCentre, request);
  }

  World world_;
};

TEST_F(CentresTest, TheFirstCentreLeadsAndNoOtherDoes) {
  EXPECT_THAT(*GetCentre(world_.Lead(), kAshford),
              Holds("name: 'centres/ashford' display_name: 'Ashford Volunteer Centre' lead: true "
                    "districts: 'districts/E07000105'"));
  const auto made = CreateCentre(world_.Lead(), "centre_id: 'swale' centre { display_name: 'S' lead: true }");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_FALSE(made->lead());
}

TEST_F(CentresTest, IdsAreUsedOnce) {
  const std::string request =
      "centre_id: 'swale' centre { display_name: 'S' districts: 'districts/E07000113' }";
  const auto made = CreateCentre(world_.Lead(), request);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(*made, Holds("name: 'centres/swale' create_time { seconds: 1781517600 }"));
  EXPECT_EQ(Outline(CreateCentre(world_.Lead(), request)), "ALREADY_EXISTS ALREADY_EXISTS");
  const std::string with_id =
      "centre_id: 'deal' centre { display_name: 'D' } "
      "request_id: '6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d'";
  const auto first = CreateCentre(world_.Lead(), with_id);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(CreateCentre(world_.Lead(), with_id)->SerializeAsString(), first->SerializeAsString());
}

TEST_F(CentresTest, IdsHaveTheirShape) {
  for (const char* id : {"Swale", "1st", "-a", "a-", "a_b", "a b", "-", "é"}) {
    EXPECT_THAT(FieldsOf(CreateCentre(world_.Lead(),
                                      absl::StrCat("centre_id: '", id, "' centre { display_name: 'S' }"))
                             .status()),
                ElementsAre("centre_id"))
        << id;
  }
}

TEST_F(CentresTest, OnlyTheLeadAdministratorMakesThem) {
  for (const Client& client : {world_.As(kDover, common::v1::ROLE_CENTRE_ADMIN),
                               world_.As(kAshford, common::v1::ROLE_CENTRE_ADMIN)}) {
    EXPECT_EQ(Outline(CreateCentre(client, "centre_id: 'swale' centre { display_name: 'S' }")), kDenied);
  }
}

TEST_F(CentresTest, EachIsItsOwnAdministratorsAndTheLeads) {
  const std::string dover = "centre { name: 'centres/dover' display_name: 'Dover and Deal' }";
  EXPECT_EQ(UpdateCentre(world_.As(kDover, common::v1::ROLE_CENTRE_ADMIN), dover)->display_name(),
            "Dover and Deal");
  EXPECT_TRUE(UpdateCentre(world_.Lead(), dover).ok());
  EXPECT_EQ(Outline(UpdateCentre(world_.As(kThanet, common::v1::ROLE_CENTRE_ADMIN), dover)), kDenied);
  EXPECT_EQ(Outline(UpdateCentre(world_.Manager(kDover), dover)), kDenied);
  EXPECT_EQ(Outline(UpdateCentre(world_.Lead(), "centre { name: 'centres/none' display_name: 'N' }")),
            kNotFound);
}

TEST_F(CentresTest, UpdatesAreGuardedCheckedAndMasked) {
  const auto before = GetCentre(world_.Lead(), kDover);
  EXPECT_THAT(FieldsOf(UpdateCentre(world_.Lead(),
                                    "update_mask { paths: 'display_name' paths: 'districts' } "
                                    "centre { name: 'centres/dover' districts: 'districts/E06000035' "
                                    "districts: 'districts/outside' districts: 'x' }")
                           .status()),
              ElementsAre("centre.display_name", "centre.districts[0]", "centre.districts[1]",
                          "centre.districts[2]"));
  world_.clock.Advance(absl::Hours(1));
  const auto changed = UpdateCentre(
      world_.Lead(),
      absl::StrCat(
          "update_mask { paths: 'districts' } centre { name: 'centres/dover' display_name: 'No' lead: true "
          "districts: 'districts/E07000108' etag: '",
          before->etag(), "' }"));
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->display_name(), before->display_name());
  EXPECT_FALSE(changed->lead());
  EXPECT_EQ(changed->update_time().seconds(), before->update_time().seconds() + 3600);
  EXPECT_EQ(Outline(UpdateCentre(world_.Lead(),
                                 absl::StrCat("centre { name: 'centres/dover' display_name: 'D' etag: '",
                                              before->etag(), "' }"))),
            "ABORTED ETAG_MISMATCH");
  EXPECT_TRUE(
      UpdateCentre(world_.Lead(), "validate_only: true centre { name: 'centres/dover' display_name: 'D' }")
          .ok());
  EXPECT_EQ(GetCentre(world_.Lead(), kDover)->display_name(), before->display_name());
}

TEST_F(CentresTest, EveryoneReadsThem) {
  const auto list = [&](const std::string& request) {
    std::vector<std::string> names;
    const auto page = world_.As(kThanet, common::v1::ROLE_READER)
                          .Call(&Centres::ListCentres, Parse<v1::ListCentresRequest>(request));
    EXPECT_TRUE(page.ok()) << page.status();
    for (const auto& centre : page->centres()) names.push_back(centre.name());
    names.push_back(page->next_page_token());
    return names;
  };
  EXPECT_THAT(list(""), ElementsAre(kAshford, kDover, kThanet, ""));
  const auto first = list("page_size: 2");
  ASSERT_EQ(first.size(), 3u);
  EXPECT_THAT(list(absl::StrCat("page_token: '", first.back(), "'")), ElementsAre(kThanet, ""));
  EXPECT_TRUE(GetCentre(world_.As(kThanet, common::v1::ROLE_READER), kDover).ok());
  EXPECT_EQ(Outline(GetCentre(world_.Lead(), "centres/none")), kNotFound);
  EXPECT_EQ(Outline(GetCentre(world_.Lead(), "centres/-")), kNotFound);
}

}  // namespace
}  // namespace brokerage::registry

// What the watches of centres and of credentials tell.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/rpc/credentials.h"
#include "tests/services/registry/watcher.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using ::testing::ElementsAre;

TEST(WatchCredentials, TellsWhatAServiceNeedsToLetCallersIn) {
  World world;
  CredentialWatcher watcher(world, world.service_token());
  EXPECT_EQ(watcher.ReadSnapshot().size(), 2u);
  const auto made =
      CreateCredential(world.Lead(), kDover,
                       "display_name: 'Telltale' role: ROLE_READER scopes: 'organisations.read' "
                       "expire_time { seconds: 1900000000 }");
  const auto told = watcher.ReadItem();
  EXPECT_THAT(told,
              Holds("credential { centre: 'centres/dover' role: ROLE_READER scopes: 'organisations.read' "
                    "expire_time { seconds: 1900000000 } state: STATE_ACTIVE }"));
  EXPECT_EQ(told.credential().name(), made->name());
  EXPECT_EQ(told.credential().secret_hash(), rpc::HashToken(made->secret()));
  EXPECT_THAT(told.SerializeAsString(), ::testing::Not(::testing::HasSubstr("Telltale")));
  EXPECT_THAT(told.SerializeAsString(), ::testing::Not(::testing::HasSubstr(made->secret())));
  v1::RevokeCredentialRequest revoke;
  revoke.set_name(made->name());
  ASSERT_TRUE(world.Lead().Call(&Centres::RevokeCredential, revoke).ok());
  EXPECT_THAT(watcher.ReadItem(), Holds("credential { state: STATE_REVOKED }"));
  ASSERT_TRUE(Create(world.Lead(), kCharity).ok());  // organisations are not its matter
  ASSERT_TRUE(CreateCredential(world.Lead(), kDover, "display_name: 'B' role: ROLE_READER").ok());
  EXPECT_THAT(watcher.ReadItem(), Holds("credential { role: ROLE_READER state: STATE_ACTIVE }"));
}

TEST(WatchCentres, ASnapshotThenChanges) {
  World world;
  CentreWatcher watcher(world, world.service_token());
  EXPECT_THAT(watcher.ReadSnapshot(), ElementsAre(kAshford, kDover, kThanet));
  ASSERT_TRUE(Create(world.Lead(), kCharity).ok());  // organisations are not its matter
  v1::CreateCentreRequest create;
  create.set_centre_id("swale");
  create.mutable_centre()->set_display_name("Swale");
  ASSERT_TRUE(world.Lead().Call(&Centres::CreateCentre, create).ok());
  EXPECT_THAT(watcher.ReadItem(), Holds("centre { name: 'centres/swale' display_name: 'Swale' }"));
  const std::string revision = watcher.last_revision();
  v1::UpdateCentreRequest update;
  update.mutable_centre()->set_name("centres/swale");
  update.mutable_centre()->set_display_name("Sheppey");
  ASSERT_TRUE(world.Lead().Call(&Centres::UpdateCentre, update).ok());
  EXPECT_THAT(watcher.ReadItem(), Holds("centre { display_name: 'Sheppey' }"));
  CentreWatcher resumed(world, world.service_token(), revision);
  EXPECT_EQ(resumed.ReadWord(), "centres/swale");
  CentreWatcher refused(world, world.lead_token());
  EXPECT_EQ(Outline(refused.Finish()), "PERMISSION_DENIED PERMISSION_DENIED");
}

}  // namespace
}  // namespace brokerage::registry

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <thread>

#include "brokerage/storage/v1/record.pb.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kReader[] = "display_name: 'Front desk' role: ROLE_READER";
constexpr char kLeadAdmin[] = "display_name: 'Second' role: ROLE_LEAD_ADMIN";
constexpr char kId[] = "request_id: '6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d'";

class CredentialsTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::ListCredentialsResponse> ListCredentials(const Client& client,
                                                              const std::string& request) {
    return client.Call(&Centres::ListCredentials, Parse<v1::ListCredentialsRequest>(request));
  }
  absl::StatusOr<v1::Credential> Revoke(const Client& client, const std::string& name,
                                        const std::string& request = "") {
    auto message = Parse<v1::RevokeCredentialRequest>(request);
    message.set_name(name);
    return client.Call(&Centres::RevokeCredential, message);
  }
  // Whether the bearer of `token` is let in.
  std::string Enter(const std::string& token) { return Outline(List(world_.WithToken(token), "")); }

  std::string LeadName() {
    const auto list = ListCredentials(world_.Lead(), "parent: 'centres/ashford'");
    EXPECT_TRUE(list.ok()) << list.status();
    for (const auto& credential : list->credentials()) {
      if (credential.role() == common::v1::ROLE_LEAD_ADMIN) return credential.name();
    }
    return "";
  }

  World world_;
};

TEST_F(CredentialsTest, TheSecretIsInTheFirstAnswerAndNowhereElse) {
  const auto made = CreateCredential(world_.Lead(), kDover, kReader);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(made->name(), ::testing::MatchesRegex("centres/dover/credentials/[a-v][0-9a-v]{25}"));
  EXPECT_THAT(*made, Holds("role: ROLE_READER state: STATE_ACTIVE create_time { seconds: 1781517600 }"));
  EXPECT_EQ(Enter(made->secret()), "OK");
  const auto list = ListCredentials(world_.Lead(), "parent: 'centres/dover'");
  ASSERT_TRUE(list.ok());
  EXPECT_THAT(list->SerializeAsString(), Not(HasSubstr(made->secret())));
  // Not in the store either, in whatever record.
  const auto read = world_.store().Snapshot("", [&](const storage::EntryView& entry) {
    EXPECT_THAT(std::string(entry.value), Not(HasSubstr(made->secret()))) << entry.key;
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok());
}

TEST_F(CredentialsTest, ARetryShowsNoSecretAndNamesTheCredential) {
  const auto made = CreateCredential(world_.Lead(), kDover, kReader, kId);
  ASSERT_TRUE(made.ok());
  const auto retry = CreateCredential(world_.Lead(), kDover, kReader, kId);
  EXPECT_EQ(Outline(retry), "FAILED_PRECONDITION SECRET_ALREADY_SHOWN");
  std::string details;
  for (const auto& [type, bytes] : base::DetailsOf(retry.status())) details += bytes;
  EXPECT_THAT(details, HasSubstr(made->name()));
  EXPECT_THAT(details, Not(HasSubstr(made->secret())));
  EXPECT_EQ(ListCredentials(world_.Lead(), "parent: 'centres/dover'")->credentials_size(), 1);
  EXPECT_EQ(Outline(CreateCredential(world_.Lead(), kDover, "display_name: 'Other' role: ROLE_READER", kId)),
            "INVALID_ARGUMENT REQUEST_ID_REUSED");
}

TEST_F(CredentialsTest, ARetryAfterTheExpiryIsStillARetry) {
  const std::string brief = absl::StrCat(kReader, " expire_time { seconds: 1781521200 }");
  ASSERT_TRUE(CreateCredential(world_.Lead(), kDover, brief, kId).ok());
  world_.clock.Advance(absl::Hours(1));
  EXPECT_EQ(Outline(CreateCredential(world_.Lead(), kDover, brief, kId)),
            "FAILED_PRECONDITION SECRET_ALREADY_SHOWN");
  EXPECT_THAT(FieldsOf(CreateCredential(world_.Lead(), kDover, brief).status()),
              ElementsAre("credential.expire_time"));
  EXPECT_THAT(FieldsOf(CreateCredential(world_.Lead(), kDover, "role: ROLE_READER expire_time {}").status()),
              ElementsAre("credential.display_name", "credential.expire_time"));
}

TEST_F(CredentialsTest, FieldsAreChecked) {
  const struct {
    const char* credential;
    std::vector<std::string> faults;
  } kTable[] = {
      {"display_name: 'A'", {"credential.role"}},
      {"role: ROLE_READER", {"credential.display_name"}},
      {"display_name: 'A' role: ROLE_PUBLIC", {"credential.role"}},
      {"display_name: 'A' role: 77", {"credential.role"}},
      {"display_name: 'A' role: ROLE_READER scopes: 'organisations.read' scopes: 'everything'",
       {"credential.scopes[1]"}},
      {"display_name: 'A' role: ROLE_READER scopes: 'volunteers.read'", {}},  // of the other service
      {"display_name: 'A' role: ROLE_READER expire_time { seconds: 1781517600 }", {"credential.expire_time"}},
      {"display_name: 'A' role: ROLE_READER expire_time { seconds: 1781517601 }", {}},
  };
  for (const auto& row : kTable) {
    const auto answer = CreateCredential(world_.Lead(), kDover, row.credential, "validate_only: true");
    EXPECT_EQ(FieldsOf(answer.status()), row.faults) << row.credential;
    if (row.faults.empty()) {
      EXPECT_EQ(answer->name() + answer->secret() + answer->etag(), "") << "nothing was made";
    }
  }
  EXPECT_EQ(ListCredentials(world_.Lead(), "parent: 'centres/dover'")->credentials_size(), 0);
  EXPECT_THAT(FieldsOf(CreateCredential(world_.Lead(), "centres/-", kReader).status()),
              ElementsAre("parent"));
  EXPECT_EQ(Outline(CreateCredential(world_.Lead(), "centres/none", kReader)), kNotFound);
}

TEST_F(CredentialsTest, NobodyGivesMoreThanItHas) {
  const Client admin = world_.As(kDover, common::v1::ROLE_CENTRE_ADMIN);
  EXPECT_TRUE(CreateCredential(admin, kDover, "display_name: 'A' role: ROLE_CENTRE_ADMIN").ok());
  EXPECT_EQ(Outline(CreateCredential(admin, kDover, kLeadAdmin)), kDenied);
  EXPECT_EQ(Outline(CreateCredential(admin, kDover, "display_name: 'A' role: ROLE_SERVICE")), kDenied);
  EXPECT_EQ(Outline(CreateCredential(admin, kThanet, kReader)), kDenied);
  EXPECT_EQ(Outline(CreateCredential(world_.Manager(kDover), kDover, kReader)), kDenied);
  EXPECT_EQ(Outline(CreateCredential(world_.Lead(), kDover, kLeadAdmin)), kDenied)
      << "only the lead centre has one";
  EXPECT_TRUE(CreateCredential(world_.Lead(), kAshford, kLeadAdmin).ok());
  EXPECT_EQ(
      Outline(CreateCredential(world_.As(kAshford, common::v1::ROLE_CENTRE_ADMIN), kAshford, kLeadAdmin)),
      kDenied);
  const Client limited =
      world_.As(kDover, common::v1::ROLE_CENTRE_ADMIN, {"credentials.write", "organisations.read"});
  EXPECT_EQ(Outline(CreateCredential(limited, kDover, kReader)), kDenied) << "without limits is more";
  EXPECT_TRUE(CreateCredential(limited, kDover, absl::StrCat(kReader, " scopes: 'organisations.read'")).ok());
}

TEST_F(CredentialsTest, OneThatExpiresMakesNoneThatOutlivesIt) {
  const auto made = CreateCredential(
      world_.Lead(), kDover, "display_name: 'A' role: ROLE_CENTRE_ADMIN expire_time { seconds: 1781521200 }");
  ASSERT_TRUE(made.ok()) << made.status();
  const Client brief = world_.WithToken(made->secret());
  const auto forever = CreateCredential(brief, kDover, kReader);
  EXPECT_EQ(Outline(forever), kDenied);
  EXPECT_THAT(std::string(forever.status().message()), HasSubstr("2026-06-15T11:00:00+00:00"));
  EXPECT_EQ(Outline(CreateCredential(brief, kDover,
                                     absl::StrCat(kReader, " expire_time { seconds: 1781521200 nanos: 1 }"))),
            kDenied);
  EXPECT_EQ(
      Outline(CreateCredential(brief, kDover, absl::StrCat(kReader, " expire_time { seconds: 1781521200 }"))),
      "OK");
}

TEST_F(CredentialsTest, ScopesAndExpiryHoldForTheNewCredential) {
  const auto made = CreateCredential(world_.Lead(), kDover,
                                     "display_name: 'A' role: ROLE_CENTRE_ADMIN scopes: 'organisations.read' "
                                     "expire_time { seconds: 1781521200 }");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(Enter(made->secret()), "OK");
  EXPECT_EQ(Outline(Create(world_.WithToken(made->secret()), kCharity)), "PERMISSION_DENIED SCOPE_MISSING");
  world_.clock.Advance(absl::Hours(1));
  EXPECT_EQ(Enter(made->secret()), kBadCredential);
}

TEST_F(CredentialsTest, CentresSeeTheirOwn) {
  const auto dovers = CreateCredential(world_.Lead(), kDover, kReader);
  const Client thanet = world_.As(kThanet, common::v1::ROLE_CENTRE_ADMIN);
  EXPECT_EQ(Outline(ListCredentials(thanet, "parent: 'centres/dover'")), kDenied);
  EXPECT_EQ(Outline(ListCredentials(thanet, "parent: 'centres/-'")), kDenied);
  EXPECT_EQ(Outline(ListCredentials(thanet, "parent: 'centres/none'")), kDenied)
      << "who may not ask learns nothing";
  EXPECT_EQ(Outline(ListCredentials(world_.Lead(), "parent: 'centres/none'")), kNotFound);
  EXPECT_EQ(Outline(Revoke(thanet, dovers->name())), kNotFound);
  EXPECT_EQ(Outline(Revoke(thanet, "centres/dover/credentials/none")), kNotFound);
  EXPECT_EQ(Enter(dovers->secret()), "OK");
  const auto own = ListCredentials(thanet, "parent: 'centres/thanet'");
  ASSERT_TRUE(own.ok());
  EXPECT_EQ(own->credentials_size(), 1);
  EXPECT_EQ(ListCredentials(world_.Lead(), "parent: 'centres/-'")->credentials_size(), 4);
}

TEST_F(CredentialsTest, ListsPage) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(CreateCredential(world_.Lead(), kDover, kReader).ok());
  std::set<std::string> names;
  std::string token;
  int pages = 0;
  do {
    const auto page = ListCredentials(
        world_.Lead(), absl::StrCat("parent: 'centres/dover' page_size: 2 page_token: '", token, "'"));
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& credential : page->credentials()) names.insert(credential.name());
    token = page->next_page_token();
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(names.size(), 5u);
  EXPECT_EQ(pages, 3);
}

TEST_F(CredentialsTest, ARevocationHoldsAtOnceAndForGood) {
  const auto made = CreateCredential(world_.Lead(), kDover, kReader);
  const auto revoked = Revoke(world_.As(kDover, common::v1::ROLE_CENTRE_ADMIN), made->name(), kId);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_THAT(*revoked, Holds("state: STATE_REVOKED revoke_time { seconds: 1781517600 }"));
  EXPECT_EQ(Enter(made->secret()), kBadCredential);
  const auto retry = Revoke(world_.As(kDover, common::v1::ROLE_CENTRE_ADMIN), made->name(), kId);
  ASSERT_TRUE(retry.ok());
  EXPECT_EQ(retry->SerializeAsString(), revoked->SerializeAsString());
  const auto again = Revoke(world_.Lead(), made->name());
  EXPECT_EQ(Outline(again), "FAILED_PRECONDITION STATE_NOT_ALLOWED");
  EXPECT_EQ(Outline(Revoke(world_.Lead(), made->name(), "etag: '1-1'")), "ABORTED ETAG_MISMATCH");
  EXPECT_THAT(std::string(again.status().message()), HasSubstr("it is from ACTIVE."));
}

TEST_F(CredentialsTest, RevokingIsGuarded) {
  const auto made = CreateCredential(world_.Lead(), kDover, kReader);
  EXPECT_EQ(Outline(Revoke(world_.Lead(), made->name(), "etag: '1-1'")), "ABORTED ETAG_MISMATCH");
  EXPECT_EQ(Enter(made->secret()), "OK");
  EXPECT_TRUE(Revoke(world_.Lead(), made->name(), absl::StrCat("etag: '", made->etag(), "'")).ok());
  EXPECT_EQ(Outline(Revoke(world_.Lead(), "centres/dover/credentials/none")), kNotFound);
}

TEST_F(CredentialsTest, WhoMayNotGiveARoleMayNotTakeIt) {
  EXPECT_EQ(Outline(Revoke(world_.As(kAshford, common::v1::ROLE_CENTRE_ADMIN), LeadName())), kDenied);
}

TEST_F(CredentialsTest, TheLastLeadAdministratorStays) {
  const std::string first = LeadName();
  EXPECT_EQ(Outline(Revoke(world_.Lead(), first)), "FAILED_PRECONDITION LAST_LEAD_ADMIN");
  // Neither one that will have expired nor one with limits could stand in.
  const auto expiring = CreateCredential(world_.Lead(), kAshford,
                                         absl::StrCat(kLeadAdmin, " expire_time { seconds: 1781521200 }"));
  ASSERT_TRUE(
      CreateCredential(world_.Lead(), kAshford, absl::StrCat(kLeadAdmin, " scopes: 'status.read'")).ok());
  world_.clock.Advance(absl::Hours(1));
  EXPECT_EQ(Outline(Revoke(world_.Lead(), first)), "FAILED_PRECONDITION LAST_LEAD_ADMIN");
  EXPECT_TRUE(Revoke(world_.Lead(), expiring->name()).ok()) << "it lets nobody in any more";
  const auto second = CreateCredential(world_.Lead(), kAshford, kLeadAdmin);
  EXPECT_TRUE(Revoke(world_.Lead(), first).ok());
  EXPECT_EQ(Enter(world_.lead_token()), kBadCredential);
  EXPECT_EQ(Outline(Revoke(world_.WithToken(second->secret()), second->name())),
            "FAILED_PRECONDITION LAST_LEAD_ADMIN");
}

TEST_F(CredentialsTest, TwoLeadAdministratorsCannotRevokeEachOtherAtOnce) {
  for (int round = 0; round < 10; ++round) {
    World world;
    const auto second = CreateCredential(world.Lead(), kAshford, kLeadAdmin);
    ASSERT_TRUE(second.ok());
    v1::ListCredentialsRequest list;
    list.set_parent(kAshford);
    std::string first_name;
    const auto listed = world.Lead().Call(&Centres::ListCredentials, list);
    for (const auto& credential : listed->credentials()) {
      if (credential.role() == common::v1::ROLE_LEAD_ADMIN && credential.name() != second->name())
        first_name = credential.name();
    }
    const auto revoke = [](const Client& client, const std::string& name) {
      v1::RevokeCredentialRequest request;
      request.set_name(name);
      return client.Call(&Centres::RevokeCredential, request);
    };
    bool first_gone = false;
    bool second_gone = false;
    std::thread other([&] { first_gone = revoke(world.WithToken(second->secret()), first_name).ok(); });
    second_gone = revoke(world.Lead(), second->name()).ok();
    other.join();
    EXPECT_FALSE(first_gone && second_gone);
    EXPECT_TRUE(first_gone || second_gone);
  }
}

TEST_F(CredentialsTest, ACallerLearnsWhatItsCredentialSays) {
  const auto caller = [&](const Client& client) {
    return client.Call(&Centres::GetCaller, v1::GetCallerRequest());
  };
  const auto made = CreateCredential(world_.Lead(), kDover,
                                     "display_name: 'Website' role: ROLE_CASEWORKER "
                                     "scopes: 'centres.read' scopes: 'volunteers.read' "
                                     "expire_time { seconds: 1781521200 }");
  ASSERT_TRUE(made.ok()) << made.status();
  const auto answer = caller(world_.WithToken(made->secret()));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(*answer, Holds("display_name: 'Website' centre: 'centres/dover' role: ROLE_CASEWORKER "
                             "scopes: 'centres.read' scopes: 'volunteers.read' "
                             "expire_time { seconds: 1781521200 }"));
  EXPECT_EQ(answer->credential(), made->name());
  EXPECT_FALSE(answer->centre_display_name().empty());
  EXPECT_EQ(caller(world_.Lead())->credential(), LeadName());

  ASSERT_TRUE(Revoke(world_.Lead(), made->name()).ok());
  EXPECT_EQ(Outline(caller(world_.WithToken(made->secret()))), "UNAUTHENTICATED CREDENTIAL_INVALID");
}

}  // namespace
}  // namespace brokerage::registry

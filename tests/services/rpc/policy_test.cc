#include "services/rpc/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "services/rpc/methods.h"
#include "services/rpc/scopes.h"
#include "tests/services/rpc/test_call.h"
#include "tests/support/contract.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using common::v1::Role;
using support::Outline;

constexpr char kDenied[] = "PERMISSION_DENIED PERMISSION_DENIED";
constexpr Role kPeople[] = {common::v1::ROLE_READER, common::v1::ROLE_CASEWORKER, common::v1::ROLE_MANAGER,
                            common::v1::ROLE_CENTRE_ADMIN, common::v1::ROLE_LEAD_ADMIN};

MethodInfo MethodFor(Role minimum, bool service = false, const std::string& scope = "things.read") {
  MethodInfo method{"test.Service/Method", "test.Service", "Method", {}, nullptr};
  method.access.set_minimum_role(minimum);
  method.access.set_service(service);
  method.access.set_scope(scope);
  return method;
}

std::string MayCall(const MethodInfo& method, const Caller& caller) {
  return Outline(Policy::MayCall(method, caller));
}

TEST(MayCall, ARoleMayWhatLowerRolesMay) {
  for (const Role minimum : kPeople) {
    for (const Role role : kPeople) {
      EXPECT_EQ(MayCall(MethodFor(minimum), CallerOf("centres/a", role)), role >= minimum ? "OK" : kDenied)
          << Role_Name(minimum) << " " << Role_Name(role);
    }
  }
}

TEST(MayCall, ServicesOnlyWhatIsTheirs) {
  const Caller service = CallerOf("centres/a", common::v1::ROLE_SERVICE);
  for (const Role minimum : kPeople) {
    EXPECT_EQ(MayCall(MethodFor(minimum), service), kDenied);
    EXPECT_EQ(MayCall(MethodFor(minimum, true), service), "OK");
    EXPECT_EQ(MayCall(MethodFor(common::v1::ROLE_SERVICE), CallerOf("centres/a", minimum)), kDenied);
  }
  EXPECT_EQ(MayCall(MethodFor(common::v1::ROLE_SERVICE), service), "OK");
}

TEST(MayCall, ThePublicIsAskedForACredential) {
  EXPECT_EQ(MayCall(MethodFor(common::v1::ROLE_READER), Caller()), "UNAUTHENTICATED CREDENTIAL_MISSING");
  EXPECT_EQ(MayCall(MethodFor(common::v1::ROLE_SERVICE), Caller()), "UNAUTHENTICATED CREDENTIAL_MISSING");
  EXPECT_EQ(MayCall(MethodFor(common::v1::ROLE_PUBLIC), Caller()), "OK");
}

TEST(MayCall, ScopesLimit) {
  const MethodInfo method = MethodFor(common::v1::ROLE_READER);
  const auto with = [](std::vector<std::string> scopes) {
    return CallerOf("centres/a", common::v1::ROLE_LEAD_ADMIN, std::move(scopes));
  };
  EXPECT_EQ(MayCall(method, with({})), "OK");
  EXPECT_EQ(MayCall(method, with({"things.write", "things.read"})), "OK");
  EXPECT_EQ(MayCall(method, with({"things.write"})), "PERMISSION_DENIED SCOPE_MISSING");
  EXPECT_EQ(MayCall(method, with({"things.rea"})), "PERMISSION_DENIED SCOPE_MISSING");
}

TEST(ActFor, IsTheCallersCentre) {
  const Caller manager = CallerOf("centres/a", common::v1::ROLE_MANAGER);
  const auto own = Policy::ActFor(manager, "centres/a");
  ASSERT_TRUE(own.ok());
  EXPECT_EQ(own->centre, "centres/a");
  EXPECT_FALSE(own->all);
  EXPECT_EQ(Outline(Policy::ActFor(manager, "centres/b")), kDenied);
  EXPECT_EQ(Outline(Policy::ActFor(manager, "centres/-")), kDenied);
  for (const char* malformed :
       {"", "centres", "centres/", "centres/a/", "organisations/a", "a", "centres/a b"}) {
    EXPECT_EQ(Outline(Policy::ActFor(manager, malformed)), "INVALID_ARGUMENT INVALID_FIELDS") << malformed;
  }
}

TEST(ActFor, TheLeadAdministratorActsForAnyOrAll) {
  const Caller lead = CallerOf("centres/a", common::v1::ROLE_LEAD_ADMIN);
  const auto other = Policy::ActFor(lead, "centres/b");
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(other->centre, "centres/b");
  EXPECT_FALSE(other->all);
  const auto all = Policy::ActFor(lead, "centres/-");
  ASSERT_TRUE(all.ok());
  EXPECT_TRUE(all->all);
  EXPECT_TRUE(Policy::ActAs(lead).all);
  EXPECT_EQ(Policy::ActAs(CallerOf("centres/b", common::v1::ROLE_CENTRE_ADMIN)).centre, "centres/b");
  EXPECT_FALSE(Policy::ActAs(CallerOf("centres/b", common::v1::ROLE_CENTRE_ADMIN)).all);
}

TEST(MayWrite, IsTheOwnCentresAndTheLeads) {
  EXPECT_TRUE(Policy::MayWrite(CallerOf("centres/a", common::v1::ROLE_CASEWORKER), "centres/a"));
  EXPECT_FALSE(Policy::MayWrite(CallerOf("centres/a", common::v1::ROLE_CENTRE_ADMIN), "centres/b"));
  EXPECT_TRUE(Policy::MayWrite(CallerOf("centres/a", common::v1::ROLE_LEAD_ADMIN), "centres/b"));
}

TEST(MayGrant, NeverMoreThanTheCallerHas) {
  const auto grant = [](const Caller& caller, Role role, const std::vector<std::string>& scopes,
                        const std::string& centre,
                        bool lead) { return Outline(Policy::MayGrant(caller, role, scopes, centre, lead)); };
  const Caller lead = CallerOf("centres/a", common::v1::ROLE_LEAD_ADMIN);
  const Caller admin = CallerOf("centres/b", common::v1::ROLE_CENTRE_ADMIN);
  const Caller lead_centre_admin = CallerOf("centres/a", common::v1::ROLE_CENTRE_ADMIN);
  for (const Role role : kPeople) {
    const bool lead_only = role == common::v1::ROLE_LEAD_ADMIN;
    EXPECT_EQ(grant(lead, role, {}, "centres/a", true), "OK") << Role_Name(role);
    EXPECT_EQ(grant(lead, role, {}, "centres/b", false), lead_only ? kDenied : "OK") << Role_Name(role);
    EXPECT_EQ(grant(admin, role, {}, "centres/b", false), lead_only ? kDenied : "OK") << Role_Name(role);
    EXPECT_EQ(grant(admin, role, {}, "centres/c", false), kDenied) << Role_Name(role);
    EXPECT_EQ(grant(lead_centre_admin, role, {}, "centres/a", true), lead_only ? kDenied : "OK");
  }
  EXPECT_EQ(grant(lead, common::v1::ROLE_SERVICE, {}, "centres/a", true), "OK");
  EXPECT_EQ(grant(lead, common::v1::ROLE_SERVICE, {}, "centres/b", false), kDenied);
  EXPECT_EQ(grant(admin, common::v1::ROLE_SERVICE, {}, "centres/b", false), kDenied);

  const Caller limited =
      CallerOf("centres/b", common::v1::ROLE_CENTRE_ADMIN, {"credentials.write", "centres.read"});
  EXPECT_EQ(grant(limited, common::v1::ROLE_READER, {"centres.read"}, "centres/b", false), "OK");
  EXPECT_EQ(grant(limited, common::v1::ROLE_READER, {}, "centres/b", false), kDenied);
  EXPECT_EQ(grant(limited, common::v1::ROLE_READER, {"centres.read", "admin"}, "centres/b", false), kDenied);
}

TEST(Methods, EveryMethodDeclaresWhoMayCallIt) {
  std::vector<std::string> anybodys;
  for (const auto& services : {support::MatchingServices(), support::RegistryServices()}) {
    const auto table = MethodTable::Build(services);
    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_EQ(table->methods().size(), support::MethodsOf(services).size());
    for (const auto& method : table->methods()) {
      const bool anybody = method->access.minimum_role() == common::v1::ROLE_PUBLIC;
      if (anybody) anybodys.push_back(method->full_name);
      EXPECT_EQ(method->access.scope().empty(), anybody) << method->full_name;
      EXPECT_EQ(table->FindByRequest(method->descriptor->input_type()), method.get());
    }
  }
  EXPECT_THAT(anybodys,
              ::testing::ElementsAre("brokerage.matching.v1.OpportunityService/SearchOpportunities"));
}

TEST(Methods, OneWithoutAPolicyIsRefused) {
  // grpc.health.v1 declares no access of ours.
  const auto* health =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName("grpc.health.v1.Health");
  ASSERT_NE(health, nullptr);
  const auto table = MethodTable::Build(std::vector{health});
  EXPECT_EQ(table.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(table.status().message()), ::testing::HasSubstr("grpc.health.v1.Health/Check"));
}

TEST(Methods, OneThatSharesItsRequestIsRefused) {
  const auto services = support::RegistryServices();
  EXPECT_EQ(MethodTable::Build(std::vector{services[0], services[0]}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(Scopes, AreThoseOfTheWholeContract) {
  std::set<std::string> declared;
  for (const auto* method : support::MethodsOf(support::AllServices())) {
    declared.insert(method->options().GetExtension(common::v1::access).scope());
  }
  declared.erase("");  // of what anybody may call
  EXPECT_EQ(KnownScopes(), declared);
  EXPECT_EQ(KnownScopes().count("organisations.read"), 1u);
  EXPECT_EQ(KnownScopes().count(""), 0u);
}

}  // namespace
}  // namespace brokerage::rpc

// Bad input of every field of every request, made from the table of limits and sent through the stubs.

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/text_format.h"

#include "base/limits.h"
#include "tests/services/registry/world.h"
#include "tests/support/any_method.h"
#include "tests/support/contract.h"
#include "tests/support/field_cases.h"

namespace brokerage::registry {
namespace {

using google::protobuf::Message;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::IsSupersetOf;

constexpr char kFullOrganisation[] = R"(
  display_name: "A" kind: KIND_UNCONSTITUTED_GROUP identifiers: "GB-CHC-1001778" accountable_body: "$BODY"
  income: 5 places { postcode: "TN23 1PL" } places { latitude: 51.1 longitude: 0.9 }
  districts_served: "districts/E07000105" causes: "causes/care"
  contact { person_name: "B" email: "b@example.org" phone: "01233 111" }
  website: "https://example.org" description: "D")";

// A good request of every method, by its name. $ORG, $BODY, $CENTRE and $CREDENTIAL exist.
const std::map<std::string, std::string>& GoodRequests() {
  static const auto& requests = *new std::map<std::string, std::string>{
      {"CreateOrganisation", absl::StrCat("validate_only: true organisation { ", kFullOrganisation, "}")},
      {"GetOrganisation", "name: '$ORG'"},
      {"UpdateOrganisation",
       absl::StrCat("validate_only: true update_mask { paths: '*' } organisation { name: '$ORG' ",
                    kFullOrganisation, "}")},
      {"ListOrganisations", ""},
      {"DeleteOrganisation", "name: '$ORG'"},
      {"UndeleteOrganisation", "name: '$DELETED'"},
      {"RecordVerification", "name: '$ORG' stage: STAGE_VISITED evidence: 'E'"},
      {"SuspendOrganisation", "name: '$ORG' reason: 'R'"},
      {"ReinstateOrganisation", "name: '$SUSPENDED'"},
      {"WatchOrganisations", ""},
      {"CreateCentre",
       "validate_only: true centre_id: 'swale' centre { display_name: 'S' districts: 'districts/E07000113' "
       "}"},
      {"GetCentre", "name: '$CENTRE'"},
      {"UpdateCentre",
       "validate_only: true update_mask { paths: '*' } centre { name: '$CENTRE' display_name: 'S' "
       "districts: 'districts/E07000113' }"},
      {"ListCentres", ""},
      {"CreateCredential",
       "validate_only: true parent: '$CENTRE' credential { display_name: 'C' role: ROLE_READER "
       "scopes: 'centres.read' expire_time { seconds: 1900000000 } }"},
      {"ListCredentials", "parent: '$CENTRE'"},
      {"RevokeCredential", "name: '$CREDENTIAL'"},
      {"GetCaller", ""},
      {"WatchCentres", ""},
      {"WatchCredentials", ""},
      {"ListDistricts", ""},
      {"ListSkills", ""},
      {"ListCauses", ""},
      {"ResolveTerm", "term: 'first aid' kinds: TERM_KIND_SKILL"},
      {"ResolvePlace", "postcode: 'TN23 1PL'"},
      {"CreateBackup", "backup_id: 'b'"},
      {"GetStatus", ""},
  };
  return requests;
}

// Texts of which not every one that keeps the limit is good: their meaning is tested where it is defined.
const std::set<std::string>& Meaningful() {
  static const auto& fields = *new std::set<std::string>{
      "name",  "parent",  "centre", "etag",     "accountable_body", "postcode",  "email",
      "phone", "website", "filter", "order_by", "page_token",       "request_id"};
  return fields;
}

std::string LastStep(const std::string& path) { return path.substr(path.rfind('.') + 1); }

class BadInputTest : public ::testing::Test {
 protected:
  // What a method answers, and whether it may be called again with the same request.
  support::AnyAnswer Call(const google::protobuf::MethodDescriptor& method, const Message& request) {
    const bool for_service =
        method.options().GetExtension(common::v1::access).minimum_role() == common::v1::ROLE_SERVICE;
    const std::string& token = for_service ? world_.service_token() : world_.lead_token();
    auto answer = support::CallAny(world_.channel(), method, request, {{"authorization", "Bearer " + token}});
    if (method.server_streaming() && absl::IsCancelled(answer.status) && !answer.responses.empty()) {
      answer.status = absl::OkStatus();  // it was served until the test had enough
    }
    return answer;
  }

  // Fresh resources each time, so that a method may be called again and again.
  std::unique_ptr<Message> GoodRequest(const google::protobuf::MethodDescriptor& method) {
    std::string text = GoodRequests().at(method.name());
    const auto fill = [&](const char* variable, const std::function<std::string()>& make) {
      if (absl::StrContains(text, variable)) text = absl::StrReplaceAll(text, {{variable, make()}});
    };
    fill("$ORG", [&] { return MakeOrganisation(world_, kDover); });
    fill("$BODY", [&] { return MakeOrganisation(world_, kDover); });
    fill("$DELETED", [&] { return MakeOrganisation(world_, kDover, v1::Organisation::STATE_DELETED); });
    fill("$SUSPENDED", [&] { return MakeOrganisation(world_, kDover, v1::Organisation::STATE_SUSPENDED); });
    fill("$CREDENTIAL", [&] {
      return CreateCredential(world_.Lead(), kDover, "display_name: 'C' role: ROLE_READER")->name();
    });
    fill("$CENTRE", [&] { return std::string(kDover); });
    if (method.name() == "CreateBackup") text = absl::StrCat("backup_id: 'b", backups_++, "'");
    auto request = support::NewMessage(method.input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get())) << text;
    return request;
  }

  World world_;
  int backups_ = 0;
};

TEST_F(BadInputTest, TheGoodRequestsAreGoodAndOfEveryMethod) {
  for (const auto* method : support::MethodsOf(support::RegistryServices())) {
    ASSERT_EQ(GoodRequests().count(method->name()), 1u) << method->name();
    EXPECT_EQ(Outline(Call(*method, *GoodRequest(*method)).status), "OK") << method->name();
  }
}

TEST_F(BadInputTest, WhatKeepsALimitIsTaken) {
  int tried = 0;
  for (const auto* method : support::MethodsOf(support::RegistryServices())) {
    for (const auto& field_case : support::FieldCases(method->input_type())) {
      if (!field_case.good || Meaningful().count(LastStep(field_case.path)) > 0) continue;
      // A backup's name becomes a file's; the same one twice is not good for another reason.
      const auto request = GoodRequest(*method);
      field_case.apply(*request);
      const auto answer = Call(*method, *request);
      const auto faults = FieldsOf(answer.status);
      EXPECT_EQ(std::count(faults.begin(), faults.end(), field_case.path), 0)
          << method->name() << " " << field_case.path << " " << field_case.what << ": " << answer.status;
      if (field_case.plain) {
        EXPECT_EQ(Outline(answer.status), "OK")
            << method->name() << " " << field_case.path << " " << field_case.what;
      }
      ++tried;
    }
  }
  EXPECT_GT(tried, 40);
}

TEST_F(BadInputTest, WhatIsBeyondALimitIsRefusedByItsName) {
  int tried = 0;
  for (const auto* method : support::MethodsOf(support::RegistryServices())) {
    for (const auto& field_case : support::FieldCases(method->input_type())) {
      if (field_case.good) continue;
      const auto request = GoodRequest(*method);
      field_case.apply(*request);
      const auto answer = Call(*method, *request);
      EXPECT_EQ(Outline(answer.status), kInvalid)
          << method->name() << " " << field_case.path << " " << field_case.what;
      EXPECT_THAT(FieldsOf(answer.status), Contains(field_case.path))
          << method->name() << " " << field_case.what << ": " << answer.status;
      ++tried;
    }
  }
  EXPECT_GT(tried, 150);
}

TEST_F(BadInputTest, AllFaultsAreNamedAtOnce) {
  for (const auto* method : support::MethodsOf(support::RegistryServices())) {
    // One fault of every field that can have one beside the others.
    const auto request = GoodRequest(*method);
    std::set<std::string> expected;
    for (const auto& field_case : support::FieldCases(method->input_type())) {
      const bool is_list = absl::EndsWith(field_case.what, " items");
      if (field_case.good || field_case.what == "absent" || is_list || expected.count(field_case.path) > 0)
        continue;
      if (absl::EndsWith(field_case.path, "[1]")) continue;
      // Without its name a resource cannot be read to be checked.
      if (absl::StartsWith(method->name(), "Update") && absl::EndsWith(field_case.path, ".name")) continue;
      // An unknown path says nothing of what is to be stored.
      if (absl::StartsWith(field_case.path, "update_mask")) continue;
      field_case.apply(*request);
      expected.insert(field_case.path);
    }
    if (expected.empty()) continue;
    const auto answer = Call(*method, *request);
    EXPECT_EQ(Outline(answer.status), kInvalid) << method->name();
    EXPECT_THAT(FieldsOf(answer.status), IsSupersetOf(expected)) << method->name();
  }
}

TEST_F(BadInputTest, MalformedNamesAreFaultsOfTheirField) {
  int tried = 0;
  for (const auto* method : support::MethodsOf(support::RegistryServices())) {
    for (const auto& field_case : support::FieldCases(method->input_type())) {
      const std::string field = LastStep(field_case.path);
      if (field != "name" && field != "parent" && field != "centre" && field != "accountable_body") continue;
      if (!field_case.good) continue;
      if (absl::StartsWith(method->name(), "Create") && absl::EndsWith(field_case.path, ".name"))
        continue;                                 // minted
      if (field_case.path == "centre") continue;  // a message
      for (const char* name :
           {"nonsense", "organisations/", "organisations/a/b", "organisations/a b", "centres/a/x",
            "centres/-/credentials/c", "/organisations/a", "Organisations/a", "centres//credentials/c"}) {
        const auto request = GoodRequest(*method);
        field_case.apply(*request);  // makes the way to it
        std::string text;
        google::protobuf::TextFormat::PrintToString(*request, &text);
        text = absl::StrReplaceAll(text, {{std::string(base::kMaxResourceNameBytes, 'a'), name}});
        ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get()));
        ++tried;
        const auto answer = Call(*method, *request);
        EXPECT_EQ(Outline(answer.status), kInvalid)
            << method->name() << " " << field_case.path << " " << name;
        EXPECT_THAT(FieldsOf(answer.status), Contains(field_case.path)) << method->name() << " " << name;
      }
    }
  }
  EXPECT_GT(tried, 100);
}

TEST_F(BadInputTest, PathsThatNoMaskHasAreNamedTogether) {
  const auto updated = Update(world_.Lead(), MakeOrganisation(world_, kDover),
                              "update_mask { paths: 'nonsense' paths: 'display_name' paths: 'contact.fax' } "
                              "organisation { display_name: 'New' } request_id: 'x'");
  EXPECT_THAT(FieldsOf(updated.status()), ::testing::ElementsAre("request_id", "update_mask", "update_mask"));
}

TEST_F(BadInputTest, APageTokenIsOfItsRequestAndItsCaller) {
  for (int i = 0; i < 3; ++i) MakeOrganisation(world_, kDover);
  const auto first = List(world_.Lead(), "page_size: 1 filter: 'state=ACTIVE'");
  ASSERT_TRUE(first.ok());
  const std::string token = first->next_page_token();
  ASSERT_FALSE(token.empty());
  EXPECT_TRUE(
      List(world_.Lead(), absl::StrCat("page_size: 2 filter: 'state=ACTIVE' page_token: '", token, "'"))
          .ok());
  constexpr char kWrong[] = "INVALID_ARGUMENT PAGE_TOKEN_INVALID";
  EXPECT_EQ(Outline(List(world_.Lead(), absl::StrCat("page_token: '", token, "'"))), kWrong);
  EXPECT_EQ(
      Outline(List(world_.Manager(kDover), absl::StrCat("filter: 'state=ACTIVE' page_token: '", token, "'"))),
      kWrong);
  v1::ListCentresRequest centres;
  centres.set_page_token(token);
  EXPECT_EQ(Outline(world_.Lead().Call(&Centres::ListCentres, centres)), kWrong);
  v1::ListSkillsRequest skills;
  skills.set_page_token(token);
  EXPECT_EQ(Outline(world_.Lead().Call(&References::ListSkills, skills)), kWrong);
  world_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(Outline(List(world_.Lead(), absl::StrCat("filter: 'state=ACTIVE' page_token: '", token, "'"))),
            "INVALID_ARGUMENT PAGE_TOKEN_EXPIRED");
}

}  // namespace
}  // namespace brokerage::registry

// Two centres: what crosses between them, and what never does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/registry/world.h"
#include "tests/support/any_method.h"
#include "tests/support/contract.h"

namespace brokerage::registry {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Words that are nowhere else.
constexpr char kPerson[] = "Zebedee Quill";
constexpr char kEmail[] = "zebedee@telltale.example";
constexpr char kPhone[] = "01304 987654";
constexpr char kReason[] = "Telltale reason";

class SharingTest : public ::testing::Test {
 protected:
  SharingTest() {
    const auto made =
        Create(world_.Caseworker(kDover), absl::StrCat(kCharity, " contact { person_name: '", kPerson,
                                                       "' email: '", kEmail, "' phone: '", kPhone, "' }"));
    EXPECT_TRUE(made.ok()) << made.status();
    name_ = made->name();
    v1::SuspendOrganisationRequest suspend;
    suspend.set_name(name_);
    suspend.set_reason(kReason);
    EXPECT_TRUE(world_.Manager(kDover).Call(&Organisations::SuspendOrganisation, suspend).ok());
  }

  static void ExpectNothingPrivate(const std::string& bytes, const std::string& where) {
    for (const char* word : {"Quill", "telltale", "987654", "Telltale"})
      EXPECT_THAT(bytes, Not(HasSubstr(word))) << where;
  }

  World world_;
  std::string name_;
};

TEST_F(SharingTest, ContactIsForTheManagingCentreAndTheLead) {
  for (const Client& client : {world_.As(kDover, common::v1::ROLE_READER), world_.Lead()}) {
    EXPECT_THAT(*Get(client, name_), Holds(absl::StrCat("contact { person_name: '", kPerson,
                                                        "' } suspend_reason: '", kReason, "'")));
    EXPECT_THAT(*List(client, ""),
                Holds(absl::StrCat("organisations { contact { email: '", kEmail, "' } }")));
  }
}

TEST_F(SharingTest, OthersSeeTheRest) {
  for (const Client& client : {world_.Manager(kThanet), world_.As(kAshford, common::v1::ROLE_CENTRE_ADMIN)}) {
    const auto seen = Get(client, name_);
    ASSERT_TRUE(seen.ok());
    EXPECT_THAT(*seen,
                Holds("display_name: 'Ashford Food Bank' centre: 'centres/dover' state: STATE_SUSPENDED"));
    EXPECT_FALSE(seen->etag().empty());
    ExpectNothingPrivate(seen->SerializeAsString(), "get");
    ExpectNothingPrivate(List(client, "")->SerializeAsString(), "list");
  }
}

TEST_F(SharingTest, NothingPrivateCrossesInAnyAnswer) {
  // Every method, with requests that name the organisation wherever they can.
  const std::string token =
      CreateCredential(world_.Lead(), kThanet, "display_name: 'T' role: ROLE_CENTRE_ADMIN")->secret();
  for (const auto* method : support::MethodsOf(support::RegistryServices())) {
    const auto request = support::NewMessage(method->input_type());
    const auto* descriptor = request->GetDescriptor();
    const auto* reflection = request->GetReflection();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const auto* field = descriptor->field(i);
      if (field->name() == "name") reflection->SetString(request.get(), field, name_);
      if (field->name() == "parent") reflection->SetString(request.get(), field, kDover);
      if (field->name() == "organisation") {
        auto* organisation = reflection->MutableMessage(request.get(), field);
        static_cast<v1::Organisation*>(organisation)->set_name(name_);
        static_cast<v1::Organisation*>(organisation)->set_accountable_body(name_);
      }
    }
    const auto answer =
        support::CallAny(world_.channel(), *method, *request, {{"authorization", "Bearer " + token}}, 3);
    for (const std::string& response : answer.responses) ExpectNothingPrivate(response, method->full_name());
    std::string told(answer.status.message());
    for (const auto& [type, bytes] : base::DetailsOf(answer.status)) told += bytes;
    ExpectNothingPrivate(told, method->full_name());
  }
}

TEST_F(SharingTest, AFilterTellsNothingOfWhatIsHidden) {
  for (const char* filter : {"contact=x", "email:zeb", "suspend_reason:Telltale", "contact.email=x"}) {
    EXPECT_EQ(Outline(List(world_.Manager(kThanet), absl::StrCat("filter: '", filter, "'"))), kInvalid)
        << filter;
  }
}

TEST_F(SharingTest, OthersDoNotWrite) {
  const Client stranger = world_.As(kThanet, common::v1::ROLE_CENTRE_ADMIN);
  const std::string before = Get(world_.Lead(), name_)->SerializeAsString();
  for (const char* method : {"UpdateOrganisation", "RecordVerification", "SuspendOrganisation",
                             "ReinstateOrganisation", "DeleteOrganisation", "UndeleteOrganisation"}) {
    const auto refused = Step(stranger, method, name_);
    EXPECT_EQ(Outline(refused), kDenied) << method;
    ExpectNothingPrivate(std::string(refused.status().message()), method);
  }
  EXPECT_EQ(Get(world_.Lead(), name_)->SerializeAsString(), before);
}

TEST_F(SharingTest, OnlyTheLeadNamesAnotherCentre) {
  const std::string for_thanet = absl::StrCat(kCharity, " centre: 'centres/thanet'");
  EXPECT_EQ(Outline(Create(world_.Manager(kDover), for_thanet)), kDenied);
  EXPECT_TRUE(Create(world_.Manager(kThanet), for_thanet).ok());
  EXPECT_EQ(Create(world_.Lead(), for_thanet)->centre(), kThanet);
  EXPECT_EQ(Create(world_.Lead(), kCharity)->centre(), kAshford);
  EXPECT_THAT(FieldsOf(Create(world_.Lead(), absl::StrCat(kCharity, " centre: 'centres/none'")).status()),
              ::testing::ElementsAre("organisation.centre"));
  EXPECT_THAT(
      FieldsOf(Create(world_.Manager(kDover), absl::StrCat(kCharity, " centre: 'nonsense'")).status()),
      ::testing::ElementsAre("organisation.centre"));
}

TEST_F(SharingTest, OnlyTheLeadHandsAnOrganisationOver) {
  const std::string to_thanet = "update_mask { paths: 'centre' } organisation { centre: 'centres/thanet' }";
  EXPECT_EQ(Outline(Update(world_.Manager(kDover), name_, to_thanet)), kDenied);
  EXPECT_TRUE(Update(world_.Manager(kDover), name_, "update_mask { paths: 'centre' } organisation {}").ok())
      << "an empty centre is no change";
  EXPECT_EQ(Get(world_.Lead(), name_)->centre(), kDover);
  EXPECT_EQ(Update(world_.Lead(), name_, to_thanet)->centre(), kThanet);
  EXPECT_THAT(*Get(world_.Manager(kThanet), name_), Holds(absl::StrCat("contact { email: '", kEmail, "' }")));
  ExpectNothingPrivate(Get(world_.Manager(kDover), name_)->SerializeAsString(), "handed over");
  EXPECT_EQ(Outline(Step(world_.Manager(kDover), "ReinstateOrganisation", name_)), kDenied);
}

TEST_F(SharingTest, ARetryAfterAHandOverShowsNoContact) {
  constexpr char kId[] = "6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d";
  ASSERT_TRUE(Step(world_.Manager(kDover), "ReinstateOrganisation", name_, "", kId).ok());
  ASSERT_TRUE(Update(world_.Lead(), name_, "organisation { centre: 'centres/thanet' }").ok());
  const auto retry = Step(world_.Manager(kDover), "ReinstateOrganisation", name_, "", kId);
  ASSERT_TRUE(retry.ok()) << retry.status();
  ExpectNothingPrivate(retry->SerializeAsString(), "retry");
}

}  // namespace
}  // namespace brokerage::registry

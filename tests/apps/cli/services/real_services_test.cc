// The program against the real services, in this process and over stores in memory: what the fakes of the
// other tests are taken to be like.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "base/clock.h"
#include "base/files.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "reference/waters.h"
#include "services/matching/server.h"
#include "services/registry/bootstrap.h"
#include "services/registry/service.h"
#include "services/rpc/server.h"
#include "storage/memory_store.h"
#include "tests/apps/cli/support/program_runner.h"
#include "tests/support/health.h"

namespace brokerage::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RealServices : public ProgramRunner {
 protected:
  RealServices() {
    now = absl::Now();
    const std::string credentials = PathOf("credentials");
    EXPECT_TRUE(registry::Bootstrap(*registry_store_, districts_, clock_, {"ashford", credentials}).ok());
    variables["BROKERAGE_CREDENTIAL_FILE"] = credentials + "/lead.token";
    registry::RegistryOptions options;
    options.admin = {"", "memory", 1, now};
    auto begun = registry::Registry::Create(*registry_store_, districts_,
                                            reference::ShippedPlaces(districts_), clock_, metrics_, options);
    EXPECT_TRUE(begun.ok()) << begun.status();
    registry_ = *std::move(begun);
    auto serving = rpc::Server::Start({}, registry_->services(), registry_->service_names(), metrics_);
    EXPECT_TRUE(serving.ok()) << serving.status();
    registry_server_ = *std::move(serving);

    matching::MatchingServerOptions matching;
    matching.engine = "memory";
    matching.format_version = 1;
    matching.registry = registry_server_->InProcessChannel();
    matching.registry_token = std::string(
        absl::StripAsciiWhitespace(base::ReadFile(credentials + "/matching-service.token").value_or("")));
    auto matching_serving = matching::MatchingServer::Start(
        std::move(matching), {*matching_store_, clock_, districts_, reference::KentWaters(),
                              reference::ShippedPlaces(districts_)});
    EXPECT_TRUE(matching_serving.ok()) << matching_serving.status();
    matching_server_ = *std::move(matching_serving);
    EXPECT_TRUE(support::AwaitServing(MatchingChannel()));
  }
  ~RealServices() override {
    matching_server_->Stop();
    registry_->EndWatches();
    registry_server_->Stop();
  }

  std::shared_ptr<grpc::Channel> MatchingChannel() override {
    return matching_server_->server().InProcessChannel();
  }
  std::shared_ptr<grpc::Channel> RegistryChannel() override { return registry_server_->InProcessChannel(); }

  Ran Import(const std::string& kind, const std::string& text, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {kind, "import", Write(kind + ".csv", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }

  // The resource name that the file of names has on its second line.
  std::string FirstName(const std::string& path) const {
    const std::string text = Read(path);
    const std::size_t begin = text.find_first_of("co", text.find("\r\n"));
    return text.substr(begin, text.find(',', begin) - begin);
  }

  // The columns of the faults of all rows.
  std::set<std::string> FaultyColumns(const Ran& ran) const {
    std::set<std::string> columns;
    const Json document = ran.json();
    for (const Json& row : document["refused"]) {
      for (const Json& fault : row["faults"]) columns.insert(fault["column"].get<std::string>());
    }
    return columns;
  }

  std::size_t Count(const std::string& kind) {
    return Run({kind, "list", "--all", "--json"}).json()[kind].size();
  }

 private:
  const base::SystemClock clock_;
  const reference::Districts& districts_ = reference::KentDistricts();
  rpc::Metrics metrics_;
  std::unique_ptr<storage::Store> registry_store_ = storage::NewMemoryStore();
  std::unique_ptr<storage::Store> matching_store_ = storage::NewMemoryStore();
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<rpc::Server> registry_server_;
  std::unique_ptr<matching::MatchingServer> matching_server_;
};

TEST_F(RealServices, TheExamplesAreImportedTwiceAndThereOnce) {
  for (int run = 0; run < 2; ++run) {
    for (const char* kind : {"organisations", "volunteers", "opportunities"}) {
      const Ran ran = Import(kind, Run({kind, "import", "--example"}).out);
      EXPECT_EQ(ran.code, ExitCode::kOk) << kind << ran.out << ran.err;
      EXPECT_EQ(Count(kind), 1u) << kind;
    }
  }
  EXPECT_THAT(Run({"organisations", "list"}).out, HasSubstr("register checked"));
  EXPECT_THAT(Run({"volunteers", "list", "--filter", "state=SEARCHING"}).out, HasSubstr("1 volunteer\n"));
  EXPECT_THAT(Run({"opportunities", "list", "--filter", "state=OPEN"}).out, HasSubstr("1 opportunity\n"));
}

TEST_F(RealServices, WhatTheServicesRefuseIsSaidOfItsColumn) {
  const Ran volunteers = Import(
      "volunteers",
      "display_name,email,phone,postcode,date_of_birth,skills,checks,licences,causes,sharing,sharing_consent_"
      "date,"
      "placement_limit,languages,access_needs,travel_radius_km\n"
      "Ann,not-an-email,x,ZZ99 9ZZ,2199-01-01,driving; driving,enhanced 2025-03-01 until=2024-01-01,car; car,"
      "animal-welfare; animal-welfare,county,2199-01-01,99,en; en,step-free-access; step-free-access,9999 "
      "km\n",
      {"--json", "--quiet"});
  EXPECT_EQ(volunteers.code, ExitCode::kRowsRefused);
  EXPECT_THAT(FaultyColumns(volunteers),
              testing::ElementsAre("access_needs", "causes", "checks", "date_of_birth", "email", "languages",
                                   "licences", "phone", "placement_limit", "postcode", "sharing_consent_date",
                                   "skills", "travel_radius_km"));

  const Ran opportunities =
      Import("opportunities",
             "title,postcode,required_skills,wanted_skills,places,minimum_age,maximum_age,check_level,check_"
             "workforces,"
             "check_eligibility,flexible_time,flexible_block,licences,languages,causes,access_support\n"
             "T,QQ1 1QQ,driving,driving,0,70,60,enhanced,children; children,none,200h,300h,car; car,en; en,"
             "animal-welfare; animal-welfare,step-free-access; step-free-access\n"
             "T,,,,,,,,,,,,,,,\n",
             {"--json", "--quiet"});
  EXPECT_EQ(opportunities.code, ExitCode::kRowsRefused);
  EXPECT_THAT(FaultyColumns(opportunities),
              testing::ElementsAre("access_support", "causes", "check_level", "check_workforces",
                                   "flexible_block", "flexible_time", "languages", "licences", "maximum_age",
                                   "places", "postcode", "wanted_skills"));
  EXPECT_EQ(opportunities.json()["faulty_count"], 1);

  const Ran organisations =
      Import("organisations",
             "display_name,kind,identifiers,postcodes,website,contact_email,contact_phone,"
             "income,causes,districts\n"
             "X,charity,nonsense; GB-CHC-1001778; GB-CHC-1001778,QQ1 1QQ,ftp://x,foo,x,"
             "1000000000001,animal-welfare; animal-welfare,Ashford; ashford\n",
             {"--json", "--quiet"});
  EXPECT_EQ(organisations.code, ExitCode::kRowsRefused);
  EXPECT_THAT(FaultyColumns(organisations),
              testing::ElementsAre("causes", "contact_email", "contact_phone", "districts", "identifiers",
                                   "income", "postcodes", "website"));
  for (const char* kind : {"organisations", "volunteers", "opportunities"})
    EXPECT_EQ(Count(kind), 0u) << kind;
}

TEST_F(RealServices, AGroupAndItsAccountableBodyInOneFile) {
  const Ran ran = Import("organisations",
                         "display_name,kind,accountable_body\n"
                         "Walkers,unconstituted-group,Ashford \"Trust\"\n"
                         "\"Ashford \"\"Trust\"\"\",charity,\n");
  EXPECT_EQ(ran.code, ExitCode::kRowsRefused) << "a quotation mark may not stand there";
  const Ran good = Import("organisations",
                          "display_name,kind,accountable_body\n"
                          "Walkers,unconstituted-group,\"Ashford \"\"Trust\"\"\"\n"
                          "\"Ashford \"\"Trust\"\"\",charity,\n");
  EXPECT_EQ(good.code, ExitCode::kOk) << good.out << good.err;
  const Ran roles = Import("opportunities",
                           "title,organisation,remote,state\n"
                           "Guide,walkers,yes,open\n"
                           "Writer,\"Ashford \"\"Trust\"\"\",yes,open\n");
  EXPECT_EQ(roles.code, ExitCode::kOk) << roles.out << roles.err;
}

TEST_F(RealServices, ARoleFindsItsVolunteerAndSaysWhy) {
  EXPECT_EQ(Import("organisations", "display_name,kind\nFoodbank,charity\n").code, ExitCode::kOk);
  const std::string volunteer_names = PathOf("volunteers.names");
  EXPECT_EQ(Import("volunteers",
                   "display_name,postcode,travel_radius_km,skills,availability,state\n"
                   "Ann,TN23 1PL,10,driving:4,Mon 09:00-13:00,searching\n",
                   {"--names", volunteer_names})
                .code,
            ExitCode::kOk);
  const std::string role_names = PathOf("roles.names");
  EXPECT_EQ(Import("opportunities",
                   "title,organisation,postcode,required_skills,weekly,state\n"
                   "Driver,Foodbank,TN24 8AA,driving,Mon 09:10-12:20,open\n"
                   "Cook,Foodbank,TN24 8AA,food-hygiene,Mon 09:00-12:00,open\n",
                   {"--names", role_names})
                .code,
            ExitCode::kOk);
  const std::string ann = FirstName(volunteer_names);
  const std::string driver = FirstName(role_names);
  const Ran matches = Run({"match", "volunteers", driver, "--explain", "--counts"});
  EXPECT_EQ(matches.code, ExitCode::kOk) << matches.err;
  EXPECT_THAT(matches.out, AllOf(HasSubstr("Ann"), HasSubstr(ann), HasSubstr("3 h 30 min of 3 h 30 min"),
                                 HasSubstr("✓ Required skills"), Not(HasSubstr("✗")),
                                 HasSubstr("Of 1 volunteer considered, 1 fit.")));
  const Ran roles = Run({"match", "opportunities", ann});
  EXPECT_THAT(roles.out, AllOf(HasSubstr("Driver"), Not(HasSubstr("Cook"))));
  const Json explained = Run({"explain", ann, driver, "--json"}).json();
  EXPECT_EQ(explained["conditions"].size(), 14u);
  for (const Json& condition : explained["conditions"]) {
    EXPECT_EQ(condition["holds"], true) << condition["code"];
  }
}

TEST_F(RealServices, ACredentialIsMadeUsedAndRevoked) {
  const std::string token = PathOf("jo.token");
  const Ran made = Run({"credential", "create", "--role", "caseworker", "--name", "Jo", "--expires", "90d",
                        "--out", token, "--json"});
  EXPECT_EQ(made.code, ExitCode::kOk) << made.err;
  EXPECT_EQ(Run({"organisations", "list", "--credential-file", token}).code, ExitCode::kOk);
  EXPECT_EQ(Run({"credential", "list", "--credential-file", token}).code, ExitCode::kDenied)
      << "that is for administrators";
  const std::string name = made.json()["credential"]["name"];
  EXPECT_EQ(Run({"credential", "revoke", name}).code, ExitCode::kOk);
  EXPECT_EQ(Run({"organisations", "list", "--credential-file", token}).code, ExitCode::kDenied);
  EXPECT_EQ(Run({"credential", "create", "--role", "reader", "--name", "Jo", "--expires", "2001-01-01",
                 "--out", PathOf("late.token")})
                .code,
            ExitCode::kFailed);
}

TEST_F(RealServices, StatusCentresAndPlaces) {
  const Ran status = Run({"status"});
  EXPECT_EQ(status.code, ExitCode::kOk) << status.out << status.err;
  EXPECT_THAT(status.out, HasSubstr("The matching service follows the registry"));
  EXPECT_THAT(Run({"centres", "list"}).out, AllOf(HasSubstr("centres/ashford"), HasSubstr("1 centre\n")));
  EXPECT_THAT(Run({"places", "resolve", "tn231pl"}).out, HasSubstr("districts/E07000105"));
  EXPECT_EQ(Run({"places", "resolve", "ZZ99 9ZZ"}).code, ExitCode::kNotFound);
  EXPECT_EQ(Run({"volunteers", "get", "nobody"}).code, ExitCode::kNotFound);
}

}  // namespace
}  // namespace brokerage::cli

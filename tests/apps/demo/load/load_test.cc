// A small county through the public API of both services, and again, and after an interruption.
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/client.h"
#include "apps/cli/client/credential_file.h"
#include "apps/demo/load/app.h"
#include "apps/demo/load/find_county.h"
#include "apps/demo/load/introductions.h"
#include "apps/demo/load/loader.h"
#include "base/clock.h"
#include "base/files.h"
#include "reference/districts.h"
#include "reference/places.h"
#include "tests/support/two_services.h"

namespace brokerage::demo {
namespace {

using cli::ExitCode;
using matching::v1::Opportunity;
using matching::v1::Referral;
using matching::v1::Volunteer;
using registry::v1::Organisation;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr absl::CivilMinute kNow{2026, 6, 15, 10, 0};
constexpr int kOrganisations = 60;
constexpr int kOpportunities = 90;
constexpr int kVolunteers = 400;

class LoadTest : public ::testing::Test {
 protected:
  LoadTest() : services_(absl::FromCivil(kNow, base::LondonTimeZone())) {}

  ExitCode Run(std::vector<std::string> arguments = {}, int volunteers = kVolunteers) {
    out_.str("");
    err_.str("");
    for (const std::string& argument :
         {std::string("--matching"), std::string("matching"), std::string("--registry"),
          std::string("registry"), std::string("--credential-file"), services_.lead_token_file(),
          absl::StrCat("--organisations=", kOrganisations), absl::StrCat("--opportunities=", kOpportunities),
          absl::StrCat("--volunteers=", volunteers), std::string("--in-flight=8")}) {
      arguments.push_back(argument);
    }
    return RunDemo(arguments, environment_);
  }

  CountyOptions Options() const {
    return {.today = absl::CivilDay(kNow),
            .organisations = kOrganisations,
            .opportunities = kOpportunities,
            .volunteers = kVolunteers};
  }

  support::Client Registry() { return services_.RegistryAs(services_.lead_token_file()); }
  support::Client Matching() { return services_.MatchingAs(services_.lead_token_file()); }

  std::vector<Organisation> ListedOrganisations() {
    registry::v1::ListOrganisationsRequest request;
    request.set_page_size(1'000);
    const auto page = Registry().Call(&registry::v1::OrganisationService::Stub::ListOrganisations, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return {page->organisations().begin(), page->organisations().end()};
  }
  std::vector<Opportunity> ListedOpportunities() {
    matching::v1::ListOpportunitiesRequest request;
    request.set_parent("centres/-");
    request.set_page_size(1'000);
    const auto page = Matching().Call(&matching::v1::OpportunityService::Stub::ListOpportunities, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return {page->opportunities().begin(), page->opportunities().end()};
  }
  std::vector<Volunteer> ListedVolunteers() {
    matching::v1::ListVolunteersRequest request;
    request.set_parent("centres/-");
    request.set_page_size(1'000);
    const auto page = Matching().Call(&matching::v1::VolunteerService::Stub::ListVolunteers, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return {page->volunteers().begin(), page->volunteers().end()};
  }

  std::vector<Referral> ListedReferrals() {
    matching::v1::ListReferralsRequest request;
    request.set_parent("centres/-");
    request.set_page_size(1'000);
    const auto page = Matching().Call(&matching::v1::ReferralService::Stub::ListReferrals, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return {page->referrals().begin(), page->referrals().end()};
  }

  // The services hold exactly the county, every record where it is to stand.
  void ExpectLoaded(const County& county) {
    std::map<std::string, const Organisation*> organisations;
    const std::vector<Organisation> listed = ListedOrganisations();
    for (const Organisation& organisation : listed)
      organisations[organisation.display_name()] = &organisation;
    EXPECT_THAT(listed, SizeIs(county.organisations.size()));
    for (const CountyOrganisation& record : county.organisations) {
      const Organisation* organisation = organisations[record.organisation.display_name()];
      ASSERT_NE(organisation, nullptr) << record.organisation.display_name();
      EXPECT_EQ(organisation->centre(), record.organisation.centre());
      EXPECT_EQ(organisation->state() == Organisation::STATE_SUSPENDED, !record.suspend_reason.empty());
      EXPECT_EQ(organisation->accountable_body().empty(), !record.accountable_body.has_value());
      if (record.verification == registry::v1::Verification::STAGE_UNVERIFIED) continue;
      EXPECT_EQ(organisation->verification().stage(), record.verification);
    }

    // By email, or by name and date of birth where there is none.
    const auto key = [](const Volunteer& volunteer) {
      return absl::StrCat(volunteer.contact().email(), volunteer.display_name(),
                          volunteer.date_of_birth().ShortDebugString());
    };
    std::map<std::string, Volunteer::State> volunteers;
    for (const Volunteer& volunteer : ListedVolunteers()) {
      EXPECT_TRUE(volunteers.emplace(key(volunteer), volunteer.state()).second)
          << volunteer.ShortDebugString();
    }
    EXPECT_THAT(volunteers, SizeIs(county.volunteers.size()));
    for (const CountyVolunteer& record : county.volunteers) {
      const Volunteer::State state = volunteers[key(record.volunteer)];
      if (state == Volunteer::STATE_PLACED) {
        EXPECT_EQ(record.state, Volunteer::STATE_SEARCHING);
      } else {
        EXPECT_EQ(state, record.state);
      }
    }

    std::map<std::string, int> wanted;
    std::map<std::string, int> found;
    for (const CountyOpportunity& record : county.opportunities) {
      ++wanted[absl::StrCat(record.centre, record.opportunity.title(), record.state)];
    }
    for (const Opportunity& role : ListedOpportunities()) {
      ++found[absl::StrCat(
          role.name().substr(0, role.name().find("/opportunities")), role.title(),
          role.state() == Opportunity::STATE_FILLED ? Opportunity::STATE_OPEN : role.state())];
    }
    EXPECT_EQ(found, wanted);
  }

  support::TwoServices services_;
  std::ostringstream out_;
  std::ostringstream err_;
  const cli::Environment environment_{
      .out = out_,
      .err = err_,
      .out_is_terminal = false,
      .err_is_terminal = false,
      .variable = [](absl::string_view) { return std::nullopt; },
      .now = [this] { return services_.clock.Now(); },
      .sleep = [](absl::Duration duration) { absl::SleepFor(duration); },
      .connect = [this](const cli::Target& target) -> absl::StatusOr<std::shared_ptr<grpc::Channel>> {
        return target.address == "registry" ? services_.registry() : services_.matching();
      }};
};

TEST_F(LoadTest, WritesTheWholeCountyAndRunningItAgainChangesNothing) {
  ASSERT_EQ(Run(), ExitCode::kOk) << err_.str();
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat(kVolunteers, " of ", kVolunteers, " volunteers")));
  ExpectLoaded(Generate(Options()));
  const std::size_t referrals = ListedReferrals().size();

  services_.clock.Advance(absl::Hours(50 * 24));
  ASSERT_EQ(Run(), ExitCode::kOk) << err_.str();
  EXPECT_EQ(err_.str(), "The demonstration county is here already.\n");
  ExpectLoaded(Generate(Options()));
  EXPECT_THAT(ListedReferrals(), SizeIs(referrals));
}

TEST_F(LoadTest, PutsVolunteersForwardAsFarAsIsPlanned) {
  ASSERT_EQ(Run(), ExitCode::kOk) << err_.str();
  std::map<Referral::Stage, int> stages;
  std::set<std::string> roles;
  for (const Referral& referral : ListedReferrals()) {
    ++stages[referral.stage()];
    roles.insert(referral.opportunity());
  }
  for (const Referral::Stage stage :
       {Referral::STAGE_SHORTLISTED, Referral::STAGE_OFFERED, Referral::STAGE_CONSENTED,
        Referral::STAGE_INTRODUCED, Referral::STAGE_PLACED, Referral::STAGE_DECLINED}) {
    EXPECT_GT(stages[stage], 0) << Referral::Stage_Name(stage);
  }
  EXPECT_GT(roles.size(), 20U);
}

TEST_F(LoadTest, PutsForwardForAsManyRolesAsAskedFor) {
  ASSERT_EQ(Run({"--introduced=0"}), ExitCode::kOk) << err_.str();
  EXPECT_THAT(ListedReferrals(), SizeIs(0));
}

TEST(PlanIntroductions, IsTheSameFromTheSameSeedAndOfEveryStage) {
  std::map<Referral::Stage, int> stages;
  for (std::size_t i = 0; i < 300; ++i) {
    const auto plan = PlanIntroductions(1, i);
    const auto again = PlanIntroductions(1, i);
    ASSERT_EQ(plan.size(), again.size());
    ASSERT_GE(plan.size(), 1U);
    ASSERT_LE(plan.size(), 4U);
    for (std::size_t k = 0; k < plan.size(); ++k) {
      EXPECT_EQ(plan[k].stage, again[k].stage);
      ++stages[plan[k].stage];
      if (plan[k].stage != Referral::STAGE_DECLINED) continue;
      EXPECT_GE(plan[k].declined_at, Referral::STAGE_OFFERED);
      EXPECT_LE(plan[k].declined_at, Referral::STAGE_ACKNOWLEDGED);
    }
  }
  EXPECT_THAT(stages, SizeIs(9));
}

TEST_F(LoadTest, SuggestsARoleThatFindsPeople) {
  ASSERT_EQ(Run(), ExitCode::kOk) << err_.str();
  ASSERT_EQ(Run({"--suggest"}), ExitCode::kOk) << err_.str();
  std::string name = out_.str();
  EXPECT_THAT(name, StartsWith("centres/ashford/opportunities/"));
  name.pop_back();
  matching::v1::MatchVolunteersRequest request;
  request.set_parent("centres/-");
  request.set_opportunity(name);
  const auto matches = Matching().Call(&matching::v1::MatchingService::Stub::MatchVolunteers, request);
  ASSERT_TRUE(matches.ok()) << matches.status();
  EXPECT_GT(matches->matches_size(), 0);
}

TEST_F(LoadTest, GoesOnWhereItWasInterrupted) {
  // A county with a volunteer that the service refuses half way: roles, suspensions and the mark are still to
  // come.
  const County county = Generate(Options());
  County faulty = county;
  faulty.volunteers[kVolunteers / 2].volunteer.clear_display_name();
  const auto token = cli::ReadCredentialFile(services_.lead_token_file());
  const cli::Client client(services_.matching(), services_.registry(), token->text, absl::Seconds(30),
                           environment_.sleep);
  const std::string version = reference::ShippedPlaces(reference::KentDistricts())->version();
  const absl::Status status = Loader(client, environment_, faulty, MarkOf(Options(), version), 8, 0).Load();
  ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("display_name"));
  ASSERT_LT(ListedVolunteers().size(), static_cast<std::size_t>(kVolunteers));
  EXPECT_EQ(Run({"--suggest"}), ExitCode::kNotFound);

  services_.clock.Advance(absl::Hours(20));
  ASSERT_EQ(Run(), ExitCode::kOk) << err_.str();
  ExpectLoaded(county);
}

TEST_F(LoadTest, DoesNotGoOnWhenTheServicesMayHaveForgotten) {
  County faulty = Generate(Options());
  faulty.volunteers.front().volunteer.clear_display_name();
  const auto token = cli::ReadCredentialFile(services_.lead_token_file());
  const cli::Client client(services_.matching(), services_.registry(), token->text, absl::Seconds(30),
                           environment_.sleep);
  const std::string version = reference::ShippedPlaces(reference::KentDistricts())->version();
  ASSERT_FALSE(Loader(client, environment_, faulty, MarkOf(Options(), version), 8, 0).Load().ok());

  services_.clock.Advance(absl::Hours(24));
  EXPECT_EQ(Run(), ExitCode::kFailed);
  EXPECT_THAT(err_.str(), HasSubstr("interrupted too long ago"));
}

TEST_F(LoadTest, LeavesAnotherCountyAlone) {
  ASSERT_EQ(Run({}, 20), ExitCode::kOk) << err_.str();
  EXPECT_EQ(Run({}, 21), ExitCode::kFailed);
  EXPECT_THAT(err_.str(), HasSubstr("another demonstration county is here: [demonstration seed=1 "));
  EXPECT_EQ(Run({"--seed=2"}, 20), ExitCode::kFailed);
  EXPECT_THAT(ListedVolunteers(), SizeIs(20));
}

TEST_F(LoadTest, WritesAPartnersTokenOnceAndForItsOwnerOnly) {
  const std::string path = services_.directory() + "/partner.token";
  ASSERT_EQ(Run({"--partner-credential-file", path}, 20), ExitCode::kOk) << err_.str();
  const auto mode = std::filesystem::status(path).permissions();
  EXPECT_EQ(mode & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  matching::v1::ListVolunteersRequest request;
  request.set_parent("centres/canterbury");
  const support::Client partner = services_.MatchingAs(path);
  absl::Status listed;
  for (int i = 0; i < 200; ++i) {
    // The matching service learns of the credential by its watch.
    listed = partner.Call(&matching::v1::VolunteerService::Stub::ListVolunteers, request).status();
    if (!absl::IsUnauthenticated(listed)) break;
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_TRUE(listed.ok()) << listed;
  request.set_parent("centres/ashford");
  EXPECT_FALSE(partner.Call(&matching::v1::VolunteerService::Stub::ListVolunteers, request).ok());

  const std::string before = *base::ReadFile(path);
  ASSERT_EQ(Run({"--partner-credential-file", path}, 20), ExitCode::kOk) << err_.str();
  EXPECT_EQ(*base::ReadFile(path), before);
}

TEST_F(LoadTest, SaysWhatIsWrong) {
  EXPECT_EQ(RunDemo({"--matching", "matching"}, environment_), ExitCode::kUsage);
  EXPECT_EQ(Run({"--volunteers=-1"}), ExitCode::kUsage);
  EXPECT_EQ(RunDemo({"--help"}, environment_), ExitCode::kOk);
  EXPECT_EQ(Run({"--suggest"}), ExitCode::kNotFound);
  EXPECT_THAT(err_.str(), HasSubstr("there is no demonstration county here"));
  const std::string wrong = services_.directory() + "/wrong.token";
  ASSERT_TRUE(base::WriteFileAtomically(wrong, "vb_ashford_x_y\n").ok());
  EXPECT_EQ(RunDemo({"--registry", "registry", "--credential-file", wrong}, environment_), ExitCode::kDenied);
  EXPECT_EQ(RunDemo({"--credential-file", wrong + "x"}, environment_), ExitCode::kFailed);
}

}  // namespace
}  // namespace brokerage::demo

// The real data through the public API of both services: charities and roles written as clients write them,
// volunteers beside them, and the lists that come back against the plain scorer's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "absl/time/clock.h"

#include "apps/cli/client/credential_file.h"
#include "apps/demo/county.h"
#include "apps/demo/load/loader.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/errors.h"
#include "base/files.h"
#include "reference/districts.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/tables.h"
#include "services/matching/convert/times.h"
#include "services/matching/convert/volunteer_reader.h"
#include "tests/real_data/dressing.h"
#include "tests/real_data/real_organisations.h"
#include "tests/real_data/real_roles.h"
#include "tests/real_data/real_world.h"
#include "tests/storage/scratch.h"
#include "tests/support/plain_scorer.h"
#include "tests/support/shared_data.h"
#include "tests/support/two_services.h"

namespace brokerage::real_data {
namespace {

using matching::v1::Opportunity;
using matching::v1::Volunteer;
using registry::v1::Organisation;
using ::testing::Gt;
using OpportunityStub = matching::v1::OpportunityService::Stub;
using OrganisationStub = registry::v1::OrganisationService::Stub;

constexpr int kVolunteers = 1'500;

class RealServicesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    SKIP_WITHOUT_SHARED_DATA("opportunities/opportunities_kent_real.json");
    const auto places = ImportRealPlaces(testing::SharedDataPath(""), scratch_.path() + "/places");
    ASSERT_TRUE(places.ok()) << places.status();
    places_ = *places;
    services_.emplace(absl::FromCivil(kMoment, base::LondonTimeZone()), places_);
    LoadVolunteers();
  }

  // Centres and volunteers, as the demonstration loads them.
  void LoadVolunteers() {
    const demo::CountyOptions options = {.today = absl::CivilDay(kMoment),
                                         .organisations = 0,
                                         .opportunities = 0,
                                         .volunteers = kVolunteers,
                                         .places = places_};
    const auto token = cli::ReadCredentialFile(services_->lead_token_file());
    ASSERT_TRUE(token.ok()) << token.status();
    const auto sleep = [](absl::Duration duration) { absl::SleepFor(duration); };
    const cli::Client client(services_->matching(), services_->registry(), token->text, absl::Seconds(30),
                             sleep);
    std::ostringstream quiet;
    const cli::Environment environment{.out = quiet,
                                       .err = quiet,
                                       .out_is_terminal = false,
                                       .err_is_terminal = false,
                                       .variable = {},
                                       .now = {},
                                       .sleep = sleep,
                                       .connect = {}};
    const demo::County county = demo::Generate(options);
    const absl::Status loaded =
        demo::Loader(client, environment, county, demo::MarkOf(options, places_->version()), 8, 0).Load();
    ASSERT_TRUE(loaded.ok()) << loaded;
  }

  support::Client Registry() { return services_->RegistryAs(services_->lead_token_file()); }
  support::Client Matching() { return services_->MatchingAs(services_->lead_token_file()); }

  absl::StatusOr<Organisation> Create(const Organisation& organisation) {
    registry::v1::CreateOrganisationRequest request;
    *request.mutable_organisation() = organisation;
    return Registry().Call(&OrganisationStub::CreateOrganisation, request);
  }

  // Calls a method that takes a name and nothing more; again, while the matching service has not heard of the
  // organisation yet.
  template <typename Request>
  absl::Status Step(grpc::Status (OpportunityStub::*method)(grpc::ClientContext*, const Request&,
                                                            Opportunity*),
                    const std::string& name) {
    Request request;
    request.set_name(name);
    for (;;) {
      const absl::Status status = Matching().Call(method, request).status();
      if (base::ReasonOf(status) != base::reason::kOrganisationNotActive) return status;
      absl::SleepFor(absl::Milliseconds(20));
    }
  }

  absl::Status Offer(const RealRole& role, const std::string& organisation) {
    matching::v1::CreateOpportunityRequest request;
    request.set_parent(role.centre);
    *request.mutable_opportunity() = role.opportunity;
    request.mutable_opportunity()->set_organisation(organisation);
    const auto made = Matching().Call(&OpportunityStub::CreateOpportunity, request);
    if (!made.ok()) return made.status();
    absl::Status status = Step(&OpportunityStub::SubmitOpportunity, made->name());
    if (status.ok()) status = Step(&OpportunityStub::ApproveOpportunity, made->name());
    if (status.ok() && role.paused) status = Step(&OpportunityStub::PauseOpportunity, made->name());
    return status;
  }

  // Everything that the matching service holds, read back through the API, for the plain scorer.
  support::PlainWorld ReadBack(const std::map<std::string, matcher::OrganisationStanding>& organisations) {
    support::PlainWorld world = EmptyPlainWorld();
    world.organisations = organisations;
    const matching::ReferenceTables tables = matching::ShippedTables(reference::KentDistricts());
    matching::v1::ListVolunteersRequest volunteers;
    volunteers.set_parent("centres/-");
    volunteers.set_page_size(1'000);
    do {
      const auto page = Matching().Call(&matching::v1::VolunteerService::Stub::ListVolunteers, volunteers);
      EXPECT_TRUE(page.ok()) << page.status();
      for (const Volunteer& one : page->volunteers()) {
        world.volunteers[one.name()] = matching::ToFacts(one, tables, *places_);
      }
      volunteers.set_page_token(page->next_page_token());
    } while (!volunteers.page_token().empty());
    matching::v1::ListOpportunitiesRequest roles;
    roles.set_parent("centres/-");
    roles.set_page_size(1'000);
    const auto page = Matching().Call(&OpportunityStub::ListOpportunities, roles);
    EXPECT_TRUE(page.ok()) << page.status();
    for (const Opportunity& one : page->opportunities()) {
      world.opportunities[one.name()] = matching::ToFacts(one, tables, *places_, services_->clock.Now());
    }
    return world;
  }

  // All pages of the list.
  std::vector<matching::v1::Match> Matches(const std::string& role) {
    matching::v1::MatchVolunteersRequest request;
    request.set_parent("centres/-");
    request.set_opportunity(role);
    request.set_page_size(37);
    std::vector<matching::v1::Match> matches;
    do {
      const auto page = Matching().Call(&matching::v1::MatchingService::Stub::MatchVolunteers, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      matches.insert(matches.end(), page->matches().begin(), page->matches().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return matches;
  }

  storage::contract::ScratchDirectory scratch_;
  std::shared_ptr<const reference::PlaceIndex> places_;
  std::optional<support::TwoServices> services_;
};

std::optional<int64_t> Part(bool has, int64_t millionths) {
  return has ? std::optional<int64_t>(millionths) : std::nullopt;
}

void ExpectSame(const std::vector<matching::v1::Match>& matches, const support::PlainList& plain) {
  ASSERT_EQ(matches.size(), plain.matches.size());
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const matching::v1::Match& match = matches[i];
    const matcher::PairScore& score = plain.matches[i].pair.score;
    ASSERT_EQ(match.volunteer(), plain.matches[i].name) << "at " << i;
    ASSERT_EQ(match.score_millionths(), score.score_millionths) << match.volunteer();
    const matching::v1::MatchParts& parts = match.parts();
    ASSERT_EQ(Part(parts.has_skills(), parts.skills()), score.parts.skills);
    ASSERT_EQ(Part(parts.has_location(), parts.location()), score.parts.location);
    ASSERT_EQ(Part(parts.has_availability(), parts.availability()), score.parts.availability);
    ASSERT_EQ(Part(parts.has_causes(), parts.causes()), score.parts.causes);
    ASSERT_EQ(Part(match.has_distance_m(), match.distance_m()), score.distance_m);
    ASSERT_EQ(match.covered_minutes(), score.covered_minutes);
    ASSERT_EQ(match.committed_minutes(), score.committed_minutes);
  }
}

TEST_F(RealServicesTest, RealRolesAreOfferedAndListExactlyWhomThePlainScorerLists) {
  const auto dressing = LoadDressing();
  ASSERT_TRUE(dressing.ok()) << dressing.status();
  const auto roles = LoadRealRoles(testing::SharedDataPath(""), *dressing);
  ASSERT_TRUE(roles.ok()) << roles.status();

  std::map<std::string, std::string> names;  // by key
  std::map<std::string, matcher::OrganisationStanding> standings;
  const std::vector<RealOrganisation> organisations = OrganisationsOf(roles->roles);
  for (const RealOrganisation& organisation : organisations) {
    const auto made = Create(organisation.organisation);
    ASSERT_TRUE(made.ok()) << made.status() << organisation.organisation.ShortDebugString();
    names[organisation.key] = made->name();
    standings[made->name()] = matcher::OrganisationStanding::kActive;
  }
  // What the reader takes, the service takes.
  for (const RealRole& role : roles->roles) {
    const absl::Status offered = Offer(role, names.at(role.organisation_key));
    ASSERT_TRUE(offered.ok()) << role.source << " " << role.id << ": " << offered;
  }
  for (const RealOrganisation& organisation : organisations) {
    if (!organisation.suspended) continue;
    registry::v1::SuspendOrganisationRequest request;
    request.set_name(names.at(organisation.key));
    request.set_reason("For this test.");
    ASSERT_TRUE(Registry().Call(&OrganisationStub::SuspendOrganisation, request).ok());
    standings[request.name()] = matcher::OrganisationStanding::kSuspended;
  }
  const support::PlainWorld world = ReadBack(standings);
  ASSERT_EQ(world.volunteers.size(), static_cast<std::size_t>(kVolunteers));
  ASSERT_EQ(world.opportunities.size(), roles->roles.size());

  const matcher::Visibility lead{.centre = "centres/ashford", .sees_all = true};
  const matcher::Moment moment = matching::MomentAt(services_->clock.Now());
  int found = 0;
  for (const auto& [name, facts] : world.opportunities) {
    SCOPED_TRACE(name);
    const support::PlainList plain = support::VolunteersPlainly(world, facts, lead, moment.as_of_min, {});
    // The suspensions arrive by the watch.
    std::vector<matching::v1::Match> matches = Matches(name);
    for (int i = 0; i < 200 && plain.matches.empty() && !matches.empty(); ++i) {
      absl::SleepFor(absl::Milliseconds(20));
      matches = Matches(name);
    }
    ExpectSame(matches, plain);
    if (HasFatalFailure()) return;
    found += matches.empty() ? 0 : 1;
  }
  EXPECT_THAT(found, Gt(120));
}

// What the file itself says of the incomes, by org-id.
std::map<std::string, std::string> IncomeBandsOf(const std::string& csv) {
  std::map<std::string, std::string> bands;
  std::optional<base::CsvHeader> header;
  base::ReadCsv(csv, [&](const base::CsvRow& row) {
    if (!header) {
      header.emplace(row.fields);
    } else {
      const std::string& band = row.fields[*header->Find("income_band")];
      bands[row.fields[*header->Find("org_id")]] = band == "0" ? "<10k" : band;
    }
    return true;
  });
  return bands;
}

std::string BandNameOf(registry::v1::SizeBand band) {
  switch (band) {
    case registry::v1::SIZE_BAND_MICRO:
      return "<10k";
    case registry::v1::SIZE_BAND_SMALL:
      return "10k-100k";
    case registry::v1::SIZE_BAND_MEDIUM:
      return "100k-1m";
    case registry::v1::SIZE_BAND_LARGE:
      return "1m-10m";
    case registry::v1::SIZE_BAND_MAJOR:
    case registry::v1::SIZE_BAND_SUPER_MAJOR:
      return "10m+";
    default:
      return "";
  }
}

TEST_F(RealServicesTest, KentCharitiesAreRegisteredWithTheirSizes) {
  const auto csv = base::ReadFile(testing::SharedDataPath("organisations/organisations_kent_charities.csv"));
  ASSERT_TRUE(csv.ok()) << csv.status();
  const auto charities = ReadCharities(*csv, *places_);
  ASSERT_TRUE(charities.ok()) << charities.status();
  const std::map<std::string, std::string> bands = IncomeBandsOf(*csv);
  int outside = 0;
  for (const RealOrganisation& charity : charities->organisations) {
    const auto made = Create(charity.organisation);
    ASSERT_TRUE(made.ok()) << charity.key << ": " << made.status();
    EXPECT_EQ(BandNameOf(made->size_band()), bands.at(charity.key)) << charity.key;
    ASSERT_EQ(made->places_size(), 1);
    EXPECT_EQ(made->places(0).precision(), common::v1::PLACE_PRECISION_POSTCODE) << made->ShortDebugString();
    outside += made->places(0).district() == "districts/outside" ? 1 : 0;
  }
  EXPECT_EQ(outside, 16);
}

}  // namespace
}  // namespace brokerage::real_data

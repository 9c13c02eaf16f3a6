// Organisations: what may be stored, what is answered, how they are listed.

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "brokerage/storage/v1/record.pb.h"
#include "services/registry/organisation_validate.h"
#include "storage/keys.h"
#include "storage/typed.h"
#include "tests/services/registry/world.h"

namespace brokerage::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::UnorderedElementsAre;

class OrganisationsTest : public ::testing::Test {
 protected:
  // The faults of a charity with these fields too.
  std::vector<std::string> FaultsWith(const std::string& fields) {
    return FieldsOf(
        Create(world_.Lead(), absl::StrCat(kCharity, " ", fields), "validate_only: true").status());
  }

  std::vector<std::string> Names(const std::string& request) {
    std::vector<std::string> names;
    const auto list = List(world_.Lead(), request);
    EXPECT_TRUE(list.ok()) << list.status();
    if (list.ok()) {
      for (const auto& organisation : list->organisations()) names.push_back(organisation.display_name());
    }
    return names;
  }

  World world_;
};

TEST_F(OrganisationsTest, CreateAnswersTheWholeResource) {
  const auto made = Create(world_.Caseworker(kDover), R"(
    name: "organisations/mine" display_name: "Dover Food Bank" kind: KIND_CHARITY identifiers: "GB-CHC-1001778"
    income: 85000 places { postcode: "ct16 1aa" } districts_served: "districts/E07000108" causes: "causes/care"
    contact { person_name: "Ann" email: "ann@example.org" phone: "01304 111" } website: "https://example.org"
    state: STATE_SUSPENDED size_band: SIZE_BAND_MAJOR verification { stage: STAGE_VISITED } etag: "x")");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_THAT(made->name(), MatchesRegex("organisations/[a-v][0-9a-v]{25}"));
  EXPECT_THAT(*made, Holds(R"(
    centre: "centres/dover" display_name: "Dover Food Bank" size_band: SIZE_BAND_SMALL state: STATE_ACTIVE
    verification { stage: STAGE_UNVERIFIED } contact { person_name: "Ann" }
    create_time { seconds: 1781517600 } update_time { seconds: 1781517600 }
    places { postcode: "CT16 1AA" district: "districts/E07000108" precision: PLACE_PRECISION_SECTOR })"));
  EXPECT_FALSE(made->etag().empty());
  EXPECT_FALSE(made->consistency_token().empty());
  auto read = Get(world_.Caseworker(kDover), made->name());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->consistency_token(), "");
  read->set_consistency_token(made->consistency_token());
  EXPECT_EQ(read->SerializeAsString(), made->SerializeAsString());
}

TEST_F(OrganisationsTest, ValidateOnlyStoresNothing) {
  const auto checked = Create(world_.Lead(), kCharity, "validate_only: true");
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_THAT(*checked,
              Holds("display_name: 'Ashford Food Bank' state: STATE_ACTIVE centre: 'centres/ashford'"));
  EXPECT_EQ(checked->name(), "");
  EXPECT_EQ(checked->etag(), "");
  EXPECT_EQ(checked->consistency_token(), "");
  EXPECT_THAT(Names(""), IsEmpty());

  const auto made = Create(world_.Lead(), kCharity);
  const auto update =
      Update(world_.Lead(), made->name(), "validate_only: true organisation { display_name: 'New' }");
  ASSERT_TRUE(update.ok());
  EXPECT_EQ(update->display_name(), "New");
  EXPECT_EQ(update->etag(), made->etag());
  EXPECT_EQ(update->consistency_token(), "");
  EXPECT_EQ(Get(world_.Lead(), made->name())->display_name(), "Ashford Food Bank");
}

TEST_F(OrganisationsTest, SizeBandsAreTheIncomes) {
  const struct {
    std::optional<int64_t> income;
    v1::SizeBand band;
  } kTable[] = {
      {std::nullopt, v1::SIZE_BAND_UNSPECIFIED},
      {0, v1::SIZE_BAND_MICRO},
      {9'999, v1::SIZE_BAND_MICRO},
      {10'000, v1::SIZE_BAND_SMALL},
      {99'999, v1::SIZE_BAND_SMALL},
      {100'000, v1::SIZE_BAND_MEDIUM},
      {999'999, v1::SIZE_BAND_MEDIUM},
      {1'000'000, v1::SIZE_BAND_LARGE},
      {9'999'999, v1::SIZE_BAND_LARGE},
      {10'000'000, v1::SIZE_BAND_MAJOR},
      {99'999'999, v1::SIZE_BAND_MAJOR},
      {100'000'000, v1::SIZE_BAND_SUPER_MAJOR},
  };
  for (const auto& row : kTable) EXPECT_EQ(SizeBandOf(row.income), row.band) << row.income.value_or(-1);
  const auto made = Create(world_.Lead(), absl::StrCat(kCharity, " income: 0"));
  EXPECT_EQ(made->size_band(), v1::SIZE_BAND_MICRO);
  const auto cleared =
      Update(world_.Lead(), made->name(), "update_mask { paths: 'income' }  organisation {}");
  EXPECT_FALSE(cleared->has_income());
  EXPECT_EQ(cleared->size_band(), v1::SIZE_BAND_UNSPECIFIED);
}

TEST_F(OrganisationsTest, ReferencesMustExist) {
  EXPECT_THAT(FaultsWith("districts_served: 'districts/E07000105' districts_served: 'districts/outside' "
                         "districts_served: 'districts/E06000035' districts_served: 'E07000105' "
                         "causes: 'causes/care' causes: 'causes/nonsense' causes: 'skills/first-aid'"),
              ElementsAre("organisation.districts_served[2]", "organisation.districts_served[3]",
                          "organisation.causes[1]", "organisation.causes[2]"));
}

TEST_F(OrganisationsTest, PlacesAreResolvedOrRefused) {
  const struct {
    const char* place;
    const char* fault;  // empty: it is taken
  } kTable[] = {
      {"postcode: 'TN23 1PL'", ""},
      {"postcode: ' tn231pl '", ""},
      {"latitude: 51.1 longitude: 0.9", ""},
      {"latitude: 0 longitude: 0", ""},
      {"postcode: 'TN23 1PL' latitude: 1 longitude: 2", ""},  // output then
      {"postcode: 'TN23 1PL' latitude: 1", ""},
      {"", "organisation.places[0]"},
      {"latitude: 51.1", "organisation.places[0].longitude"},
      {"longitude: 0.9", "organisation.places[0].latitude"},
      {"latitude: 90.1 longitude: 0", "organisation.places[0].latitude"},
      {"latitude: nan longitude: 0", "organisation.places[0].latitude"},
      {"latitude: 0 longitude: -180.1", "organisation.places[0].longitude"},
      {"postcode: 'TN23'", "organisation.places[0].postcode"},
      {"postcode: 'nowhere'", "organisation.places[0].postcode"},
      {"postcode: 'ZZ99 9ZZ'", "organisation.places[0].postcode"},
  };
  for (const auto& row : kTable) {
    const auto faults = FaultsWith(absl::StrCat("places { ", row.place, " }"));
    EXPECT_EQ(faults, *row.fault == 0 ? std::vector<std::string>() : std::vector<std::string>{row.fault})
        << row.place;
  }
  const auto forged =
      Create(world_.Lead(), absl::StrCat(kCharity,
                                         " places { postcode: 'TN23 1PL' latitude: 1 longitude: 2 "
                                         "district: 'districts/x' precision: PLACE_PRECISION_POSTCODE }"));
  ASSERT_TRUE(forged.ok());
  EXPECT_THAT(*forged, Holds("places { postcode: 'TN23 1PL' latitude: 51.148682 longitude: 0.8681 "
                             "district: 'districts/E07000105' precision: PLACE_PRECISION_SECTOR }"));
  const auto slip = Create(world_.Lead(), absl::StrCat(kCharity, " places { postcode: 'TN23 IPL' }"));
  EXPECT_THAT(std::string(slip.status().message()), ::testing::HasSubstr("did you mean TN23 1PL?"));
}

TEST_F(OrganisationsTest, APlaceThatDidNotChangeStaysAsItIsStored) {
  // One that the places in use do not know, and one that they know otherwise.
  const auto places = Parse<v1::Organisation>(
      "places { postcode: 'ZZ1 1AA' latitude: 51.5 longitude: 0.5 precision: PLACE_PRECISION_POSTCODE } "
      "places { latitude: 51.25 longitude: 0.75 district: 'districts/E07000108' "
      "precision: PLACE_PRECISION_COORDINATES }");
  const std::string name = MakeOrganisation(world_, kDover);
  const storage::Table<storage::v1::OrganisationRecord> table(world_.store(), storage::kOrganisations);
  auto record = (*table.Get(name))->message;
  *record.mutable_organisation()->mutable_places() = places.places();
  storage::CommitRequest commit;
  commit.writes.push_back(table.Put(name, record));
  ASSERT_TRUE(world_.store().Commit(std::move(commit)).ok());

  for (const char* update : {
           "organisation { income: 7 }",
           "organisation { places { postcode: 'zz11aa' } places { latitude: 51.25 longitude: 0.75 } }",
       }) {
    const auto updated = Update(world_.Lead(), name, update);
    ASSERT_TRUE(updated.ok()) << updated.status();
    EXPECT_THAT(*updated, Holds(places.ShortDebugString())) << update;
  }
  const auto moved = Update(world_.Lead(), name,
                            "organisation { places { postcode: 'TN23 1PL' } "
                            "places { latitude: 51.25 longitude: 0.8 } places { postcode: 'ZZ1 1AB' } }");
  EXPECT_THAT(FieldsOf(moved.status()), ElementsAre("organisation.places[2].postcode"));
}

TEST_F(OrganisationsTest, WhatPeopleAreReachedByHasItsShape) {
  EXPECT_THAT(
      FaultsWith("website: 'example.org' contact { email: 'ann' phone: 'call me' }"),
      ElementsAre("organisation.website", "organisation.contact.email", "organisation.contact.phone"));
}

TEST_F(OrganisationsTest, AnUnconstitutedGroupHasAnAccountableBody) {
  const std::string body = MakeOrganisation(world_, kDover);
  const std::string suspended = MakeOrganisation(world_, kDover, v1::Organisation::STATE_SUSPENDED);
  const std::string deleted = MakeOrganisation(world_, kDover, v1::Organisation::STATE_DELETED);
  const auto group = [&](const std::string& accountable) {
    return Create(world_.Lead(), absl::StrCat("display_name: 'Litter pickers' kind: KIND_UNCONSTITUTED_GROUP "
                                              "accountable_body: '",
                                              accountable, "'"));
  };
  const auto good = group(body);
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_TRUE(group(suspended).ok());
  for (const std::string& wrong :
       {std::string(), std::string("organisations/none"), std::string("nonsense"), deleted, good->name()}) {
    EXPECT_THAT(FieldsOf(group(wrong).status()), ElementsAre("organisation.accountable_body")) << wrong;
  }
  EXPECT_THAT(FaultsWith(absl::StrCat("accountable_body: '", body, "'")),
              ElementsAre("organisation.accountable_body"));
  // Nobody answers for itself.
  const auto itself =
      Update(world_.Lead(), body,
             absl::StrCat("organisation { kind: KIND_UNCONSTITUTED_GROUP accountable_body: '", body, "' }"));
  EXPECT_THAT(FieldsOf(itself.status()), ElementsAre("organisation.accountable_body"));
  // Who becomes constituted lets its body go in the same update.
  const auto constituted =
      Update(world_.Lead(), good->name(),
             "update_mask { paths: 'kind' paths: 'accountable_body' } organisation { kind: KIND_CHARITY }");
  EXPECT_TRUE(constituted.ok()) << constituted.status();
}

TEST_F(OrganisationsTest, AnUpdateWithFaultsIsRefusedForThem) {
  const auto made = Create(world_.Lead(), absl::StrCat(kCharity, " centre: 'centres/ashford'"));
  ASSERT_TRUE(made.ok()) << made.status();
  const std::string faulty = "update_mask { paths: 'no_such_field' } organisation { income: 1 }";
  // Whatever else stands in its way: it is not there, or it is another centre's.
  for (const auto& [client, name] :
       {std::pair(world_.Lead(), std::string("organisations/0123456789abcdefghijklmnop")),
        std::pair(world_.Caseworker(kDover), made->name())}) {
    EXPECT_THAT(FieldsOf(Update(client, name, faulty).status()), ElementsAre("update_mask")) << name;
  }
}

TEST_F(OrganisationsTest, UpdateChangesWhatTheMaskNames) {
  const auto made =
      Create(world_.Lead(), absl::StrCat(kCharity, " income: 5 contact { email: 'a@b.org' phone: '999' }"));
  world_.clock.Advance(absl::Hours(1));
  const auto changed = Update(world_.Lead(), made->name(),
                              "update_mask { paths: 'contact.phone' paths: 'income' } "
                              "organisation { display_name: 'Ignored' contact { phone: '101' } }");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(*changed, Holds("display_name: 'Ashford Food Bank' contact { email: 'a@b.org' phone: '101' } "
                              "create_time { seconds: 1781517600 } update_time { seconds: 1781521200 }"));
  EXPECT_FALSE(changed->has_income());
  EXPECT_NE(changed->etag(), made->etag());
}

TEST_F(OrganisationsTest, AStaleEtagIsRefused) {
  const auto made = Create(world_.Lead(), kCharity);
  const std::string with_etag =
      absl::StrCat("organisation { display_name: 'New' etag: '", made->etag(), "' }");
  EXPECT_TRUE(Update(world_.Lead(), made->name(), with_etag).ok());
  EXPECT_EQ(Outline(Update(world_.Lead(), made->name(), with_etag)), "ABORTED ETAG_MISMATCH");
}

TEST_F(OrganisationsTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(Outline(Get(world_.Lead(), "organisations/none")), kNotFound);
  EXPECT_EQ(Outline(Update(world_.Lead(), "organisations/none", "organisation { display_name: 'A' }")),
            kNotFound);
  EXPECT_EQ(Outline(Step(world_.Lead(), "DeleteOrganisation", "organisations/none")), kNotFound);
}

TEST_F(OrganisationsTest, ARequestIdMakesOneOrganisation) {
  constexpr char kId[] = "request_id: '6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d'";
  const auto first = Create(world_.Lead(), kCharity, kId);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(Create(world_.Lead(), kCharity, kId)->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(Outline(Create(world_.Lead(), "display_name: 'B' kind: KIND_CHARITY", kId)),
            "INVALID_ARGUMENT REQUEST_ID_REUSED");
  EXPECT_NE(Create(world_.Caseworker(kDover), kCharity, kId)->name(), first->name())
      << "another credential's";
  // A retry answers the resource as it is now.
  ASSERT_TRUE(Update(world_.Lead(), first->name(), "organisation { display_name: 'Renamed' }").ok());
  const auto later = Create(world_.Lead(), kCharity, kId);
  EXPECT_EQ(later->display_name(), "Renamed");
  EXPECT_EQ(later->consistency_token(), first->consistency_token());
}

TEST_F(OrganisationsTest, TheSameRequestAtOnceMakesOneOrganisation) {
  constexpr char kId[] = "request_id: '6a3b3c6e-1b9c-4d9e-8a5f-0d6f3a1b2c3d'";
  const Client lead = world_.Lead();
  std::vector<std::string> names(8);
  std::vector<std::thread> callers;
  for (std::string& name : names) {
    callers.emplace_back([&lead, &name, &kId] {
      const auto made = Create(lead, kCharity, kId);
      name = made.ok() ? made->name() : std::string(made.status().message());
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_THAT(names, ::testing::Each(names.front()));
  EXPECT_EQ(Names("").size(), 1u);
}

TEST_F(OrganisationsTest, WritersOfTheSameOrganisationAllSucceedOrAreTold) {
  const std::string name = MakeOrganisation(world_, kAshford);
  const Client lead = world_.Lead();
  std::atomic<int> written{0};
  std::atomic<int> lost{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j) {
        const auto answer = Update(lead, name, absl::StrCat("organisation { income: ", i * 100 + j, " }"));
        if (answer.ok()) ++written;
        if (Outline(answer) == "ABORTED CONCURRENT_CHANGE") ++lost;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(written + lost, 40);
  EXPECT_GT(written, 0);
}

TEST_F(OrganisationsTest, ListsFilterOrderAndPage) {
  const struct {
    const char* fields;
    const char* centre;
  } kRows[] = {
      {"display_name: 'Alpha' kind: KIND_CHARITY income: 5 identifiers: 'GB-CHC-1001778' causes: "
       "'causes/care'",
       kAshford},
      {"display_name: 'beta' kind: KIND_CIC districts_served: 'districts/E07000108' identifiers: "
       "'GB-COH-01234567'",
       kDover},
      {"display_name: 'Beech' kind: KIND_CHARITY places { postcode: 'CT16 1AA' }", kDover},
      {"display_name: 'Gone' kind: KIND_CHARITY", kDover},
  };
  std::string last;
  for (const auto& row : kRows) {
    last = Create(world_.Lead(), absl::StrCat(row.fields, " centre: '", row.centre, "'"))->name();
    world_.clock.Advance(absl::Hours(1));
  }
  ASSERT_TRUE(Step(world_.Lead(), "DeleteOrganisation", last).ok());
  const struct {
    const char* filter;
    std::vector<std::string> names;
  } kTable[] = {
      {"", {"Alpha", "beta", "Beech"}},
      {"kind=CHARITY", {"Alpha", "Beech"}},
      {"kind!=KIND_CHARITY", {"beta"}},
      {"size_band=MICRO", {"Alpha"}},
      {"display_name:\\\"BE\\\"", {"beta", "Beech"}},
      {"display_name=beta", {"beta"}},
      {"word:BE", {"beta", "Beech"}},
      {"word:eta", {}},
      {"centre=centres/dover", {"beta", "Beech"}},
      {"district=districts/E07000108", {"beta", "Beech"}},  // served, or worked from
      {"cause=causes/care", {"Alpha"}},
      {"identifier=GB-COH-01234567", {"beta"}},
      {"identifier:GB-C", {"Alpha", "beta"}},
      {"verification_stage=UNVERIFIED", {"Alpha", "beta", "Beech"}},
      {"state=DELETED", {}},
      {"update_time>=2026-06-15T11:00:00Z", {"beta", "Beech"}},
      {"kind=CHARITY AND centre=centres/dover", {"Beech"}},
  };
  for (const auto& row : kTable) {
    EXPECT_THAT(Names(absl::StrCat("filter: \"", row.filter, "\"")),
                ::testing::UnorderedElementsAreArray(row.names))
        << row.filter;
  }
  EXPECT_THAT(Names("show_deleted: true"), UnorderedElementsAre("Alpha", "beta", "Beech", "Gone"));
  EXPECT_THAT(Names("show_deleted: true filter: 'state=DELETED'"), ElementsAre("Gone"));
  EXPECT_THAT(Names("order_by: 'update_time'"), ElementsAre("Alpha", "beta", "Beech"));
  EXPECT_THAT(Names("order_by: 'update_time desc'"), ElementsAre("Beech", "beta", "Alpha"));
  const auto page = List(world_.Lead(), "order_by: 'update_time desc' page_size: 2");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->organisations_size(), 2);
  EXPECT_THAT(Names(absl::StrCat("order_by: 'update_time desc' page_token: '", page->next_page_token(), "'")),
              ElementsAre("Alpha"));
  const auto faulty = List(world_.Lead(), "filter: 'contact=x' order_by: 'income' page_size: -1");
  EXPECT_THAT(FieldsOf(faulty.status()), UnorderedElementsAre("page_size", "filter", "order_by"));
}

}  // namespace
}  // namespace brokerage::registry

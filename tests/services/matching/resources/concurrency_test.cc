// Several callers at once: one record, one winner.
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "tests/services/matching/resources/resource_calls.h"

namespace brokerage::matching {
namespace {

constexpr int kCallers = 8;

// Runs `body(caller)` on as many threads as there are callers.
template <typename Body>
void AtOnce(Body body) {
  std::vector<std::jthread> threads;
  for (int caller = 0; caller < kCallers; ++caller) threads.emplace_back([&body, caller] { body(caller); });
}

TEST(Concurrency, OfOneStepTakenByManyOneHappens) {
  MatchingWorld world;
  const Client ashford = world.Caseworker(kAshford);
  for (int round = 0; round < 5; ++round) {
    const auto made = CreateVolunteer(ashford, kAshford, std::string(kEnquiry) + " accepts_remote: true");
    ASSERT_TRUE(made.ok()) << made.status();
    std::atomic<int> taken = 0;
    std::atomic<int> refused = 0;
    AtOnce([&](int) {
      v1::RegisterVolunteerRequest request;
      request.set_name(made->name());
      const auto done = ashford.Call(&Volunteers::RegisterVolunteer, request);
      if (done.ok()) ++taken;
      if (Outline(done.status()) == "FAILED_PRECONDITION STATE_NOT_ALLOWED") ++refused;
    });
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(refused, kCallers - 1);
  }
}

TEST(Concurrency, ChangesOfDifferentFieldsAllHappen) {
  MatchingWorld world;
  const Client ashford = world.Caseworker(kAshford);
  const auto made = CreateVolunteer(ashford, kAshford, kEnquiry);
  ASSERT_TRUE(made.ok()) << made.status();
  const std::vector<std::string> fields = {"notes: 'n'",           "travel_radius_m: 5",
                                           "accepts_remote: true", "languages: 'en'",
                                           "placement_limit: 3",   "causes: 'causes/animal-welfare'",
                                           "access_needs: 'lift'", "home { postcode: 'TN23 1PL' }"};
  AtOnce([&](int caller) {
    const std::string request = "volunteer { " + fields[static_cast<std::size_t>(caller)] + " }";
    // Who lost too often is told to try again, and does.
    while (Outline(UpdateVolunteer(ashford, made->name(), request).status()) == "ABORTED CONCURRENT_CHANGE") {
    }
  });
  const auto read = GetVolunteer(ashford, made->name());
  ASSERT_TRUE(read.ok());
  for (const std::string& field : fields) EXPECT_THAT(*read, Holds(field));
}

TEST(Concurrency, OfOneRequestSentManyTimesOneRecordComes) {
  MatchingWorld world;
  const Client ashford = world.Caseworker(kAshford);
  const auto request = Parse<v1::CreateVolunteerRequest>(R"(parent: "centres/ashford"
      request_id: "7c9d7d0e-7f0f-4f6b-9a3c-0a5a9e6f3b21"
      volunteer { display_name: "Ann" contact { phone: "01233 000000" } })");
  std::vector<std::string> names(kCallers);
  AtOnce([&](int caller) {
    const auto made = ashford.Call(&Volunteers::CreateVolunteer, request);
    EXPECT_TRUE(made.ok()) << made.status();
    if (made.ok()) names[static_cast<std::size_t>(caller)] = made->name();
  });
  EXPECT_THAT(names, ::testing::Each(names[0]));
  EXPECT_EQ(ListVolunteers(ashford, "parent: 'centres/ashford'")->volunteers_size(), 1);
}

}  // namespace
}  // namespace brokerage::matching

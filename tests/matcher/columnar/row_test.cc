// A row gives back the week that was packed into it, in whichever of the two ways is shorter.
#include "matcher/columnar/row.h"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "matcher/columnar/point_table.h"

namespace brokerage::matcher {
namespace {

VolunteerFacts Free(const SlotSet& slots) {
  VolunteerFacts facts;
  facts.centre = "centres/ashford";
  facts.name = "centres/ashford/volunteers/ann";
  facts.display_name = "Ann";
  facts.languages = {3};
  facts.skills = {{7, 4}, {147, 1}};
  facts.free = slots;
  return facts;
}

// Bytes of a row with the week, beyond those of a row without.
std::size_t ExpectGivenBack(const SlotSet& slots) {
  PointTable points;
  const auto row_of = [&](const SlotSet& free) {
    std::vector<uint8_t> bytes;
    AppendRow(Free(free), bytes);
    return bytes;
  };
  const VolunteerFacts facts = Free(slots);
  const std::vector<uint8_t> bytes = row_of(slots);
  const LanePoint point = LanePointOf(facts, points);
  const Row row(bytes.data(), point);
  EXPECT_EQ(row.size(), bytes.size());
  EXPECT_EQ(row.id(), "ann");
  EXPECT_EQ(row.display_name(), "Ann");
  EXPECT_TRUE(row.IsNamed(facts.name, facts.centre));
  const VolunteerFacts back = row.ToFacts(facts.centre, points);
  EXPECT_EQ(back.free, slots);
  EXPECT_EQ(back.name, facts.name);
  EXPECT_EQ(back.languages, facts.languages);
  EXPECT_EQ(back.skills.size(), 2u);
  // What is read where it lies is aligned as it is read.
  RowScratch scratch;
  const VolunteerRef ref = row.Unpack(facts.centre, points, scratch);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(ref.languages.data()) % alignof(LanguageId), 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(ref.causes.data()) % alignof(CauseId), 0u);
  EXPECT_EQ(back.skills.back().skill, 147);
  return bytes.size() - row_of(SlotSet()).size();
}

// So many runs of one slot each.
SlotSet Runs(int count) {
  SlotSet slots;
  for (int i = 0; i < count; ++i) slots.set(static_cast<std::size_t>(2 * i));
  return slots;
}

TEST(Row, GivesTheWeekBack) {
  EXPECT_EQ(ExpectGivenBack(SlotSet()), 0u);
  EXPECT_LE(ExpectGivenBack(SlotSet().set()), 8u);  // a run has 128 slots at most
  constexpr std::size_t kWholeWeekBytes = 42 + 2;   // padded
  EXPECT_LT(ExpectGivenBack(Runs(20)), kWholeWeekBytes);
  EXPECT_LE(ExpectGivenBack(Runs(21)), kWholeWeekBytes);
  EXPECT_LE(ExpectGivenBack(Runs(168)), kWholeWeekBytes);
  for (const int length : {1, 63, 64, 65, 127, 128, 129, 335, 336}) {
    for (const int first : {0, 1, 63, 64, 200, 335}) {
      SlotSet slots;
      for (int slot = first; slot < std::min(first + length, kSlotsPerWeek); ++slot)
        slots.set(static_cast<std::size_t>(slot));
      ExpectGivenBack(slots);
    }
  }
}

TEST(Row, GivesAnyWeekBack) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 2'000; ++round) {
    SlotSet slots;
    const uint64_t share = 1 + random() % 40;  // one in so many changes between free and not
    bool free = random() % 2 == 0;
    for (std::size_t slot = 0; slot < kSlotsPerWeek; ++slot) {
      if (random() % share == 0) free = !free;
      slots.set(slot, free);
    }
    ExpectGivenBack(slots);
  }
}

TEST(Row, UnpacksTheListsThatAreAskedFor) {
  VolunteerFacts facts = Free(SlotSet().set(7));
  facts.licences = {{3, 20'000}};
  facts.checks = {{CheckLevel::kEnhanced, kChildWorkforce, 0, 19'000, std::nullopt}};
  facts.extra = {{10, 20}};
  facts.away = {{30, 40}, {50, 60}};
  std::vector<uint8_t> bytes;
  AppendRow(facts, bytes);
  PointTable points;
  const LanePoint point = LanePointOf(facts, points);
  for (const bool free : {false, true}) {
    for (const bool exceptions : {false, true}) {
      for (const bool papers : {false, true}) {
        RowScratch scratch;
        const VolunteerRef ref =
            Row(bytes.data(), point).Unpack(facts.centre, points, scratch, {free, exceptions, papers});
        EXPECT_EQ(ref.free.count(), free ? 1u : 0u);
        EXPECT_EQ(ref.extra.size(), exceptions ? 1u : 0u);
        EXPECT_EQ(ref.away.size(), exceptions ? 2u : 0u);
        EXPECT_EQ(ref.licences.size(), papers ? 1u : 0u);
        EXPECT_EQ(ref.checks.size(), papers ? 1u : 0u);
        EXPECT_EQ(ref.skills.size(), facts.skills.size());
      }
    }
  }
}

}  // namespace
}  // namespace brokerage::matcher

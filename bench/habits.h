// What the benchmark's people have in common with real ones: when they are free, what they can do.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/draws.h"
#include "matcher/types.h"

namespace brokerage::bench {

// How many of each the shipped tables hold; they only grow.
inline constexpr int kSkills = 148;
inline constexpr int kCauses = 45;

// Licences, languages and access needs are numbers below these.
inline constexpr int kLicences = 6;
inline constexpr int kLanguages = 10;
inline constexpr int kAccessNeeds = 20;

// A week as people are free in it: evenings, weekends, weekdays, or a mixture.
matcher::SlotSet FreeWeek(Draws& draws);
// The shifts of a weekly role: one to three, of two to four hours.
matcher::SlotSet Shifts(Draws& draws);

// Of `count` terms in a fixed disorder, the first more often than the last, as some skills and causes are
// common.
int SomeTerm(Draws& draws, int count);
// `wanted` of them, none twice.
std::vector<int> SomeTerms(Draws& draws, int count, std::size_t wanted);

}  // namespace brokerage::bench

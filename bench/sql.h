// The benchmark's questions in SQL, for bench/postgres.
#pragma once

#include <string>

#include "bench/scene.h"
#include "matcher/taxonomy.h"

namespace brokerage::bench {

// A statement that answers (key, rank, score) of the first 20, in order.
std::string SqlOf(const Question& question, const matcher::Taxonomies& taxonomies);

}  // namespace brokerage::bench

// The engines of our own that are measured, all behind the index's face.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "bench/answers.h"
#include "bench/scene.h"
#include "matcher/index.h"
#include "matcher/taxonomy.h"

namespace brokerage::bench {

struct Engine {
  absl::string_view name;
  // The one that the service uses: ratios are told against it.
  bool in_service = false;
  // More records than this do not fit the memory of a usual machine; 0: any number.
  int64_t most_records = 0;
  std::function<std::unique_ptr<matcher::Index>(std::shared_ptr<const matcher::World>)> make;
};
const std::vector<Engine>& Engines();

// Every question once to warm up, then as often as said, one after the other on one thread.
std::vector<Answer> Ask(const matcher::Index& index, const std::vector<Question>& questions, int repetitions);

}  // namespace brokerage::bench

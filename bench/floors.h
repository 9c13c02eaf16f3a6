// The least time in which a question could be answered by looking at every volunteer whom no place rules out:
// what must be read, at the speed of the memory. Who skips whole groups by what is known of them can go
// below.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "bench/memory.h"
#include "bench/scene.h"

namespace brokerage::bench {

// For one question about volunteers. They must be told apart in what the question asks: so many bits of each.
// On site these are few, scattered lines; elsewhere all, in sequence.
struct Floor {
  std::string question;
  int64_t volunteers = 0;
  int64_t bits_each = 0;
  int64_t lines = 0;  // of 64 bytes
  bool scattered = false;
  double microseconds = 0;
};

// Of the scene's questions for volunteers; none for the other direction, nor where all score the same and
// names alone decide. Whom a place does not rule out is counted among the first volunteers and scaled up.
std::vector<Floor> FloorsOf(const Scene& scene, const std::vector<Question>& questions,
                            const MemorySpeed& speed);

std::string LineOf(const Floor& floor);
absl::StatusOr<std::vector<Floor>> ReadFloors(const std::string& path);

}  // namespace brokerage::bench

// The least time in which a question could be answered: what must be read, at the speed of the memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "bench/memory.h"
#include "bench/scene.h"

namespace brokerage::bench {

// For one question about volunteers. Every volunteer whom no place rules out must be told apart from the
// others in what the question asks: so many bits of each. On site these are few, scattered lines; elsewhere
// all, in sequence.
struct Floor {
  std::string question;
  int64_t volunteers = 0;
  int64_t bits_each = 0;
  int64_t lines = 0;  // of 64 bytes
  bool scattered = false;
  double microseconds = 0;
};

// Of the scene's questions for volunteers; none for the other direction. Whom a place does not rule out is
// counted among the first volunteers and scaled up.
std::vector<Floor> FloorsOf(const Scene& scene, const std::vector<Question>& questions,
                            const MemorySpeed& speed);

std::string LineOf(const Floor& floor);
absl::StatusOr<std::vector<Floor>> ReadFloors(const std::string& path);

}  // namespace brokerage::bench

// Built with -ffp-contract=off, and without functions that differ from one C library to the next: the same
// seed makes the same world everywhere.
#include "bench/geography.h"

#include <algorithm>

namespace brokerage::bench {
namespace {

constexpr double kCountySideM = 61'000;  // 3,700 km², as Kent
constexpr int kTowns = 20;
constexpr int kSectors = 8;  // a town's outcodes
constexpr double kOutcodeCellM = 6'100;
constexpr unsigned kTownPercent = 85;
constexpr double kMidLatitude = 52.0;
constexpr double kMidLongitude = -1.0;
constexpr double kMetresPerDegree = 111'195;
constexpr double kRadiansPerDegree = 0.017453292519943295;

enum Stream : uint64_t { kTownStream = 0x7001, kSectorStream = 0x7002 };

// Towns by size: the second has half of the first, and so on (Zipf's law).
constexpr int kTownWeights[kTowns] = {420, 210, 140, 105, 84, 70, 60, 52, 47, 42,
                                      38,  35,  32,  30,  28, 26, 25, 23, 22, 21};

double Cosine(double degrees) {
  const double x = degrees * kRadiansPerDegree;
  const double y = x * x;
  return 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56)));
}

}  // namespace

Geography::Geography(uint64_t seed, int64_t volunteers)
    : seed_(seed), counties_(std::max<int64_t>(1, volunteers / kVolunteersPerCounty)), counties_a_row_(1) {
  while (counties_a_row_ * counties_a_row_ < counties_) ++counties_a_row_;
}

matcher::GeoPoint Geography::At(int64_t county, Offset offset) const {
  const double half = static_cast<double>(counties_a_row_) / 2;
  const double row = static_cast<double>(county / counties_a_row_) - half;
  const double column = static_cast<double>(county % counties_a_row_) - half;
  const double latitude = kMidLatitude + (row * kCountySideM + offset.north_m) / kMetresPerDegree;
  const double longitude =
      kMidLongitude + (column * kCountySideM + offset.east_m) / (kMetresPerDegree * Cosine(latitude));
  return {static_cast<int32_t>(latitude * 1e7), static_cast<int32_t>(longitude * 1e7)};
}

int Geography::CentreOf(int64_t county, int64_t part) const {
  return static_cast<int>(counties_ == 1 ? part % kCentresOfOneCounty : county);
}

Spot Geography::InTown(Draws& draws) const {
  const auto county = static_cast<int64_t>(draws.Below(static_cast<uint64_t>(counties_)));
  const std::size_t town = draws.Weighted(kTownWeights);
  const uint64_t sector = draws.Below(kSectors);
  const uint64_t town_id = static_cast<uint64_t>(county) * kTowns + town;
  Draws of_town(seed_, kTownStream, town_id);
  const Offset middle{of_town.Unit() * kCountySideM, of_town.Unit() * kCountySideM};
  const double spread_m = 600.0 + kTownWeights[town] * 4.5;
  Draws of_sector(seed_, kSectorStream, town_id * kSectors + sector);
  const Offset centroid{middle.east_m + of_sector.Bell() * spread_m,
                        middle.north_m + of_sector.Bell() * spread_m};
  const Offset point{centroid.east_m + draws.Bell() * spread_m / 2,
                     centroid.north_m + draws.Bell() * spread_m / 2};
  return {At(county, point), At(county, centroid), CentreOf(county, static_cast<int64_t>(town))};
}

Spot Geography::InTheCountry(Draws& draws) const {
  const auto county = static_cast<int64_t>(draws.Below(static_cast<uint64_t>(counties_)));
  const Offset point{draws.Unit() * kCountySideM, draws.Unit() * kCountySideM};
  const auto cell = [](double m) { return static_cast<double>(static_cast<int64_t>(m / kOutcodeCellM)); };
  const Offset centroid{(cell(point.east_m) + 0.5) * kOutcodeCellM,
                        (cell(point.north_m) + 0.5) * kOutcodeCellM};
  return {At(county, point), At(county, centroid),
          CentreOf(county, static_cast<int64_t>(cell(point.east_m) + cell(point.north_m)))};
}

Spot Geography::Home(Draws& draws) const {
  return draws.Chance(kTownPercent) ? InTown(draws) : InTheCountry(draws);
}

Spot Geography::Venue(Draws& draws) const { return InTown(draws); }

}  // namespace brokerage::bench

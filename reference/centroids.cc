#include "reference/centroids.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "reference/districts.h"
#include "reference/shipped.h"

namespace brokerage::reference {
namespace {

Centroid FromRow(const std::vector<std::string>& row) {
  const auto latitude = ParseDegreesE7(row[1]);
  const auto longitude = ParseDegreesE7(row[2]);
  if (!latitude || !longitude) ShippedTableIsFaulty(absl::StrCat("the position of ", row[0]));
  Centroid centroid{.code = row[0], .point = {*latitude, *longitude}, .district_codes = {}};
  // Each item is "code:number of postcodes".
  for (const std::string& item : SplitList(row[4])) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(item, absl::MaxSplits(':', 1));
    if (!IsOnsCode(parts.first)) ShippedTableIsFaulty(absl::StrCat("the districts of ", row[0]));
    centroid.district_codes.push_back(parts.first);
  }
  return centroid;
}

}  // namespace

const std::vector<Centroid>& ShippedCentroids() {
  static const auto* const centroids = [] {
    auto* const all = new std::vector<Centroid>;
    for (const auto& row :
         ShippedRows(CentroidsCsv(), {"code", "latitude", "longitude", "postcodes", "districts"})) {
      all->push_back(FromRow(row));
      const std::size_t size = all->size();
      if (size > 1 && (*all)[size - 2].code >= (*all)[size - 1].code) {
        ShippedTableIsFaulty(absl::StrCat("out of order at ", row[0]));
      }
    }
    return all;
  }();
  return *centroids;
}

}  // namespace brokerage::reference

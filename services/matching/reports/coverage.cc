#include "services/matching/reports/coverage.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "google/protobuf/repeated_ptr_field.h"

#include "base/resource_names.h"
#include "reference/districts.h"
#include "services/matching/reports/term_numbers.h"

namespace brokerage::matching {
namespace {

using TermRows = google::protobuf::RepeatedPtrField<v1::TermCoverage>;

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

void Fill(const Counts& counts, v1::Coverage* message) {
  message->set_searching_volunteers(counts.volunteers);
  message->set_open_opportunities(counts.opportunities);
  message->set_open_places(counts.places);
  if (const auto ratio = VolunteersPerPlaceHundredths(counts)) {
    message->set_volunteers_per_place_hundredths(*ratio);
  }
  message->set_thin(IsThin(counts));
}

struct Term {
  std::string name;
  Counts counts;
};

// Both have places. The ratios are compared as they are, not as they are rounded.
bool Thinner(const Term& a, const Term& b) {
  const int64_t ratio_a = a.counts.volunteers * b.counts.places;
  const int64_t ratio_b = b.counts.volunteers * a.counts.places;
  if (ratio_a != ratio_b) return ratio_a < ratio_b;
  if (a.counts.places != b.counts.places) return a.counts.places > b.counts.places;
  return a.name < b.name;
}

// The first `most` of the skills, or of the causes, that roles counted in `area` name.
void FillThinnest(const AreaTally& area, const TermNumbers& numbers, bool skills, std::size_t most,
                  TermRows* rows) {
  std::vector<Term> terms;
  for (std::size_t i = 0; i < area.terms.size(); ++i) {
    const auto number = static_cast<TermNumber>(i);
    if (!area.terms[i].named || numbers.IsSkill(number) != skills) continue;
    terms.push_back({numbers.NameOf(number), area.terms[i].counts});
  }
  std::sort(terms.begin(), terms.end(), Thinner);
  if (terms.size() > most) terms.resize(most);
  for (const Term& term : terms) {
    v1::TermCoverage* const row = rows->Add();
    row->set_term(term.name);
    Fill(term.counts, row->mutable_coverage());
  }
}

}  // namespace

std::optional<int64_t> VolunteersPerPlaceHundredths(const Counts& counts) {
  if (counts.places == 0) return std::nullopt;
  return 100 * counts.volunteers / counts.places;
}

bool IsThin(const Counts& counts) {
  const auto ratio = VolunteersPerPlaceHundredths(counts);
  return ratio && *ratio < kThinBelowHundredths;
}

void FillCoverage(const DistrictTally& tally, const ReferenceTables& tables,
                  v1::GetDistrictCoverageResponse& response) {
  const TermNumbers numbers(tables);
  const auto& districts = tables.districts.all();
  AreaTally total;
  for (std::size_t i = 0; i < tally.areas.size(); ++i) {
    const AreaTally& area = tally.areas[i];
    total += area;
    if (i > districts.size()) {
      Fill(area.counts, response.mutable_elsewhere());
      continue;
    }
    v1::DistrictCoverage* const district = response.add_districts();
    district->set_district(base::FormatDistrictName(i < districts.size() ? districts[i].code
                                                                         : std::string(reference::kOutside)));
    Fill(area.counts, district->mutable_coverage());
    FillThinnest(area, numbers, false, kThinnestTerms, district->mutable_thinnest_causes());
    FillThinnest(area, numbers, true, kThinnestTerms, district->mutable_thinnest_skills());
  }
  Fill(total.counts, response.mutable_total());
  Fill(tally.remote, response.mutable_remote());
  FillThinnest(total, numbers, false, kAll, response.mutable_causes());
  FillThinnest(total, numbers, true, kAll, response.mutable_skills());
}

}  // namespace brokerage::matching

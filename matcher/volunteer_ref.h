// A volunteer's facts wherever they are kept: in a VolunteerFacts, or packed in an index.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "matcher/types.h"

namespace brokerage::matcher {

// What rules read of a volunteer, under the same names. What it was made of must outlive it.
struct VolunteerRef {
  VolunteerRef() = default;
  VolunteerRef(const VolunteerFacts& facts)  // NOLINT: facts are what rules are about
      : centre(facts.centre),
        state(facts.state),
        sharing(facts.sharing),
        placement_limit(facts.placement_limit),
        home(facts.home),
        outcode_centroid(facts.outcode_centroid),
        travel_radius_m(facts.travel_radius_m),
        accepts_remote(facts.accepts_remote),
        skills(facts.skills),
        free(facts.free),
        extra(facts.extra),
        away(facts.away),
        causes(facts.causes),
        languages(facts.languages),
        licences(facts.licences),
        checks(facts.checks),
        birth_date(facts.birth_date),
        guardian_consent(facts.guardian_consent),
        access_needs(facts.access_needs) {}

  absl::string_view centre;
  VolunteerState state = VolunteerState::kEnquiry;
  Sharing sharing = Sharing::kCentre;
  uint32_t placement_limit = 1;
  std::optional<GeoPoint> home;
  std::optional<GeoPoint> outcode_centroid;
  std::optional<uint32_t> travel_radius_m;
  bool accepts_remote = false;
  absl::Span<const HeldSkill> skills;
  SlotSet free;
  absl::Span<const Interval> extra;
  absl::Span<const Interval> away;
  absl::Span<const CauseId> causes;
  absl::Span<const LanguageId> languages;
  absl::Span<const HeldLicence> licences;
  absl::Span<const HeldCheck> checks;
  std::optional<BirthDate> birth_date;
  bool guardian_consent = false;
  absl::Span<const AccessNeed> access_needs;
};

}  // namespace brokerage::matcher

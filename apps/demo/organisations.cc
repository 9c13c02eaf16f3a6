#include "apps/demo/organisations.h"

#include <array>
#include <cstddef>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

#include "apps/demo/names.h"
#include "reference/districts.h"

namespace brokerage::demo {
namespace {

using registry::v1::Organisation;
using registry::v1::Verification;

// Words that no organisation of the county is called by, as far as one can know.
constexpr std::array<absl::string_view, 48> kMarks = {
    "Hopgarden",  "Cobnut",       "Oastfield",   "Lambhurst",    "Weirside",   "Larkmead",    "Ragstone",
    "Fernhanger", "Saltpan",      "Brambledown", "Quillet",      "Merrow",     "Tidewrack",   "Starling",
    "Bellwether", "Greensand",    "Pippin",      "Wattlebrook",  "Sloeberry",  "Kingcup",     "Harrier",
    "Thornfold",  "Chalkhorn",    "Gault",       "Windfall",     "Turnstone",  "Lanternhill", "Medlar",
    "Rushlight",  "Hazelshaw",    "Skylark",     "Oxlip",        "Cinderford", "Millrace",    "Dewpond",
    "Bluebell",   "Marlpit",      "Curlew",      "Spindleberry", "Holloway",   "Fieldfare",   "Sandling",
    "Beacon",     "Yellowhammer", "Copperbeech", "Drystone",     "Wayfaring",  "Goldcrest"};

constexpr int kTriesForAName = 50;

// Yearly income by band, in pounds. Four of five are micro or small.
constexpr std::array<int, 6> kBandShares = {470, 350, 130, 38, 10, 2};
constexpr std::array<std::array<int, 2>, 6> kBands = {{{400, 9'900},
                                                       {10'000, 99'000},
                                                       {100'000, 990'000},
                                                       {1'000'000, 9'900'000},
                                                       {10'000'000, 99'000'000},
                                                       {100'000'000, 400'000'000}}};

const OrganisationKind& PickKind(Random& random) {
  std::vector<int> shares;
  for (const OrganisationKind& kind : OrganisationKinds()) shares.push_back(kind.share);
  return OrganisationKinds()[random.Weighted(shares)];
}

// One that is not in `taken`; numbered when the words run out.
std::string PickName(const OrganisationKind& kind, absl::string_view town,
                     const absl::flat_hash_set<std::string>& taken, uint64_t index, Random& random) {
  std::string name;
  for (int i = 0; i < kTriesForAName; ++i) {
    name = absl::StrReplaceAll(random.Pick(kind.names), {{"{mark}", random.Pick(kMarks)}, {"{town}", town}});
    if (!taken.contains(name)) return name;
  }
  return absl::StrCat(name, " ", index);
}

// Identifiers of a form that registers use, with numbers that they have not given out.
void AddIdentifier(uint64_t index, Organisation* organisation) {
  switch (organisation->kind()) {
    case Organisation::KIND_CHARITY:
      organisation->add_identifiers(absl::StrFormat("GB-CHC-%d", 9'000'000 + index));
      break;
    case Organisation::KIND_CIC:
    case Organisation::KIND_COMPANY:
      organisation->add_identifiers(absl::StrFormat("GB-COH-%08d", 99'000'000 + index));
      break;
    default:
      break;
  }
}

void SetVerification(Random& random, CountyOrganisation* record) {
  constexpr std::array<Verification::Stage, 5> kStages = {
      Verification::STAGE_UNVERIFIED, Verification::STAGE_CONTACT_CONFIRMED,
      Verification::STAGE_REGISTER_CHECKED, Verification::STAGE_DOCUMENTS_SEEN, Verification::STAGE_VISITED};
  constexpr std::array<absl::string_view, 5> kEvidence = {
      "", "Spoke to the contact at the address given.", "Found in the register under its number.",
      "Safeguarding policy and insurance certificate seen.", "Visited during a session."};
  constexpr std::array<int, 5> kShares = {220, 260, 240, 190, 90};
  std::size_t stage = random.Weighted(kShares);
  const bool registered = record->organisation.identifiers_size() > 0;
  if (!registered && kStages[stage] == Verification::STAGE_REGISTER_CHECKED) stage = 1;
  record->verification = kStages[stage];
  record->evidence = std::string(kEvidence[stage]);
}

void SetContact(uint64_t index, Random& random, Organisation* organisation) {
  const PersonName name = PickName(1950 + random.Between(0, 50), random);
  registry::v1::OrganisationContact& contact = *organisation->mutable_contact();
  contact.set_person_name(absl::StrCat(name.given, " ", name.family));
  contact.set_email(absl::StrFormat("hello@organisation-%d.example.org", index));
  if (random.Chance(700)) contact.set_phone(absl::StrFormat("01632 960%03d", random.Between(0, 999)));
  if (random.Chance(600))
    organisation->set_website(absl::StrFormat("https://organisation-%d.example.org", index));
}

void SetDistricts(const Area& area, int band, Random& random, Organisation* organisation) {
  organisation->add_districts_served(absl::StrCat("districts/", area.code));
  if (!random.Chance(band * 180 + 60)) return;
  const bool all = band >= 3;
  for (const reference::District& district : reference::KentDistricts().all()) {
    if (district.code != area.code && (all || random.Chance(150))) {
      organisation->add_districts_served(absl::StrCat("districts/", district.code));
    }
  }
}

OrganisationPlan MakeOrganisation(uint64_t seed, uint64_t index, const Homes& homes,
                                  const absl::flat_hash_set<std::string>& taken) {
  Random random = Random::For(seed, "organisation", index);
  const bool first = index == 0;
  OrganisationPlan plan;
  plan.kind = first ? &OrganisationKinds().front() : &PickKind(random);
  const std::string district = first ? std::string(kLeadCentreId) : homes.PickDistrict(random);
  plan.area = first ? &Areas().front() : &homes.PickArea(district, /*outside=*/false, random);

  Organisation& organisation = plan.record.organisation;
  organisation.set_centre(absl::StrCat("centres/", district));
  organisation.set_display_name(PickName(*plan.kind, plan.area->town, taken, index, random));
  organisation.set_kind(first ? Organisation::KIND_CHARITY : random.Pick(plan.kind->legal_forms));
  AddIdentifier(index, &organisation);

  const bool group = organisation.kind() == Organisation::KIND_UNCONSTITUTED_GROUP;
  const auto band = group ? std::size_t{0} : random.Weighted(kBandShares);
  if (group ? random.Chance(300) : random.Chance(920)) {
    const int64_t pounds = random.Between(kBands[band][0], kBands[band][1]);
    organisation.set_income(pounds - pounds % 50);
  }
  *organisation.add_places() = homes.PickPlace(*plan.area, random);
  for (std::size_t more = 2; more <= band && random.Chance(500); ++more) {
    *organisation.add_places() = homes.PickPlace(homes.PickArea(district, /*outside=*/false, random), random);
  }
  SetDistricts(*plan.area, static_cast<int>(band), random, &organisation);
  for (const absl::string_view cause : plan.kind->causes)
    organisation.add_causes(absl::StrCat("causes/", cause));
  SetContact(index, random, &organisation);
  organisation.set_description(
      absl::StrCat(plan.kind->purpose, " An invented organisation of the demonstration county."));
  SetVerification(random, &plan.record);
  if (!first && random.Chance(15))
    plan.record.suspend_reason = "The insurance has run out; waiting for the new policy.";
  return plan;
}

}  // namespace

std::vector<OrganisationPlan> MakeOrganisations(uint64_t seed, int count, const Homes& homes) {
  std::vector<OrganisationPlan> plans;
  absl::flat_hash_set<std::string> names;
  for (int i = 0; i < count; ++i)
    plans.push_back(MakeOrganisation(seed, static_cast<uint64_t>(i), homes, names));

  // Groups find someone of their own centre to answer for them, or the first organisation, which is none.
  for (std::size_t i = 0; i < plans.size(); ++i) {
    Organisation& organisation = plans[i].record.organisation;
    if (organisation.kind() != Organisation::KIND_UNCONSTITUTED_GROUP) continue;
    Random random = Random::For(seed, "accountable body", i);
    std::vector<std::size_t> bodies;
    for (std::size_t other = 0; other < plans.size(); ++other) {
      const CountyOrganisation& body = plans[other].record;
      if (body.organisation.kind() != Organisation::KIND_UNCONSTITUTED_GROUP && body.suspend_reason.empty() &&
          body.organisation.centre() == organisation.centre()) {
        bodies.push_back(other);
      }
    }
    plans[i].record.accountable_body = bodies.empty() ? 0 : random.Pick(bodies);
  }
  return plans;
}

}  // namespace brokerage::demo

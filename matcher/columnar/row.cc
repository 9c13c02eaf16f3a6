#include "matcher/columnar/row.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>

#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "matcher/columnar/packed_week.h"

namespace brokerage::matcher {
namespace {

constexpr Day kNoDay = std::numeric_limits<Day>::min();
constexpr absl::string_view kCollection = "/volunteers/";
using Header = RowHeader;

// What few volunteers have other than by default.
struct Rare {
  uint32_t placement_limit;
  Day on_break_until;  // kNoDay: none
  uint32_t id_length;  // of an id longer than a byte counts
  uint8_t extra;       // counts, of intervals behind the lists
  uint8_t away;
  uint16_t unused;
};
static_assert(sizeof(Rare) == 16);

// Packed list entries.
using PackedSkill = uint16_t;  // skill · 8 + level
constexpr SkillId kMaxPackedSkill = (1 << 13) - 1;

#pragma pack(push, 1)
struct PackedLicence {
  LicenceKind kind;
  Day expire_day;
};
struct PackedCheck {
  uint8_t what;  // level · 32 + workforces · 4 + barred lists
  Day issue_day;
  Day expire_day;
};
#pragma pack(pop)

Day OrNoDay(const std::optional<Day>& day) { return day.value_or(kNoDay); }
std::optional<Day> FromNoDay(Day day) { return day == kNoDay ? std::nullopt : std::optional<Day>(day); }

// Writes behind what is there. Room is made once.
class Writer {
 public:
  Writer(std::vector<uint8_t>& out, std::size_t most_bytes) : out_(out), begin_(out.size()), at_(begin_) {
    out_.resize(begin_ + most_bytes);
  }
  ~Writer() { out_.resize(at_); }

  template <typename T>
  void Put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    PutBytes(&value, sizeof(T));
  }
  void PutBytes(const void* bytes, std::size_t count) {
    std::memcpy(out_.data() + at_, bytes, count);
    at_ += count;
  }
  void PadTo(std::size_t multiple) {
    while ((at_ - begin_) % multiple != 0) ++at_;
  }

 private:
  std::vector<uint8_t>& out_;
  const std::size_t begin_;
  std::size_t at_;
};

template <typename T>
T Load(const uint8_t*& at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  at += sizeof(T);
  return value;
}

// Rows and their lists are aligned as their entries are.
template <typename T>
absl::Span<const T> SpanAt(const uint8_t* at, std::size_t count) {
  return absl::MakeConstSpan(reinterpret_cast<const T*>(at), count);
}

template <typename List>
uint8_t CountOf(const List& list) {
  return static_cast<uint8_t>(std::min(list.size(), kMaxRowList));
}

Header HeaderAt(const uint8_t* bytes) {
  Header header;
  std::memcpy(&header, bytes, sizeof(Header));
  return header;
}

std::size_t FreeBytes(const Header& header) {
  return header.free_runs == Header::kWholeWeek ? kWeekBytes : header.free_runs * sizeof(PackedRun);
}

// Of a row with this header, padding included.
std::size_t MostBytes(const Header& header, std::size_t id_bytes, std::size_t intervals) {
  constexpr std::size_t kMostPadding = 4;
  return sizeof(Header) + sizeof(Rare) + header.languages * sizeof(LanguageId) + FreeBytes(header) +
         id_bytes + header.display_name_length + header.skills * sizeof(PackedSkill) +
         header.causes * sizeof(CauseId) + header.access_needs * sizeof(AccessNeed) +
         header.licences * sizeof(PackedLicence) + header.checks * sizeof(PackedCheck) +
         intervals * sizeof(Interval) + kMostPadding;
}

SlotSet UnpackFree(const Header& header, const uint8_t* at) {
  if (header.free_runs == Header::kWholeWeek) {
    SlotBytes whole{};
    std::memcpy(whole.data(), at, kWeekBytes);
    return std::bit_cast<SlotSet>(whole);
  }
  SlotWords words{};
  for (std::size_t i = 0; i < header.free_runs; ++i) AddRun(Load<PackedRun>(at), words);
  return std::bit_cast<SlotSet>(words);
}

}  // namespace

LanePoint LanePointOf(const VolunteerFacts& facts, PointTable& points) {
  LanePoint point;
  if (facts.home) point.home = *facts.home;
  if (facts.travel_radius_m) point.travel_radius_m = *facts.travel_radius_m;
  if (facts.outcode_centroid) point.centroid = points.NumberOf(*facts.outcode_centroid);
  return point;
}

void AppendRow(const VolunteerFacts& facts, std::vector<uint8_t>& out) {
  Header header{};
  const PackedRuns runs = RunsOf(facts.free);
  const bool as_runs = runs.size() * sizeof(PackedRun) < kWeekBytes;
  header.free_runs = as_runs ? static_cast<uint8_t>(runs.size()) : Header::kWholeWeek;
  header.flags = static_cast<uint16_t>(facts.state);
  const auto flag = [&](uint16_t bit, bool set) {
    if (set) header.flags |= bit;
  };
  flag(Header::kCounty, facts.sharing == Sharing::kCounty);
  flag(Header::kRemote, facts.accepts_remote);
  flag(Header::kGuardian, facts.guardian_consent);
  flag(Header::kBirth, facts.birth_date.has_value());
  if (facts.birth_date) header.birth_date = *facts.birth_date;

  absl::string_view id = facts.name;
  if (absl::StartsWith(id, facts.centre) && absl::StartsWith(id.substr(facts.centre.size()), kCollection)) {
    id.remove_prefix(facts.centre.size() + kCollection.size());
  } else {
    header.flags |= Header::kForeignName;
  }
  header.id_length = static_cast<uint8_t>(std::min<std::size_t>(id.size(), 255));
  const bool rare = facts.placement_limit != VolunteerFacts().placement_limit || facts.on_break_until ||
                    id.size() > 254 || !facts.extra.empty() || !facts.away.empty();
  flag(Header::kRare, rare);

  absl::InlinedVector<PackedSkill, 16> skills;
  for (const HeldSkill& held : facts.skills) {
    if (held.skill <= kMaxPackedSkill)
      skills.push_back(static_cast<PackedSkill>(held.skill << 3 | (held.level & 7)));
  }
  header.skills = CountOf(skills);
  header.causes = CountOf(facts.causes);
  header.access_needs = CountOf(facts.access_needs);
  header.languages = CountOf(facts.languages);
  header.licences = CountOf(facts.licences);
  header.checks = CountOf(facts.checks);
  header.display_name_length = CountOf(facts.display_name);

  Writer writer(out, MostBytes(header, id.size(), CountOf(facts.extra) + std::size_t{CountOf(facts.away)}));
  writer.Put(header);
  if (rare) {
    writer.Put(Rare{facts.placement_limit, OrNoDay(facts.on_break_until), static_cast<uint32_t>(id.size()),
                    CountOf(facts.extra), CountOf(facts.away), 0});
  }
  for (std::size_t i = 0; i < header.languages; ++i) writer.Put(facts.languages[i]);
  if (as_runs) {
    for (const PackedRun run : runs) writer.Put(run);
  } else {
    const auto week = std::bit_cast<SlotBytes>(facts.free);
    writer.PutBytes(week.data(), kWeekBytes);
  }
  writer.PutBytes(id.data(), id.size());
  writer.PutBytes(facts.display_name.data(), header.display_name_length);
  writer.PadTo(2);
  for (std::size_t i = 0; i < header.skills; ++i) writer.Put(skills[i]);
  for (std::size_t i = 0; i < header.causes; ++i) writer.Put(facts.causes[i]);
  for (std::size_t i = 0; i < header.access_needs; ++i) writer.Put(facts.access_needs[i]);
  for (std::size_t i = 0; i < header.licences; ++i) {
    writer.Put(PackedLicence{facts.licences[i].kind, OrNoDay(facts.licences[i].expire_day)});
  }
  for (std::size_t i = 0; i < header.checks; ++i) {
    const HeldCheck& check = facts.checks[i];
    const auto what = static_cast<uint8_t>(static_cast<unsigned>(check.level) << 5 |
                                           (check.workforces & 7u) << 2 | (check.barred_lists & 3u));
    writer.Put(PackedCheck{what, check.issue_day, OrNoDay(check.expire_day)});
  }
  for (std::size_t i = 0; i < CountOf(facts.extra); ++i) writer.Put(facts.extra[i]);
  for (std::size_t i = 0; i < CountOf(facts.away); ++i) writer.Put(facts.away[i]);
  writer.PadTo(4);
}

// Where the parts of a row begin.
struct Row::Parts {
  explicit Parts(const uint8_t* bytes) : header(HeaderAt(bytes)) {
    const uint8_t* at = bytes + sizeof(Header);
    if ((header.flags & Header::kRare) != 0) {
      rare = Load<Rare>(at);
    } else {
      rare.id_length = header.id_length;
    }
    languages = at;
    free = languages + header.languages * sizeof(LanguageId);
    const uint8_t* const id_at = free + FreeBytes(header);
    id = absl::string_view(reinterpret_cast<const char*>(id_at), rare.id_length);
    skills = id_at + (rare.id_length + header.display_name_length + 1) / 2 * 2;
    causes = skills + header.skills * sizeof(PackedSkill);
    access_needs = causes + header.causes * sizeof(CauseId);
    licences = access_needs + header.access_needs * sizeof(AccessNeed);
    checks = licences + header.licences * sizeof(PackedLicence);
    intervals = checks + header.checks * sizeof(PackedCheck);
    end = intervals + (std::size_t{rare.extra} + rare.away) * sizeof(Interval);
  }
  bool Has(uint16_t flag) const { return (header.flags & flag) != 0; }

  Header header;
  Rare rare{VolunteerFacts().placement_limit, kNoDay, 0, 0, 0, 0};
  absl::string_view id;
  const uint8_t* languages;
  const uint8_t* free;
  const uint8_t* skills;
  const uint8_t* causes;
  const uint8_t* access_needs;
  const uint8_t* licences;
  const uint8_t* checks;
  const uint8_t* intervals;
  const uint8_t* end;
};

std::size_t Row::size() const {
  const auto bytes = static_cast<std::size_t>(Parts(bytes_).end - bytes_);
  return (bytes + 3) / 4 * 4;
}

absl::string_view Row::WholeId() const {
  const uint8_t* at = bytes_ + sizeof(Header);
  std::size_t length = header().id_length;
  if (Has(Header::kRare)) length = Load<Rare>(at).id_length;
  at += FreeBytes(header()) + header().languages * sizeof(LanguageId);
  return absl::string_view(reinterpret_cast<const char*>(at), length);
}

absl::string_view Row::display_name() const {
  const absl::string_view id = WholeId();
  return absl::string_view(id.data() + id.size(), header().display_name_length);
}

absl::string_view Row::id() const {
  const absl::string_view id = WholeId();
  // Of a whole name the last segment; npos + 1 is 0.
  return Has(Header::kForeignName) ? id.substr(id.rfind('/') + 1) : id;
}

bool Row::IsNamed(absl::string_view name, absl::string_view centre) const {
  const absl::string_view id = WholeId();
  if (Has(Header::kForeignName)) return id == name;
  return name.size() == centre.size() + kCollection.size() + id.size() && absl::EndsWith(name, id) &&
         absl::StartsWith(name, centre) && name.substr(centre.size(), kCollection.size()) == kCollection;
}

std::string Row::NameIn(absl::string_view centre) const {
  const absl::string_view id = WholeId();
  return Has(Header::kForeignName) ? std::string(id) : absl::StrCat(centre, kCollection, id);
}

VolunteerRef Row::Unpack(absl::string_view centre, const PointTable& points, RowScratch& scratch,
                         const RowLists& lists) const {
  const Parts parts(bytes_);
  const Header& header = parts.header;
  VolunteerRef ref;
  ref.centre = centre;
  ref.state = static_cast<VolunteerState>(header.flags & Header::kStateMask);
  ref.sharing = parts.Has(Header::kCounty) ? Sharing::kCounty : Sharing::kCentre;
  ref.placement_limit = parts.rare.placement_limit;
  ref.home = point_->Origin(true, points);
  ref.outcode_centroid = point_->Origin(false, points);
  if (point_->travel_radius_m != LanePoint::kNone) ref.travel_radius_m = point_->travel_radius_m;
  ref.accepts_remote = parts.Has(Header::kRemote);
  if (lists.free) ref.free = UnpackFree(header, parts.free);
  if (parts.Has(Header::kBirth)) ref.birth_date = header.birth_date;
  ref.guardian_consent = parts.Has(Header::kGuardian);

  const uint8_t* at = parts.skills;
  for (std::size_t i = 0; i < header.skills; ++i) {
    const auto packed = Load<PackedSkill>(at);
    scratch.skills[i] = {static_cast<SkillId>(packed >> 3), static_cast<uint8_t>(packed & 7)};
  }
  ref.skills = absl::MakeConstSpan(scratch.skills.data(), header.skills);
  ref.causes = SpanAt<CauseId>(parts.causes, header.causes);
  ref.access_needs = SpanAt<AccessNeed>(parts.access_needs, header.access_needs);
  ref.languages = SpanAt<LanguageId>(parts.languages, header.languages);
  if (lists.papers) UnpackPapers(parts, scratch, ref);
  if (lists.exceptions) UnpackExceptions(parts, scratch, ref);
  return ref;
}

void Row::UnpackPapers(const Parts& parts, RowScratch& scratch, VolunteerRef& ref) {
  const Header& header = parts.header;
  const uint8_t* at = parts.licences;
  for (std::size_t i = 0; i < header.licences; ++i) {
    const auto packed = Load<PackedLicence>(at);
    scratch.licences[i] = {packed.kind, FromNoDay(packed.expire_day)};
  }
  ref.licences = absl::MakeConstSpan(scratch.licences.data(), header.licences);
  for (std::size_t i = 0; i < header.checks; ++i) {
    const auto packed = Load<PackedCheck>(at);
    scratch.checks[i] = {
        static_cast<CheckLevel>(packed.what >> 5), static_cast<WorkforceSet>(packed.what >> 2 & 7),
        static_cast<BarredListSet>(packed.what & 3), packed.issue_day, FromNoDay(packed.expire_day)};
  }
  ref.checks = absl::MakeConstSpan(scratch.checks.data(), header.checks);
}

void Row::UnpackExceptions(const Parts& parts, RowScratch& scratch, VolunteerRef& ref) {
  const uint8_t* at = parts.intervals;
  for (std::size_t i = 0; i < parts.rare.extra; ++i) scratch.extra[i] = Load<Interval>(at);
  ref.extra = absl::MakeConstSpan(scratch.extra.data(), parts.rare.extra);
  for (std::size_t i = 0; i < parts.rare.away; ++i) scratch.away[i] = Load<Interval>(at);
  ref.away = absl::MakeConstSpan(scratch.away.data(), parts.rare.away);
}

VolunteerFacts Row::ToFacts(absl::string_view centre, const PointTable& points) const {
  RowScratch scratch;
  const VolunteerRef ref = Unpack(centre, points, scratch);
  const Parts parts(bytes_);
  VolunteerFacts facts;
  facts.name = NameIn(centre);
  facts.centre = std::string(centre);
  facts.display_name = std::string(display_name());
  facts.state = ref.state;
  facts.on_break_until = FromNoDay(parts.rare.on_break_until);
  facts.sharing = ref.sharing;
  facts.placement_limit = ref.placement_limit;
  facts.home = ref.home;
  facts.outcode_centroid = ref.outcode_centroid;
  facts.travel_radius_m = ref.travel_radius_m;
  facts.accepts_remote = ref.accepts_remote;
  facts.skills.assign(ref.skills.begin(), ref.skills.end());
  facts.free = ref.free;
  facts.extra.assign(ref.extra.begin(), ref.extra.end());
  facts.away.assign(ref.away.begin(), ref.away.end());
  facts.causes.assign(ref.causes.begin(), ref.causes.end());
  facts.languages.assign(ref.languages.begin(), ref.languages.end());
  facts.licences.assign(ref.licences.begin(), ref.licences.end());
  facts.checks.assign(ref.checks.begin(), ref.checks.end());
  facts.birth_date = ref.birth_date;
  facts.guardian_consent = ref.guardian_consent;
  facts.access_needs.assign(ref.access_needs.begin(), ref.access_needs.end());
  return facts;
}

}  // namespace brokerage::matcher

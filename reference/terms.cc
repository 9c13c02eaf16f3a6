#include "reference/terms.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

#include "base/text.h"

namespace brokerage::reference {
namespace {

// The code points of well-formed UTF-8; malformed bytes stand for themselves, so that they equal nothing by
// chance.
std::u32string CodePoints(absl::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  const bool well_formed = base::IsUtf8(text);
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = !well_formed || lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t j = 1; j < size; ++j)
      point = (point << 6) | (static_cast<unsigned char>(text[i + j]) & 0x3Fu);
    points.push_back(point);
    i += size;
  }
  return points;
}

bool PointsWithinOneTypo(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin());
  const std::u32string_view rest_a(in_a, a.end());
  const std::u32string_view rest_b(in_b, b.end());
  if (rest_b.empty()) return true;
  if (a.size() < b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace

struct TermIndex::Entry {
  TermKind kind;
  int32_t index;
  bool is_label;
  std::string written;
  std::string folded;
  std::u32string points;

  // Best first; the table's order is the order of the entries, which sorting keeps.
  auto Rank(TermMatch match) const { return std::make_tuple(match, !is_label, points.size(), kind); }
};

std::string FoldTerm(absl::string_view text) {
  std::string folded = absl::StrReplaceAll(base::FoldCase(text), {{"&", " and "}});
  absl::RemoveExtraAsciiWhitespace(&folded);
  return folded;
}

bool WithinOneTypo(absl::string_view a, absl::string_view b) {
  return PointsWithinOneTypo(CodePoints(a), CodePoints(b));
}

TermIndex::TermIndex(const Skills& skills, const Causes& causes) {
  const auto add = [this](TermKind kind, int32_t index, bool is_label, const std::string& written) {
    std::string folded = FoldTerm(written);
    std::u32string points = CodePoints(folded);
    entries_.push_back({kind, index, is_label, written, std::move(folded), std::move(points)});
  };
  const auto add_all = [&](TermKind kind, const auto& table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      add(kind, static_cast<int32_t>(i), true, table[i].label);
      for (const std::string& synonym : table[i].synonyms) add(kind, static_cast<int32_t>(i), false, synonym);
    }
  };
  add_all(TermKind::kSkill, skills.all());
  add_all(TermKind::kCause, causes.all());
}

TermIndex::~TermIndex() = default;
TermIndex::TermIndex(TermIndex&&) noexcept = default;
TermIndex& TermIndex::operator=(TermIndex&&) noexcept = default;

std::vector<TermHit> TermIndex::Resolve(absl::string_view text, std::optional<TermKind> kind,
                                        std::size_t limit) const {
  const std::string folded = FoldTerm(text);
  if (folded.empty()) return {};
  const std::u32string points = CodePoints(folded);

  const auto match_of = [&](const Entry& entry) -> std::optional<TermMatch> {
    if (entry.folded == folded) return entry.is_label ? TermMatch::kLabel : TermMatch::kSynonym;
    if (absl::StartsWith(entry.folded, folded)) return TermMatch::kPrefix;
    if (entry.points.size() >= kMinTypoTermLength && PointsWithinOneTypo(entry.points, points)) {
      return TermMatch::kOneTypo;
    }
    return std::nullopt;
  };
  std::vector<std::pair<TermMatch, const Entry*>> found;
  for (const Entry& entry : entries_) {
    if (kind && entry.kind != *kind) continue;
    if (const auto match = match_of(entry)) found.emplace_back(*match, &entry);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.second->Rank(a.first) < b.second->Rank(b.first);
  });

  std::vector<TermHit> hits;
  absl::flat_hash_map<std::pair<TermKind, int32_t>, bool> seen;
  for (const auto& [match, entry] : found) {
    if (hits.size() >= limit) break;
    if (!seen.emplace(std::make_pair(entry->kind, entry->index), true).second) continue;
    hits.push_back({entry->kind, entry->index, match, entry->written});
  }
  return hits;
}

}  // namespace brokerage::reference

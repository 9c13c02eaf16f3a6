#include "apps/cli/import/organisation_lookup.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "apps/cli/client/parallel.h"
#include "apps/cli/import/import_kind.h"
#include "apps/cli/rows/cells.h"
#include "base/text.h"

namespace brokerage::cli {
namespace {

using registry::v1::Organisation;
using Service = StubOf<registry::v1::OrganisationService>;

constexpr int kPageSize = 1000;
constexpr std::size_t kMaxShown = 4;

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

bool HasIdentifier(const Organisation& organisation, absl::string_view text) {
  for (const std::string& identifier : organisation.identifiers()) {
    if (absl::EqualsIgnoreCase(identifier, text)) return true;
  }
  return false;
}

// NOT_FOUND of a row's text is a fault of the row; the lookup itself went well.
bool EndsTheImport(const absl::Status& status) { return !status.ok() && !IsAboutTheRow(status); }

}  // namespace

bool IsOrganisationIdentifier(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('-', 2));
  if (parts.size() != 3 || parts[0].size() != 2 || parts[1].size() < 2 || parts[2].empty()) return false;
  for (const char c : absl::StrCat(parts[0], parts[1])) {
    if (!absl::ascii_isupper(static_cast<unsigned char>(c))) return false;
  }
  return parts[2].find(' ') == absl::string_view::npos;
}

absl::Status OrganisationLookup::Fetch(const std::vector<std::string>& texts, int in_flight) {
  const absl::flat_hash_set<std::string> distinct(texts.begin(), texts.end());
  const std::vector<std::string> wanted(distinct.begin(), distinct.end());
  std::vector<absl::StatusOr<FoundOrganisation>> answers(wanted.size(), absl::UnknownError("not looked up"));
  const absl::Status status = ForEachInFlight(wanted.size(), in_flight, [&](std::size_t i) {
    answers[i] = absl::StartsWith(wanted[i], "organisations/") ? ByName(wanted[i]) : ByFilter(wanted[i]);
    return EndsTheImport(answers[i].status()) ? answers[i].status() : absl::OkStatus();
  });
  if (!status.ok()) return status;
  for (std::size_t i = 0; i < wanted.size(); ++i) found_.insert_or_assign(wanted[i], std::move(answers[i]));
  return absl::OkStatus();
}

absl::StatusOr<FoundOrganisation> OrganisationLookup::ByName(const std::string& name) const {
  registry::v1::GetOrganisationRequest request;
  request.set_name(name);
  const auto answer =
      client_.Call(*client_.stubs().organisations, &Service::GetOrganisation, request, ImportRetryPolicy());
  if (answer.ok()) return FoundOrganisation{answer->name(), answer->state()};
  if (EndsTheImport(answer.status())) return answer.status();
  return CellFault(name, "is no organisation");
}

absl::StatusOr<FoundOrganisation> OrganisationLookup::ByFilter(const std::string& text) const {
  const bool identifier = IsOrganisationIdentifier(text);
  registry::v1::ListOrganisationsRequest request;
  request.set_page_size(kPageSize);
  // A prefix without regard to case; which of the answers bear the very name is seen below.
  request.set_filter(identifier ? absl::StrCat("identifier = ", Quoted(text))
                                : absl::StrCat("display_name:", Quoted(text)));
  std::vector<FoundOrganisation> matches;
  do {
    const auto page = client_.Call(*client_.stubs().organisations, &Service::ListOrganisations, request,
                                   ImportRetryPolicy());
    if (!page.ok()) {
      if (EndsTheImport(page.status())) return page.status();
      return CellFault(text, absl::StrCat("cannot be looked up: ", page.status().message()));
    }
    for (const Organisation& organisation : page->organisations()) {
      const bool same = identifier ? HasIdentifier(organisation, text)
                                   : base::FoldCase(organisation.display_name()) == base::FoldCase(text);
      if (same) matches.push_back({organisation.name(), organisation.state()});
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());

  if (matches.size() == 1) return matches.front();
  if (matches.empty()) return CellFault(text, "is no organisation that the registry knows");
  if (matches.size() > kMaxShown) matches.resize(kMaxShown);
  return CellFault(text, absl::StrCat("is the name of several organisations, write which: ",
                                      absl::StrJoin(matches, ", ", [](std::string* out, const auto& match) {
                                        out->append(match.name);
                                      })));
}

}  // namespace brokerage::cli

#include "apps/demo/load/find_county.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "apps/demo/county.h"

namespace brokerage::demo {
namespace {

constexpr int kPage = 1'000;

// A service that has just started answers in a moment.
constexpr cli::RetryPolicy kPolicy = {
    .attempts = 10, .first_pause = absl::Milliseconds(100), .longest_pause = absl::Seconds(1)};

}  // namespace

absl::StatusOr<std::optional<FoundCounty>> FindCounty(const cli::Client& client) {
  registry::v1::ListOrganisationsRequest request;
  request.set_page_size(kPage);
  request.set_filter(absl::StrCat("centre=\"centres/", kLeadCentreId, "\""));
  do {
    const auto page =
        client.Call(*client.stubs().organisations,
                    &registry::v1::OrganisationService::StubInterface::ListOrganisations, request, kPolicy);
    if (!page.ok()) return page.status();
    for (const auto& organisation : page->organisations()) {
      const auto mark = FindMark(organisation.description());
      if (!mark) continue;
      const absl::Time begun = absl::FromUnixSeconds(organisation.create_time().seconds());
      return FoundCounty{*mark, organisation.name(), begun};
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return std::nullopt;
}

absl::StatusOr<std::string> FindSuggestion(const cli::Client& client) {
  const auto county = FindCounty(client);
  if (!county.ok()) return county.status();
  if (!county->has_value()) return absl::NotFoundError("there is no demonstration county here");
  CountyOptions options = OptionsOf((*county)->mark);
  options.opportunities = 1;
  options.volunteers = 0;
  const County first = Generate(options);
  matching::v1::ListOpportunitiesRequest request;
  request.set_parent(absl::StrCat("centres/", kLeadCentreId));
  request.set_page_size(1);
  request.set_filter(absl::StrCat("state=OPEN AND organisation=\"", (*county)->first_organisation,
                                  "\" AND title:\"", first.opportunities.front().opportunity.title(), "\""));
  const auto page =
      client.Call(*client.stubs().opportunities,
                  &matching::v1::OpportunityService::StubInterface::ListOpportunities, request, kPolicy);
  if (!page.ok()) return page.status();
  if (page->opportunities().empty()) return absl::NotFoundError("the role to suggest is not open any more");
  return page->opportunities(0).name();
}

}  // namespace brokerage::demo

// Writes a county through the public API.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "apps/cli/client/client.h"
#include "apps/cli/client/environment.h"
#include "apps/demo/county.h"
#include "apps/demo/load/mark.h"

namespace brokerage::demo {

// Every write has a request id made of the mark, the record and the step: what an interrupted load has done
// is not done again as long as the services remember it (24 hours).
class Loader {
 public:
  // At most `in_flight` records are written at once. For `introduced` of the open roles volunteers are put
  // forward. `county` is that of `mark`. All outlive the loader.
  Loader(const cli::Client& client, const cli::Environment& environment, const County& county,
         const Mark& mark, int in_flight, int introduced);

  // Centres, organisations, volunteers, roles, referrals; in the end the mark is complete. The first error of
  // a service ends it.
  absl::Status Load();

  // The name of the first organisation, which carries the mark; after Load.
  const std::string& first_organisation() const { return organisations_.front(); }

 private:
  absl::Status LoadCentres();
  absl::Status LoadOrganisations();
  absl::Status LoadVolunteers();
  absl::Status LoadOpportunities();
  absl::Status IntroduceVolunteers();
  absl::Status SuspendOrganisations();
  absl::Status CompleteMark();

  absl::Status CreateOrganisation(std::size_t index);
  absl::Status LoadVolunteer(std::size_t index);
  absl::Status LoadOpportunity(std::size_t index);

  // Calls a method that takes a resource's name and a request id, and nothing else that matters.
  template <typename Request, typename Stub, typename Method>
  absl::Status Step(Stub& stub, Method method, absl::string_view kind, std::size_t index,
                    absl::string_view step, Request request) const;
  // For each of `indices`, with a progress bar.
  absl::Status ForEach(const std::string& what, const std::vector<std::size_t>& indices,
                       const std::function<absl::Status(std::size_t)>& work) const;
  std::string RequestId(absl::string_view kind, std::size_t index, absl::string_view step) const;

  const cli::Client& client_;
  const cli::Environment& environment_;
  const County& county_;
  const Mark mark_;
  const int in_flight_;
  const int introduced_;
  std::vector<std::string> organisations_;  // resource names, by index
  std::vector<std::string> opportunities_;
};

}  // namespace brokerage::demo

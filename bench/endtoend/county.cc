#include "bench/endtoend/county.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "apps/demo/county.h"
#include "base/clock.h"
#include "base/limits.h"
#include "bench/draws.h"
#include "bench/scene.h"
#include "brokerage/storage/v1/record.pb.h"
#include "services/rpc/credentials.h"
#include "services/rpc/moments.h"
#include "storage/keys.h"

namespace brokerage::bench {
namespace {

using matching::v1::Opportunity;

constexpr std::size_t kBatch = 1'000;  // records in a commit

// Writes records in commits of many.
class Batches {
 public:
  explicit Batches(storage::Store& store) : store_(store) {}

  template <typename Record>
  absl::Status Put(absl::string_view prefix, const std::string& name, const Record& record) {
    commit_.writes.push_back(storage::Write::Put(absl::StrCat(prefix, name), record.SerializeAsString()));
    return commit_.writes.size() < kBatch ? absl::OkStatus() : Flush();
  }
  absl::Status Flush() { return store_.Commit(std::exchange(commit_, {})).status(); }

 private:
  storage::Store& store_;
  storage::CommitRequest commit_;
};

// An id of the length and the letters of those that the services mint, the same every time.
std::string IdOf(absl::string_view kind, std::size_t index) {
  constexpr absl::string_view kLetters = "0123456789abcdefghijklmnopqrstuv";
  constexpr std::size_t kLength = 26;
  Draws draws(1, kind.size(), index);
  std::string id(1, kLetters[10 + draws.Below(16)]);
  while (id.size() < kLength) id.push_back(kLetters[draws.Below(kLetters.size())]);
  return id;
}

std::string OrganisationOf(std::size_t index) { return absl::StrCat("organisations/organisation-", index); }

// Shaped as tokens are, so that looking one up costs what it costs.
std::string TokenOf(absl::string_view centre) {
  return absl::StrFormat("vb_%s_%s_%064d", centre, IdOf("token", 0), centre.size());
}

absl::Status PutCentres(const demo::County& county, Batches& batches) {
  for (const demo::CountyCentre& centre : county.centres) {
    const std::string name = absl::StrCat("centres/", centre.id);
    storage::v1::CentreView view;
    view.set_name(name);
    if (auto put = batches.Put(storage::kCentreViews, name, view); !put.ok()) return put;
    storage::v1::CredentialView credential;
    credential.set_name(absl::StrCat(name, "/credentials/reader"));
    credential.set_centre(name);
    credential.set_role(common::v1::ROLE_READER);
    credential.set_secret_hash(rpc::HashToken(TokenOf(name)));
    if (auto put = batches.Put(storage::kCredentialViews, credential.name(), credential); !put.ok())
      return put;
  }
  for (std::size_t i = 0; i < county.organisations.size(); ++i) {
    storage::v1::OrganisationView view;
    view.set_name(OrganisationOf(i));
    view.set_state(registry::v1::Organisation::STATE_ACTIVE);
    if (auto put = batches.Put(storage::kOrganisationViews, view.name(), view); !put.ok()) return put;
  }
  return absl::OkStatus();
}

absl::Status PutVolunteers(const demo::County& county, Batches& batches) {
  for (std::size_t i = 0; i < county.volunteers.size(); ++i) {
    const demo::CountyVolunteer& person = county.volunteers[i];
    storage::v1::VolunteerRecord record;
    *record.mutable_volunteer() = person.volunteer;
    record.mutable_volunteer()->set_name(absl::StrCat(person.centre, "/volunteers/", IdOf("person", i)));
    record.mutable_volunteer()->set_state(person.state);
    if (person.break_until) *record.mutable_volunteer()->mutable_break_until_date() = *person.break_until;
    if (auto put = batches.Put(storage::kVolunteers, record.volunteer().name(), record); !put.ok())
      return put;
  }
  return absl::OkStatus();
}

std::string RoleName(const demo::County& county, std::size_t index) {
  return absl::StrCat(county.opportunities[index].centre, "/opportunities/", IdOf("role", index));
}

absl::Status PutRoles(const demo::County& county, absl::Time now, Batches& batches) {
  for (std::size_t i = 0; i < county.opportunities.size(); ++i) {
    const demo::CountyOpportunity& role = county.opportunities[i];
    storage::v1::OpportunityRecord record;
    Opportunity& opportunity = *record.mutable_opportunity();
    opportunity = role.opportunity;
    opportunity.set_name(RoleName(county, i));
    opportunity.set_organisation(OrganisationOf(role.organisation));
    opportunity.set_state(role.state);
    *opportunity.mutable_expire_time() = rpc::ToTimestamp(now + base::kDefaultFreshnessPeriod);
    if (auto put = batches.Put(storage::kOpportunities, opportunity.name(), record); !put.ok()) return put;
  }
  return absl::OkStatus();
}

demo::County CountyAt(absl::Time now, int volunteers) {
  return demo::Generate({.today = base::LondonDate(now), .volunteers = volunteers});
}

}  // namespace

absl::Status PutCounty(storage::Store& store, int volunteers, absl::Time now) {
  const demo::County county = CountyAt(now, volunteers);
  Batches batches(store);
  if (auto put = PutCentres(county, batches); !put.ok()) return put;
  if (auto put = PutVolunteers(county, batches); !put.ok()) return put;
  if (auto put = PutRoles(county, now, batches); !put.ok()) return put;
  return batches.Flush();
}

std::vector<Asking> QuestionsOfCounty(absl::Time now) {
  const demo::County county = CountyAt(now, 0);  // its roles are the same whoever lives there
  std::vector<Asking> asked;
  for (std::size_t i = 0; i < county.opportunities.size(); ++i) {
    const demo::CountyOpportunity& role = county.opportunities[i];
    if (role.state != Opportunity::STATE_OPEN) continue;
    Asking asking;
    asking.authorization = absl::StrCat("Bearer ", TokenOf(role.centre));
    asking.request.set_parent(role.centre);
    asking.request.set_opportunity(RoleName(county, i));
    asking.request.set_page_size(kTop);
    asked.push_back(std::move(asking));
  }
  return asked;
}

}  // namespace brokerage::bench

#include "tests/apps/cli/support/fake_matching.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"

namespace brokerage::cli {
namespace {

using matching::v1::Opportunity;
using matching::v1::Volunteer;

constexpr int64_t kAsOf = 1795510800;  // 2026-11-24 09:00

// Elements [start, start + size) of `all`, where the token is the start.
template <typename All, typename Add>
std::string Page(const All& all, const std::string& token, int size, Add add) {
  int start = 0;
  if (!token.empty() && !absl::SimpleAtoi(token, &start)) start = 0;
  int at = 0;
  for (const auto& element : all) {
    if (at >= start && at < start + size) add(element);
    ++at;
  }
  return start + size < at ? absl::StrCat(start + size) : "";
}

}  // namespace

grpc::Status FakeVolunteers::CreateVolunteer(grpc::ServerContext* context,
                                             const matching::v1::CreateVolunteerRequest* request,
                                             Volunteer* answer) {
  const char* method = request->validate_only() ? "CheckVolunteer" : "CreateVolunteer";
  return board_.Serve(context, method, [&]() -> absl::Status {
    const Volunteer& volunteer = request->volunteer();
    base::Violations violations;
    if (volunteer.display_name().empty()) violations.Add("volunteer.display_name", "is required");
    if (absl::StrContains(volunteer.display_name(), "REFUSED")) {
      violations.Add("volunteer.display_name", "is refused");
    }
    if (absl::StartsWith(volunteer.home().postcode(), "ZZ")) {
      violations.Add("volunteer.home.postcode", "is not known");
    }
    if (volunteer.sharing() == common::v1::SHARING_COUNTY && volunteer.consents().empty()) {
      violations.Add("volunteer.sharing", "needs a consent");
    }
    for (int i = 0; i < volunteer.skills_size(); ++i) {
      for (int j = 0; j < i; ++j) {
        if (volunteer.skills(i).skill() != volunteer.skills(j).skill()) continue;
        violations.Add(absl::StrCat("volunteer.skills[", i, "]"), "is there twice");
      }
    }
    if (!violations.empty()) return violations.ToStatus();
    if (request->validate_only()) {
      *answer = volunteer;
      return absl::OkStatus();
    }
    const auto name = board_.Once(request->request_id(), *request, [&] {
      Volunteer made = volunteer;
      made.set_name(absl::StrCat(request->parent(), "/volunteers/v", kept.size() + 1));
      made.set_state(Volunteer::STATE_ENQUIRY);
      return kept[made.name()] = made, made.name();
    });
    if (!name.ok()) return name.status();
    *answer = kept[*name];
    for (const auto& [other, known] : kept) {
      const bool same =
          !known.contact().email().empty() && known.contact().email() == answer->contact().email();
      if (other != *name && same) answer->add_possible_duplicates(other);
    }
    return absl::OkStatus();
  });
}

grpc::Status FakeVolunteers::GetVolunteer(grpc::ServerContext* context,
                                          const matching::v1::GetVolunteerRequest* request,
                                          Volunteer* answer) {
  return board_.Serve(context, "GetVolunteer", [&] {
    const auto found = kept.find(request->name());
    if (found == kept.end()) return base::NotFound(request->name());
    *answer = found->second;
    return absl::OkStatus();
  });
}

grpc::Status FakeVolunteers::ListVolunteers(grpc::ServerContext* context,
                                            const matching::v1::ListVolunteersRequest* request,
                                            matching::v1::ListVolunteersResponse* answer) {
  return board_.Serve(context, "ListVolunteers", [&] {
    last_list = *request;
    if (request->filter() == "nonsense") return base::InvalidField("filter", "must be terms like state=OPEN");
    const int size = request->page_size();
    answer->set_next_page_token(Page(kept, request->page_token(), size,
                                     [&](const auto& entry) { *answer->add_volunteers() = entry.second; }));
    return absl::OkStatus();
  });
}

grpc::Status FakeVolunteers::RegisterVolunteer(grpc::ServerContext* context,
                                               const matching::v1::RegisterVolunteerRequest* request,
                                               Volunteer* answer) {
  return board_.Serve(context, "RegisterVolunteer", [&]() -> absl::Status {
    Volunteer& volunteer = kept[request->name()];
    if (volunteer.state() != Volunteer::STATE_ENQUIRY) {
      return base::StateNotAllowed("RegisterVolunteer", "another", {"ENQUIRY"});
    }
    volunteer.set_state(Volunteer::STATE_REGISTERED);
    *answer = volunteer;
    return absl::OkStatus();
  });
}

grpc::Status FakeVolunteers::ActivateVolunteer(grpc::ServerContext* context,
                                               const matching::v1::ActivateVolunteerRequest* request,
                                               Volunteer* answer) {
  return board_.Serve(context, "ActivateVolunteer", [&]() -> absl::Status {
    Volunteer& volunteer = kept[request->name()];
    if (volunteer.state() != Volunteer::STATE_REGISTERED) {
      return base::StateNotAllowed("ActivateVolunteer", "another", {"REGISTERED"});
    }
    volunteer.set_state(Volunteer::STATE_SEARCHING);
    *answer = volunteer;
    return absl::OkStatus();
  });
}

grpc::Status FakeOpportunities::CreateOpportunity(grpc::ServerContext* context,
                                                  const matching::v1::CreateOpportunityRequest* request,
                                                  Opportunity* answer) {
  const char* method = request->validate_only() ? "CheckOpportunity" : "CreateOpportunity";
  return board_.Serve(context, method, [&]() -> absl::Status {
    if (absl::StrContains(request->opportunity().title(), "REFUSED")) {
      return base::InvalidField("opportunity.title", "is refused");
    }
    if (request->validate_only()) {
      *answer = request->opportunity();
      return absl::OkStatus();
    }
    const auto name = board_.Once(request->request_id(), *request, [&] {
      Opportunity made = request->opportunity();
      made.set_name(absl::StrCat(request->parent(), "/opportunities/o", kept.size() + 1));
      made.set_state(Opportunity::STATE_DRAFT);
      return kept[made.name()] = made, made.name();
    });
    if (!name.ok()) return name.status();
    *answer = kept[*name];
    return absl::OkStatus();
  });
}

grpc::Status FakeOpportunities::GetOpportunity(grpc::ServerContext* context,
                                               const matching::v1::GetOpportunityRequest* request,
                                               Opportunity* answer) {
  return board_.Serve(context, "GetOpportunity", [&] {
    const auto found = kept.find(request->name());
    if (found == kept.end()) return base::NotFound(request->name());
    *answer = found->second;
    return absl::OkStatus();
  });
}

grpc::Status FakeOpportunities::ListOpportunities(grpc::ServerContext* context,
                                                  const matching::v1::ListOpportunitiesRequest* request,
                                                  matching::v1::ListOpportunitiesResponse* answer) {
  return board_.Serve(context, "ListOpportunities", [&] {
    const int size = request->page_size();
    answer->set_next_page_token(Page(kept, request->page_token(), size, [&](const auto& entry) {
      *answer->add_opportunities() = entry.second;
    }));
    return absl::OkStatus();
  });
}

absl::Status FakeOpportunities::Step(const std::string& name, Opportunity::State from, Opportunity::State to,
                                     Opportunity* answer) {
  Opportunity& opportunity = kept[name];
  if (opportunity.state() != from) return base::StateNotAllowed("This step", "another", {"one before"});
  if (std::count(inactive.begin(), inactive.end(), opportunity.organisation()) > 0) {
    return base::FailedPrecondition(base::reason::kOrganisationNotActive, "The organisation is not active.");
  }
  opportunity.set_state(to);
  *answer = opportunity;
  return absl::OkStatus();
}

grpc::Status FakeOpportunities::SubmitOpportunity(grpc::ServerContext* context,
                                                  const matching::v1::SubmitOpportunityRequest* request,
                                                  Opportunity* answer) {
  return board_.Serve(context, "SubmitOpportunity", [&] {
    return Step(request->name(), Opportunity::STATE_DRAFT, Opportunity::STATE_SUBMITTED, answer);
  });
}

grpc::Status FakeOpportunities::ApproveOpportunity(grpc::ServerContext* context,
                                                   const matching::v1::ApproveOpportunityRequest* request,
                                                   Opportunity* answer) {
  return board_.Serve(context, "ApproveOpportunity", [&] {
    return Step(request->name(), Opportunity::STATE_SUBMITTED, Opportunity::STATE_OPEN, answer);
  });
}

grpc::Status FakeMatching::MatchVolunteers(grpc::ServerContext* context,
                                           const matching::v1::MatchVolunteersRequest* request,
                                           matching::v1::MatchVolunteersResponse* answer) {
  return board_.Serve(context, "MatchVolunteers", [&] {
    if (request->page_token().empty()) first_request = *request;
    answer->set_next_page_token(Page(matches, request->page_token(), request->page_size(),
                                     [&](const auto& match) { *answer->add_matches() = match; }));
    answer->mutable_as_of()->set_seconds(kAsOf);
    answer->set_weight_set(request->weight_set().empty() ? "weightSets/default" : request->weight_set());
    if (request->include_counts()) {
      answer->set_considered_count(20000);
      answer->set_eligible_count(static_cast<int64_t>(matches.size()));
    }
    return absl::OkStatus();
  });
}

grpc::Status FakeMatching::MatchOpportunities(grpc::ServerContext* context,
                                              const matching::v1::MatchOpportunitiesRequest* request,
                                              matching::v1::MatchOpportunitiesResponse* answer) {
  return board_.Serve(context, "MatchOpportunities", [&] {
    last_opportunities = *request;
    answer->set_next_page_token(Page(matches, request->page_token(), request->page_size(),
                                     [&](const auto& match) { *answer->add_matches() = match; }));
    answer->mutable_as_of()->set_seconds(kAsOf);
    answer->set_weight_set("weightSets/default");
    return absl::OkStatus();
  });
}

grpc::Status FakeMatching::ExplainMatch(grpc::ServerContext* context,
                                        const matching::v1::ExplainMatchRequest* request,
                                        matching::v1::ExplainMatchResponse* answer) {
  return board_.Serve(context, "ExplainMatch", [&] {
    last_explain = *request;
    *answer = explanation;
    return absl::OkStatus();
  });
}

grpc::Status FakeMatching::SuggestRelaxations(grpc::ServerContext* context,
                                              const matching::v1::SuggestRelaxationsRequest* request,
                                              matching::v1::SuggestRelaxationsResponse* answer) {
  return board_.Serve(context, "SuggestRelaxations", [&] {
    last_relaxations = *request;
    *answer = relaxations;
    return absl::OkStatus();
  });
}

grpc::Status FakeMatching::WatchMatches(grpc::ServerContext* context,
                                        const matching::v1::WatchMatchesRequest* request,
                                        grpc::ServerWriter<matching::v1::WatchMatchesResponse>* writer) {
  return board_.Serve(context, "WatchMatches", [&] {
    last_watch = *request;
    for (const auto& event : events) writer->Write(event);
    return absl::OkStatus();
  });
}

grpc::Status FakeMatchingAdmin::CreateBackup(grpc::ServerContext* context,
                                             const matching::v1::CreateBackupRequest* request,
                                             matching::v1::Backup* answer) {
  return board_.Serve(context, "CreateMatchingBackup", [&] {
    answer->set_name(absl::StrCat("backups/", request->backup_id().empty() ? "now" : request->backup_id()));
    answer->set_path("/srv/backups/matching");
    answer->mutable_create_time()->set_seconds(kAsOf);
    return absl::OkStatus();
  });
}

grpc::Status FakeMatchingAdmin::GetStatus(grpc::ServerContext* context, const matching::v1::GetStatusRequest*,
                                          matching::v1::ServiceStatus* answer) {
  return board_.Serve(context, "GetMatchingStatus", [&] {
    *answer = status;
    return absl::OkStatus();
  });
}

}  // namespace brokerage::cli

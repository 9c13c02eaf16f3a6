#include "services/matching/match_queries.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/errors.h"
#include "services/matching/convert/facts.h"
#include "services/matching/convert/times.h"
#include "services/matching/match_basis.h"
#include "services/matching/match_messages.h"
#include "services/matching/opportunity_validate.h"
#include "services/matching/visibility.h"
#include "services/rpc/requests.h"
#include "services/rpc/tokens.h"

namespace brokerage::matching {
namespace {

// Where a page ended: the moment and the epoch that hold for all pages, and the last match's key.
struct Cursor {
  int64_t as_of_min = 0;
  uint64_t epoch = 0;
  matcher::RankKey last;
};

constexpr char kSeparator = '|';  // no resource name has it

std::string Format(const Cursor& cursor) {
  return absl::StrCat(cursor.as_of_min, "|", cursor.epoch, "|", cursor.last.rank_millionths, "|",
                      cursor.last.score_millionths, "|", cursor.last.name);
}

// The token was authenticated, so this fails only for one of an older program.
std::optional<Cursor> ParseCursor(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, kSeparator);
  Cursor cursor;
  if (parts.size() != 5 || !absl::SimpleAtoi(parts[0], &cursor.as_of_min) ||
      !absl::SimpleAtoi(parts[1], &cursor.epoch) ||
      !absl::SimpleAtoi(parts[2], &cursor.last.rank_millionths) ||
      !absl::SimpleAtoi(parts[3], &cursor.last.score_millionths)) {
    return std::nullopt;
  }
  cursor.last.name = std::string(parts[4]);
  return cursor;
}

matcher::Reader ReaderOf(const rpc::Acting& acting, absl::string_view volunteer) {
  return IsOwn(acting, volunteer) ? matcher::Reader::kOwnCentre : matcher::Reader::kOtherCentre;
}

}  // namespace

MatchQueries::MatchQueries(const Context& context, const matcher::Index& index, const WeightSets& weight_sets,
                           const Freshness& freshness)
    : context_(context),
      index_(index),
      weight_sets_(weight_sets),
      freshness_(freshness),
      vocabulary_(context.tables) {}

void MatchQueries::Check(const rpc::Call& call, const v1::MatchVolunteersRequest& request,
                         base::Violations& violations) const {
  rpc::CheckParent(request.parent(), true, violations);
  switch (request.role_case()) {
    case v1::MatchVolunteersRequest::kOpportunity:
      if (request.opportunity().empty()) violations.Add("opportunity", "is required");
      rpc::CheckName<base::OpportunityName>(request.opportunity(), "opportunity", violations);
      break;
    case v1::MatchVolunteersRequest::kDraft:
      ResolveDraft(call, request.draft(), *context_.places.Get(), violations);
      break;
    case v1::MatchVolunteersRequest::ROLE_NOT_SET:
      violations.Add("opportunity", "or draft is required");
      break;
  }
  CheckBasis(request, violations);
}

void MatchQueries::Check(const rpc::Call&, const v1::MatchOpportunitiesRequest& request,
                         base::Violations& violations) const {
  rpc::CheckParent(request.parent(), true, violations);
  rpc::CheckName<base::VolunteerName>(request.volunteer(), "volunteer", violations);
  CheckBasis(request, violations);
}

void MatchQueries::Check(const rpc::Call&, const v1::ExplainMatchRequest& request,
                         base::Violations& violations) const {
  rpc::CheckName<base::VolunteerName>(request.volunteer(), "volunteer", violations);
  rpc::CheckName<base::OpportunityName>(request.opportunity(), "opportunity", violations);
  CheckBasis(request, violations);
}

template <typename Request>
absl::StatusOr<MatchQueries::Page> MatchQueries::OpenPage(const rpc::Call& call,
                                                          const Request& request) const {
  Page page;
  const auto weights = weight_sets_.Find(request.weight_set());
  if (!weights.ok()) return weights.status();
  page.weights = weights->weights;
  page.weight_set = weights->name;
  const auto opened = context_.tokens.Open(request, call.caller().credential, call.now());
  if (!opened.ok()) return opened.status();
  if (auto fresh = freshness_.Await(call, request.at_least_as_fresh()); !fresh.ok()) return fresh;
  page.view = index_.Pin();
  page.as_of = MomentAt(call.now());
  if (opened->empty()) return page;
  auto cursor = ParseCursor(*opened);
  if (!cursor) return base::PageTokenInvalid();
  if (cursor->epoch != page.view->revision().epoch) return base::EpochChanged();
  page.as_of = MomentAt(absl::FromUnixSeconds(cursor->as_of_min * 60));
  page.after = std::move(cursor->last);
  return page;
}

template <typename Request>
std::string MatchQueries::NextPage(const rpc::Call& call, const Request& request, const Page& page,
                                   const matcher::RankKey& last) const {
  const Cursor cursor{page.as_of.as_of_min, page.view->revision().epoch, last};
  return context_.tokens.Seal(request, call.caller().credential, Format(cursor), call.now());
}

template <typename Response>
void MatchQueries::FillAnswer(const Page& page, const matcher::MatchList& list, Response* response) const {
  *response->mutable_as_of() = AsOf(page.as_of);
  response->set_weight_set(page.weight_set);
  response->set_index_revision(RevisionToken(page.view->revision()));
  if (list.counts) {
    response->set_considered_count(list.counts->considered);
    response->set_eligible_count(list.counts->eligible);
  }
}

v1::Opportunity MatchQueries::ResolveDraft(const rpc::Call& call, const v1::Opportunity& draft,
                                           const reference::PlaceIndex& places,
                                           base::Violations& violations) const {
  v1::Opportunity role = draft;
  CheckOpportunity({context_.tables, places, call.now()}, "draft.", nullptr, role, violations);
  return role;
}

absl::StatusOr<matcher::OpportunityFacts> MatchQueries::ReadDraft(const rpc::Call& call,
                                                                  const rpc::Acting& acting,
                                                                  const v1::Opportunity& draft) const {
  // Checked before, but perhaps against other places than those that are in use now.
  const auto places = context_.places.Get();
  base::Violations violations;
  const v1::Opportunity role = ResolveDraft(call, draft, *places, violations);
  if (!violations.empty()) return violations.ToStatus();
  // Whoever acts for all centres asks on behalf of its own.
  const std::string& centre = acting.all ? call.caller().centre : acting.centre;
  return DraftFacts(role, centre, context_.tables, *places, call.now());
}

absl::Status MatchQueries::MatchVolunteers(const rpc::Call& call, const v1::MatchVolunteersRequest& request,
                                           v1::MatchVolunteersResponse* response) const {
  const auto acting = rpc::Policy::ActFor(call.caller(), request.parent());
  if (!acting.ok()) return acting.status();
  const auto page = OpenPage(call, request);
  if (!page.ok()) return page.status();

  matcher::OpportunityFacts draft;
  const matcher::OpportunityFacts* opportunity = &draft;
  if (request.has_draft()) {
    auto facts = ReadDraft(call, *acting, request.draft());
    if (!facts.ok()) return facts.status();
    draft = *std::move(facts);
  } else {
    opportunity = page->view->FindOpportunity(request.opportunity(), ForMatcher(*acting));
    if (opportunity == nullptr) return base::NotFound(request.opportunity());
  }

  const matcher::VolunteersFor query{opportunity, ForPartnersOf(*acting, opportunity->centre),
                                     request.require_access_support(), request.include_counts()};
  const matcher::MatchList list =
      page->view->TopK(query, page->as_of, page->weights,
                       static_cast<std::size_t>(rpc::PageSize(request.page_size())), page->after);
  for (const matcher::Match& match : list.matches) {
    if (request.explain() && call.IsCancelled()) break;  // only words take long
    v1::Match* message = response->add_matches();
    FillListedVolunteer(*acting, *opportunity, match, *message);
    if (request.explain()) {
      const auto volunteer = page->view->FindVolunteer(match.key.name, query.visibility);
      *message->mutable_explanation() =
          ToMessage(page->view->Explain(*volunteer, *opportunity, page->as_of, page->weights), vocabulary_,
                    ReaderOf(*acting, match.key.name));
    }
  }
  FillAnswer(*page, list, response);
  if (list.more) response->set_next_page_token(NextPage(call, request, *page, list.matches.back().key));
  return absl::OkStatus();
}

void MatchQueries::FillListedVolunteer(const rpc::Acting& acting,
                                       const matcher::OpportunityFacts& opportunity,
                                       const matcher::Match& match, v1::Match& message) const {
  FillMatch(match.pair, vocabulary_, ReaderOf(acting, match.key.name), message);
  message.set_volunteer(match.key.name);
  message.set_display_name(match.label);
  message.set_opportunity(opportunity.name);
}

absl::Status MatchQueries::MatchOpportunities(const rpc::Call& call,
                                              const v1::MatchOpportunitiesRequest& request,
                                              v1::MatchOpportunitiesResponse* response) const {
  const auto acting = rpc::Policy::ActFor(call.caller(), request.parent());
  if (!acting.ok()) return acting.status();
  const auto page = OpenPage(call, request);
  if (!page.ok()) return page.status();
  const auto volunteer = page->view->FindVolunteer(request.volunteer(), ForMatcher(*acting));
  if (volunteer == nullptr) return base::NotFound(request.volunteer());

  const matcher::OpportunitiesFor query{volunteer.get(), ForPartnersOf(*acting, volunteer->centre),
                                        request.require_access_support(), request.include_counts()};
  const matcher::MatchList list =
      page->view->TopK(query, page->as_of, page->weights,
                       static_cast<std::size_t>(rpc::PageSize(request.page_size())), page->after);
  const matcher::Reader reader = ReaderOf(*acting, volunteer->name);
  for (const matcher::Match& match : list.matches) {
    if (request.explain() && call.IsCancelled()) break;  // only words take long
    v1::Match* message = response->add_matches();
    FillMatch(match.pair, vocabulary_, reader, *message);
    message->set_volunteer(volunteer->name);
    message->set_display_name(match.label);
    message->set_opportunity(match.key.name);
    message->set_shown_rank_millionths(match.key.rank_millionths);
    const auto* opportunity = page->view->FindOpportunity(match.key.name, query.visibility);
    message->set_organisation(opportunity->organisation);
    message->set_organisation_display_name(context_.organisations.DisplayNameOf(opportunity->organisation));
    if (request.explain()) {
      *message->mutable_explanation() = ToMessage(
          page->view->Explain(*volunteer, *opportunity, page->as_of, page->weights), vocabulary_, reader);
    }
  }
  FillAnswer(*page, list, response);
  if (list.more) response->set_next_page_token(NextPage(call, request, *page, list.matches.back().key));
  return absl::OkStatus();
}

absl::Status MatchQueries::ExplainMatch(const rpc::Call& call, const v1::ExplainMatchRequest& request,
                                        v1::ExplainMatchResponse* response) const {
  const auto weights = weight_sets_.Find(request.weight_set());
  if (!weights.ok()) return weights.status();
  if (auto fresh = freshness_.Await(call, request.at_least_as_fresh()); !fresh.ok()) return fresh;

  const rpc::Acting acting = rpc::Policy::ActAs(call.caller());
  const auto view = index_.Pin();
  const auto volunteer = view->FindVolunteer(request.volunteer(), ForMatcher(acting));
  if (volunteer == nullptr) return base::NotFound(request.volunteer());
  const auto* opportunity = view->FindOpportunity(request.opportunity(), ForMatcher(acting));
  if (opportunity == nullptr) return base::NotFound(request.opportunity());
  if (!acting.all && volunteer->centre != acting.centre && opportunity->centre != acting.centre) {
    return base::PermissionDenied(
        "A pair is explained to the volunteer's centre and to the role's centre only.");
  }

  const matcher::Moment as_of = MomentAt(call.now());
  const matcher::Explanation explanation = view->Explain(*volunteer, *opportunity, as_of, weights->weights);
  const matcher::Reader reader = ReaderOf(acting, volunteer->name);
  v1::Explanation words = ToMessage(explanation, vocabulary_, reader);
  v1::Match pair;
  FillMatch(explanation.pair, vocabulary_, reader, pair);
  response->set_volunteer(volunteer->name);
  response->set_opportunity(opportunity->name);
  response->mutable_conditions()->Swap(words.mutable_conditions());
  response->mutable_workings()->Swap(words.mutable_parts());
  response->mutable_parts()->Swap(pair.mutable_parts());
  if (explanation.pair.score_millionths) {
    response->set_score_millionths(*explanation.pair.score_millionths);
    response->set_score(pair.score());
  }
  if (pair.has_distance_m()) response->set_distance_m(pair.distance_m());
  response->set_covered_minutes(pair.covered_minutes());
  response->set_committed_minutes(pair.committed_minutes());
  response->mutable_notes()->Swap(pair.mutable_notes());
  *response->mutable_as_of() = AsOf(as_of);
  response->set_weight_set(weights->name);
  response->set_index_revision(RevisionToken(view->revision()));
  return absl::OkStatus();
}

}  // namespace brokerage::matching

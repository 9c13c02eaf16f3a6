#include "services/registry/reference_handlers.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "base/errors.h"
#include "base/limits.h"
#include "base/resource_names.h"
#include "reference/causes.h"
#include "reference/skills.h"
#include "services/places/resolve.h"

namespace brokerage::registry {
namespace {

using rpc::Call;

v1::District ToMessage(const reference::District& district) {
  v1::District message;
  message.set_name(base::FormatDistrictName(district.code));
  message.set_display_name(district.name);
  message.set_population(district.population);
  return message;
}

v1::Skill ToMessage(const reference::Skill& skill) {
  const auto& skills = reference::ShippedSkills();
  v1::Skill message;
  message.set_name(base::FormatSkillName(skill.id));
  message.set_display_name(skill.label);
  for (const auto& group : skills.groups()) {
    if (group.id == skill.group) message.set_group(group.label);
  }
  if (skill.parent >= 0) message.set_parent(base::FormatSkillName(skills.at(skill.parent).id));
  message.mutable_synonyms()->Add(skill.synonyms.begin(), skill.synonyms.end());
  return message;
}

v1::Cause ToMessage(const reference::Cause& cause) {
  const auto& causes = reference::ShippedCauses();
  v1::Cause message;
  message.set_name(base::FormatCauseName(cause.id));
  message.set_display_name(cause.label);
  if (cause.parent >= 0) message.set_parent(base::FormatCauseName(causes.at(cause.parent).id));
  message.mutable_synonyms()->Add(cause.synonyms.begin(), cause.synonyms.end());
  message.set_standard_id(cause.standard_id);
  return message;
}

// A page of a table, in its own order; a cursor is the row to go on with. `add` is given each row.
template <typename Request, typename Response, typename Row, typename Add>
absl::Status Page(const rpc::PageTokens& tokens, const Call& call, const Request& request,
                  const std::vector<Row>& rows, const Add& add, Response& answer) {
  const auto cursor = tokens.Open(request, call.caller().credential, call.now());
  if (!cursor.ok()) return cursor.status();
  std::size_t row = 0;
  if (!cursor->empty() && !absl::SimpleAtoi(*cursor, &row)) return base::PageTokenInvalid();
  const std::size_t end =
      std::min(rows.size(), row + static_cast<std::size_t>(rpc::PageSize(request.page_size())));
  for (; row < end; ++row) add(ToMessage(rows[row]));
  if (end < rows.size()) {
    answer.set_next_page_token(tokens.Seal(request, call.caller().credential, absl::StrCat(end), call.now()));
  }
  return absl::OkStatus();
}

}  // namespace

ReferenceHandlers::ReferenceHandlers(const rpc::Runner& runner, const rpc::PageTokens& tokens,
                                     const reference::Districts& districts,
                                     const rpc::Current<reference::PlaceIndex>& places)
    : runner_(runner),
      tokens_(tokens),
      districts_(districts),
      places_(places),
      terms_(reference::ShippedSkills(), reference::ShippedCauses()) {}

grpc::Status ReferenceHandlers::ListDistricts(grpc::ServerContext* context,
                                              const v1::ListDistrictsRequest* request,
                                              v1::ListDistrictsResponse* answer) {
  return runner_.Run(*context, *request, [&](const Call& call) {
    return Page(
        tokens_, call, *request, districts_.all(),
        [&](v1::District district) { *answer->add_districts() = std::move(district); }, *answer);
  });
}

grpc::Status ReferenceHandlers::ListSkills(grpc::ServerContext* context, const v1::ListSkillsRequest* request,
                                           v1::ListSkillsResponse* answer) {
  return runner_.Run(*context, *request, [&](const Call& call) {
    return Page(
        tokens_, call, *request, reference::ShippedSkills().all(),
        [&](v1::Skill skill) { *answer->add_skills() = std::move(skill); }, *answer);
  });
}

grpc::Status ReferenceHandlers::ListCauses(grpc::ServerContext* context, const v1::ListCausesRequest* request,
                                           v1::ListCausesResponse* answer) {
  return runner_.Run(*context, *request, [&](const Call& call) {
    return Page(
        tokens_, call, *request, reference::ShippedCauses().all(),
        [&](v1::Cause cause) { *answer->add_causes() = std::move(cause); }, *answer);
  });
}

grpc::Status ReferenceHandlers::ResolveTerm(grpc::ServerContext* context,
                                            const v1::ResolveTermRequest* request,
                                            v1::ResolveTermResponse* answer) {
  return runner_.Run(*context, *request, [&](const Call&) -> absl::Status {
    std::optional<reference::TermKind> only;
    if (request->kinds_size() == 1) {
      only = request->kinds(0) == v1::TERM_KIND_SKILL ? reference::TermKind::kSkill
                                                      : reference::TermKind::kCause;
    }
    const int64_t most = request->page_size() == 0
                             ? base::kDefaultTermMatches
                             : std::min<int64_t>(request->page_size(), base::kMaxTermMatches);
    for (const reference::TermHit& hit :
         terms_.Resolve(request->term(), only, static_cast<std::size_t>(most))) {
      v1::TermMatch& match = *answer->add_matches();
      if (hit.kind == reference::TermKind::kSkill) {
        const auto& skill = reference::ShippedSkills().at(hit.index);
        match.set_kind(v1::TERM_KIND_SKILL);
        match.set_name(base::FormatSkillName(skill.id));
        match.set_display_name(skill.label);
      } else {
        const auto& cause = reference::ShippedCauses().at(hit.index);
        match.set_kind(v1::TERM_KIND_CAUSE);
        match.set_name(base::FormatCauseName(cause.id));
        match.set_display_name(cause.label);
      }
      match.set_matched_term(hit.matched);
      match.set_typing_errors(hit.match == reference::TermMatch::kOneTypo ? 1 : 0);
    }
    return absl::OkStatus();
  });
}

grpc::Status ReferenceHandlers::ResolvePlace(grpc::ServerContext* context,
                                             const v1::ResolvePlaceRequest* request,
                                             common::v1::Place* answer) {
  std::optional<reference::Postcode> postcode;
  const auto check = [&](const Call&, base::Violations& violations) {
    if (!request->postcode().empty())
      postcode = places::ReadPostcode(request->postcode(), "postcode", violations);
  };
  return runner_.Run(*context, *request, check, [&](const Call&) -> absl::Status {
    auto place = places::Locate(*postcode, *places_.Get());
    if (!place) return base::NotFound(absl::StrCat("place known at the postcode ", postcode->ToString()));
    *answer = *std::move(place);
    return absl::OkStatus();
  });
}

}  // namespace brokerage::registry

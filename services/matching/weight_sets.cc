#include "services/matching/weight_sets.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/ids.h"
#include "base/resource_names.h"
#include "services/matching/convert/facts.h"
#include "services/matching/records.h"
#include "services/rpc/moments.h"
#include "services/rpc/requests.h"
#include "services/rpc/validate.h"
#include "storage/keys.h"

namespace brokerage::matching {
namespace {

using v1::WeightSet;

WeightSet DefaultWeightSet() {
  constexpr matcher::Weights kDefault;
  WeightSet set;
  set.set_name(std::string(kDefaultWeightSet));
  set.set_display_name("Default");
  set.set_skills(kDefault.skills);
  set.set_location(kDefault.location);
  set.set_availability(kDefault.availability);
  set.set_causes(kDefault.causes);
  set.set_alpha_bp(kDefault.alpha_bp);
  set.set_etag(rpc::FormatEtag(0, 0));
  return set;
}

}  // namespace

WeightSets::WeightSets(const Context& context)
    : context_(context), records_(context.store, context.mutations, storage::kWeightSets) {
  known_.emplace(kDefaultWeightSet, ToWeights(DefaultWeightSet()));
}

absl::StatusOr<WeightSet> WeightSets::Read(const std::string& name) const {
  if (name == kDefaultWeightSet) return DefaultWeightSet();
  auto stored = records_.Get(name);
  if (!stored.ok()) return stored.status();
  WeightSet set = std::move(*stored->message.mutable_weight_set());
  set.set_etag(rpc::FormatEtag(records_.epoch(), stored->sequence));
  return set;
}

absl::Status WeightSets::Get(const rpc::Call&, const v1::GetWeightSetRequest& request,
                             WeightSet* answer) const {
  if (!base::WeightSetName::Parse(request.name())) {
    return base::InvalidField("name", rpc::MustBe<base::WeightSetName>());
  }
  auto set = Read(request.name());
  if (!set.ok()) return set.status();
  *answer = *std::move(set);
  return absl::OkStatus();
}

absl::Status WeightSets::List(const rpc::Call& call, const v1::ListWeightSetsRequest& request,
                              v1::ListWeightSetsResponse* answer) const {
  const auto cursor = context_.tokens.Open(request, call.caller().credential, call.now());
  if (!cursor.ok()) return cursor.status();
  const auto wanted = static_cast<std::size_t>(rpc::PageSize(request.page_size()));
  auto stored = records_.table().List("", *cursor, wanted + 1);
  if (!stored.ok()) return rpc::FromStore(stored.status());
  std::vector<WeightSet> sets;
  if (*cursor < kDefaultWeightSet) sets.push_back(DefaultWeightSet());
  for (auto& record : *stored) {
    sets.push_back(std::move(*record.message.mutable_weight_set()));
    sets.back().set_etag(rpc::FormatEtag(records_.epoch(), record.sequence));
  }
  std::sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.name() < b.name(); });
  const bool more = sets.size() > wanted;
  if (more) sets.resize(wanted);
  for (WeightSet& set : sets) *answer->add_weight_sets() = std::move(set);
  if (more) {
    answer->set_next_page_token(context_.tokens.Seal(request, call.caller().credential,
                                                     answer->weight_sets().rbegin()->name(), call.now()));
  }
  return absl::OkStatus();
}

void WeightSets::Check(const v1::CreateWeightSetRequest& request, base::Violations& violations) const {
  if (!request.has_weight_set()) return;
  WeightSet set = request.weight_set();
  rpc::ClearOutputOnly(set);
  rpc::CheckMessage(set, "weight_set.", violations);
  if (set.skills() == 0 && set.location() == 0 && set.availability() == 0 && set.causes() == 0) {
    violations.Add("weight_set", "must have a weight above 0");
  }
}

absl::Status WeightSets::Create(const rpc::Call& call, const v1::CreateWeightSetRequest& request,
                                WeightSet* answer) const {
  Record record;
  WeightSet& set = *record.mutable_weight_set();
  set = request.weight_set();
  rpc::ClearOutputOnly(set);
  if (!set.has_alpha_bp()) set.set_alpha_bp(matcher::Weights().alpha_bp);
  *set.mutable_create_time() = rpc::ToTimestamp(call.now());

  const std::string name = base::WeightSetName{base::MintId()}.Format();
  set.set_name(request.validate_only() ? "" : name);
  auto created = CreateRecord({context_, call, request, request.validate_only()}, records_, name, record);
  if (!created.ok()) return created.status();
  *answer = std::move(*created->stored.message.mutable_weight_set());
  rpc::SetRevision(*created, rpc::Origin::kMatching, *answer);
  return absl::OkStatus();
}

absl::StatusOr<WeightSets::Found> WeightSets::Find(absl::string_view name) const {
  if (name.empty()) name = kDefaultWeightSet;
  if (!base::WeightSetName::Parse(name)) {
    return base::InvalidField("weight_set", rpc::MustBe<base::WeightSetName>());
  }
  {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    const auto known = known_.find(name);
    if (known != known_.end()) return Found{std::string(name), known->second};
  }
  const auto set = Read(std::string(name));
  if (!set.ok()) return set.status();
  const matcher::Weights weights = ToWeights(*set);
  const std::unique_lock<std::shared_mutex> lock(mutex_);
  known_.emplace(std::string(name), weights);
  return Found{std::string(name), weights};
}

}  // namespace brokerage::matching

// ReferralService.
#pragma once

#include <string>

#include "absl/status/status.h"

#include "brokerage/matching/v1/referral_service.grpc.pb.h"
#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/context.h"
#include "services/matching/freshness.h"
#include "services/matching/referrals/referral_steps.h"
#include "services/matching/referrals/shortlisting.h"
#include "services/matching/weight_sets.h"
#include "services/rpc/policy.h"
#include "services/rpc/records.h"
#include "services/rpc/working_set.h"

namespace brokerage::matching {

// Thread-safe. What it is given outlives it.
class ReferralHandlers final : public v1::ReferralService::Service {
 public:
  ReferralHandlers(const Context& context, const Shortlisting& shortlisting, const WeightSets& weight_sets,
                   const Freshness& freshness);

  grpc::Status ShortlistVolunteer(grpc::ServerContext* context, const v1::ShortlistVolunteerRequest* request,
                                  v1::Referral* answer) override;
  grpc::Status OfferReferral(grpc::ServerContext* context, const v1::OfferReferralRequest* request,
                             v1::Referral* answer) override;
  grpc::Status RecordConsent(grpc::ServerContext* context, const v1::RecordConsentRequest* request,
                             v1::Referral* answer) override;
  grpc::Status IntroduceVolunteer(grpc::ServerContext* context, const v1::IntroduceVolunteerRequest* request,
                                  v1::Referral* answer) override;
  grpc::Status AcknowledgeReferral(grpc::ServerContext* context,
                                   const v1::AcknowledgeReferralRequest* request,
                                   v1::Referral* answer) override;
  grpc::Status PlaceVolunteer(grpc::ServerContext* context, const v1::PlaceVolunteerRequest* request,
                              v1::Referral* answer) override;
  grpc::Status EndPlacement(grpc::ServerContext* context, const v1::EndPlacementRequest* request,
                            v1::Referral* answer) override;
  grpc::Status DeclineReferral(grpc::ServerContext* context, const v1::DeclineReferralRequest* request,
                               v1::Referral* answer) override;
  grpc::Status AddNote(grpc::ServerContext* context, const v1::AddNoteRequest* request,
                       v1::Referral* answer) override;
  grpc::Status GetReferral(grpc::ServerContext* context, const v1::GetReferralRequest* request,
                           v1::Referral* answer) override;
  grpc::Status ListReferrals(grpc::ServerContext* context, const v1::ListReferralsRequest* request,
                             v1::ListReferralsResponse* answer) override;

 private:
  using Record = storage::v1::ReferralRecord;
  using Stored = storage::Stored<Record>;

  // A step of the table with a referral that is named. `check` adds faults of the request beyond its limits;
  // `words` are filled in by who calls.
  template <typename Request>
  grpc::Status Step(const grpc::ServerContext& context, const Request& request, v1::Referral& answer,
                    const StepWords& words, const rpc::Check& check = nullptr);
  // Takes `step` with the referral that the request names, in `records`.
  absl::Status Take(const rpc::Call& call, const ReferralStep& step, const std::string& name,
                    const std::string& etag, const StepWords& words, rpc::WorkingSet& records) const;
  // Commits what `plan` does to the referral that it answers the name of, and waits for the index.
  absl::StatusOr<rpc::Outcome<Record>> Commit(
      const rpc::Call& call, const google::protobuf::Message& request,
      const std::function<absl::StatusOr<std::string>(rpc::WorkingSet&)>& plan) const;
  // The referral that `acting` may see. Errors: NotFound.
  absl::StatusOr<Stored> ReadSeen(const rpc::Acting& acting, const std::string& name) const;
  // Puts the contact of the referral's volunteer into `answer`, if the caller may see it, once it is kept
  // that they did.
  absl::Status Reveal(const rpc::Call& call, const google::protobuf::Message& request,
                      v1::Referral& answer) const;
  // The answer to a write.
  absl::Status Fill(const rpc::Call& call, rpc::Outcome<Record> outcome, v1::Referral& answer) const;

  const Context& context_;
  const Shortlisting& shortlisting_;
  const WeightSets& weight_sets_;
  const Freshness& freshness_;
  const rpc::Records<Record> records_;
};

}  // namespace brokerage::matching

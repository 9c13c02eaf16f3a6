// Stands in for the matching service's referrals: keeps what it is asked, and answers what tests give it.
#pragma once

#include <string>
#include <vector>

#include "brokerage/matching/v1/referral_service.grpc.pb.h"
#include "tests/apps/cli/support/switchboard.h"

namespace brokerage::cli {

class FakeReferrals final : public matching::v1::ReferralService::Service {
 public:
  explicit FakeReferrals(Switchboard& board) : board_(board) {}

  grpc::Status ShortlistVolunteer(grpc::ServerContext* context,
                                  const matching::v1::ShortlistVolunteerRequest* request,
                                  matching::v1::Referral* answer) override {
    return Serve(context, "ShortlistVolunteer", *request, answer);
  }
  grpc::Status OfferReferral(grpc::ServerContext* context, const matching::v1::OfferReferralRequest* request,
                             matching::v1::Referral* answer) override {
    return Serve(context, "OfferReferral", *request, answer);
  }
  grpc::Status RecordConsent(grpc::ServerContext* context, const matching::v1::RecordConsentRequest* request,
                             matching::v1::Referral* answer) override {
    return Serve(context, "RecordConsent", *request, answer);
  }
  grpc::Status IntroduceVolunteer(grpc::ServerContext* context,
                                  const matching::v1::IntroduceVolunteerRequest* request,
                                  matching::v1::Referral* answer) override {
    return Serve(context, "IntroduceVolunteer", *request, answer);
  }
  grpc::Status AcknowledgeReferral(grpc::ServerContext* context,
                                   const matching::v1::AcknowledgeReferralRequest* request,
                                   matching::v1::Referral* answer) override {
    return Serve(context, "AcknowledgeReferral", *request, answer);
  }
  grpc::Status PlaceVolunteer(grpc::ServerContext* context,
                              const matching::v1::PlaceVolunteerRequest* request,
                              matching::v1::Referral* answer) override {
    return Serve(context, "PlaceVolunteer", *request, answer);
  }
  grpc::Status EndPlacement(grpc::ServerContext* context, const matching::v1::EndPlacementRequest* request,
                            matching::v1::Referral* answer) override {
    return Serve(context, "EndPlacement", *request, answer);
  }
  grpc::Status DeclineReferral(grpc::ServerContext* context,
                               const matching::v1::DeclineReferralRequest* request,
                               matching::v1::Referral* answer) override {
    return Serve(context, "DeclineReferral", *request, answer);
  }
  grpc::Status AddNote(grpc::ServerContext* context, const matching::v1::AddNoteRequest* request,
                       matching::v1::Referral* answer) override {
    return Serve(context, "AddNote", *request, answer);
  }
  grpc::Status GetReferral(grpc::ServerContext* context, const matching::v1::GetReferralRequest* request,
                           matching::v1::Referral* answer) override {
    return Serve(context, "GetReferral", *request, answer);
  }
  grpc::Status ListReferrals(grpc::ServerContext* context, const matching::v1::ListReferralsRequest* request,
                             matching::v1::ListReferralsResponse* answer) override {
    matching::v1::Referral one;
    const grpc::Status served = Serve(context, "ListReferrals", *request, &one);
    *answer->add_referrals() = one;
    return served;
  }

  // "OfferReferral name: …", of each call, without its request_id.
  std::vector<std::string> asked;
  std::vector<std::string> request_ids;
  matching::v1::Referral referral;  // what is answered
  absl::Status refusal;             // unless it is refused

 private:
  template <typename Request>
  grpc::Status Serve(grpc::ServerContext* context, const std::string& method, Request request,
                     matching::v1::Referral* answer) {
    return board_.Serve(context, method, [&] {
      if constexpr (requires { request.request_id(); }) {
        request_ids.push_back(request.request_id());
        request.clear_request_id();
      }
      asked.push_back(method + " " + request.ShortDebugString());
      *answer = referral;
      return refusal;
    });
  }

  Switchboard& board_;
};

}  // namespace brokerage::cli

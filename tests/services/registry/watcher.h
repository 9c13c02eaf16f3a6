// A client of a watch.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "services/rpc/tokens.h"
#include "tests/services/registry/world.h"
#include "tests/support/client.h"

namespace brokerage::registry {

// Request and Response of WatchOrganisations, WatchCentres or WatchCredentials.
template <typename Request, typename Response>
class Watcher {
 public:
  Watcher(World& world, const std::string& token, const std::string& resume = "")
      : stream_(token, [&](grpc::ClientContext* context) {
          Request request;
          request.set_resume_revision(resume);
          return Open(world, context, request);
        }) {}

  // The next response, which may be a heartbeat. Nothing when the stream is over.
  std::optional<Response> Read() {
    auto response = stream_.Read();
    if (response && !response->revision().empty()) last_revision_ = response->revision();
    return response;
  }

  // "begin", "end", or an item: its display name and state, or its name; "over" when the stream is.
  // Heartbeats come whenever they like and are passed over.
  std::string ReadWord() {
    std::string word;
    do {
      word = ReadAnyWord();
    } while (word == "heartbeat");
    return word;
  }
  std::string ReadAnyWord() {
    const auto response = Read();
    if (!response) return "over";
    if (response->has_snapshot_begin()) return "begin";
    if (response->has_snapshot_end()) return "end";
    if (response->has_heartbeat()) return "heartbeat";
    return Word(*response);
  }

  // The next item.
  Response ReadItem() {
    auto response = Read();
    while (response && response->has_heartbeat()) response = Read();
    EXPECT_TRUE(response) << "the stream is over";
    return response.value_or(Response());
  }

  // Reads the snapshot to its end; its items in words.
  std::vector<std::string> ReadSnapshot() {
    std::vector<std::string> words;
    EXPECT_EQ(ReadWord(), "begin");
    while (true) {
      std::string word = ReadWord();
      if (word == "end") return words;
      if (word == "over") {
        ADD_FAILURE() << "the stream ended in its snapshot: " << Finish();
        return words;
      }
      words.push_back(std::move(word));
    }
  }

  const std::string& last_revision() const { return last_revision_; }

  // Why the stream is over. Responses not yet read are lost.
  absl::Status Finish() { return stream_.Finish(); }
  void Cancel() { stream_.Cancel(); }

 private:
  static std::string Word(const v1::WatchOrganisationsResponse& response) {
    return absl::StrCat(response.organisation().display_name(), " ",
                        v1::Organisation::State_Name(response.organisation().state()).substr(6));
  }
  static std::string Word(const v1::WatchCentresResponse& response) { return response.centre().name(); }
  static std::string Word(const v1::WatchCredentialsResponse& response) {
    return response.credential().name();
  }

  static auto Open(World& world, grpc::ClientContext* context, const v1::WatchOrganisationsRequest& request) {
    return v1::OrganisationService::Stub(world.channel()).WatchOrganisations(context, request);
  }
  static auto Open(World& world, grpc::ClientContext* context, const v1::WatchCentresRequest& request) {
    return v1::CentreService::Stub(world.channel()).WatchCentres(context, request);
  }
  static auto Open(World& world, grpc::ClientContext* context, const v1::WatchCredentialsRequest& request) {
    return v1::CentreService::Stub(world.channel()).WatchCredentials(context, request);
  }

  support::StreamReader<Response> stream_;
  std::string last_revision_;
};

using OrganisationWatcher = Watcher<v1::WatchOrganisationsRequest, v1::WatchOrganisationsResponse>;
using CentreWatcher = Watcher<v1::WatchCentresRequest, v1::WatchCentresResponse>;
using CredentialWatcher = Watcher<v1::WatchCredentialsRequest, v1::WatchCredentialsResponse>;

// The sequence in a revision.
inline uint64_t SequenceOf(const std::string& revision) {
  const auto token = rpc::ParseConsistencyToken(revision);
  return token ? token->sequence : 0;
}

}  // namespace brokerage::registry

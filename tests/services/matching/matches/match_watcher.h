// A client of WatchMatches, that takes in what it is told.
#pragma once

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "brokerage/matching/v1/matching_service.grpc.pb.h"
#include "matcher/order.h"
#include "services/rpc/tokens.h"
#include "tests/support/client.h"

namespace brokerage::matching {

// What a watcher knows.
struct KnownMatches {
  std::map<std::string, v1::Match> by_volunteer;
  bool more = false;
  int snapshots = 0;

  void Take(const v1::WatchMatchesResponse& told) {
    if (told.has_snapshot()) {
      ++snapshots;
      by_volunteer.clear();
      for (const auto& match : told.snapshot().matches()) by_volunteer[match.volunteer()] = match;
      more = told.snapshot().more();
    } else if (told.has_difference()) {
      const auto& difference = told.difference();
      for (const auto& name : difference.left()) EXPECT_EQ(by_volunteer.erase(name), 1u) << name;
      for (const auto& match : difference.entered()) {
        EXPECT_TRUE(by_volunteer.emplace(match.volunteer(), match).second) << match.volunteer();
      }
      for (const auto& match : difference.changed()) by_volunteer.at(match.volunteer()) = match;
      more = difference.more();
    }
  }

  // As lists are ordered.
  std::vector<v1::Match> InOrder() const {
    std::vector<v1::Match> matches;
    for (const auto& [name, match] : by_volunteer) matches.push_back(match);
    const auto key = [](const v1::Match& match) {
      return matcher::RankKey{match.score_millionths(), match.score_millionths(), match.volunteer()};
    };
    std::sort(matches.begin(), matches.end(),
              [&](const v1::Match& a, const v1::Match& b) { return matcher::ComesBefore(key(a), key(b)); });
    return matches;
  }
};

inline uint64_t SequenceOf(const std::string& consistency_token) {
  const auto token = rpc::ParseConsistencyToken(consistency_token);
  return token ? token->sequence : 0;
}

class MatchWatcher {
 public:
  MatchWatcher(const support::Client& client, const v1::WatchMatchesRequest& request, KnownMatches known = {})
      : stream_(client.Open(&v1::MatchingService::Stub::WatchMatches, request)), known_(std::move(known)) {}

  // The next response, whatever it is, taken in.
  std::optional<v1::WatchMatchesResponse> Read() {
    auto told = stream_.Read();
    if (told) {
      known_.Take(*told);
      revision_ = told->revision();
    }
    return told;
  }

  // The next that is no heartbeat: "snapshot a b", "+c -a ~b" for who entered, left and changed, with a "…"
  // when there are more; "end REASON_CLOSED"; "over". Volunteers by their ids.
  std::string ReadWords() {
    auto told = Read();
    while (told && told->has_heartbeat()) told = Read();
    return told ? Words(*told) : "over";
  }
  // Whether nothing but heartbeats is told up to that write.
  bool HearsNothingUntil(const std::string& consistency_token) {
    auto told = Read();
    while (told && told->has_heartbeat() &&
           SequenceOf(told->index_revision()) < SequenceOf(consistency_token)) {
      told = Read();
    }
    return told && told->has_heartbeat();
  }
  std::string ReadAnyWords() {
    const auto told = Read();
    return told ? Words(*told) : "over";
  }

  const KnownMatches& known() const { return known_; }
  const std::string& revision() const { return revision_; }
  absl::Status Finish() { return stream_.Finish(); }
  void Cancel() { stream_.Cancel(); }

 private:
  static std::string Words(const v1::WatchMatchesResponse& told) {
    if (told.has_heartbeat()) return "heartbeat";
    if (told.has_end()) return absl::StrCat("end ", v1::MatchesEnd::Reason_Name(told.end().reason()));
    std::string words = told.has_snapshot() ? "snapshot" : "";
    const auto add = [&](const char* what, const std::string& name) {
      absl::StrAppend(&words, words.empty() ? "" : " ", what, std::string(matcher::LastSegment(name)));
    };
    for (const auto& match : told.snapshot().matches()) add("", match.volunteer());
    for (const auto& match : told.difference().entered()) add("+", match.volunteer());
    for (const auto& name : told.difference().left()) add("-", name);
    for (const auto& match : told.difference().changed()) add("~", match.volunteer());
    if (told.snapshot().more() || told.difference().more()) absl::StrAppend(&words, " …");
    return words;
  }

  support::StreamReader<v1::WatchMatchesResponse> stream_;
  KnownMatches known_;
  std::string revision_;
};

}  // namespace brokerage::matching

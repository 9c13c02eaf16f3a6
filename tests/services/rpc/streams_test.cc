#include "services/rpc/streams.h"

#include <gtest/gtest.h>
#include <vector>

#include "base/errors.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using support::Outline;

Caller Of(common::v1::Role role) {
  Caller caller;
  caller.role = role;
  return caller;
}
const Caller kReader = Of(common::v1::ROLE_READER);
const Caller kService = Of(common::v1::ROLE_SERVICE);

TEST(Streams, AreBounded) {
  Streams streams(2);
  const grpc::ServerContext context;
  auto first = streams.Open(context, kService);
  auto second = streams.Open(context, kService);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(streams.open(), 2);
  EXPECT_EQ(Outline(streams.Open(context, kService)), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  first->reset();
  EXPECT_EQ(streams.open(), 1);
  EXPECT_TRUE(streams.Open(context, kService).ok());
}

// How many streams `caller` can open in `streams`; they are kept in `open`.
int OpenAll(Streams& streams, const grpc::ServerContext& context, const Caller& caller,
            std::vector<std::unique_ptr<Streams::Stream>>& open) {
  int opened = 0;
  for (auto stream = streams.Open(context, caller); stream.ok(); stream = streams.Open(context, caller)) {
    open.push_back(*std::move(stream));
    ++opened;
  }
  return opened;
}

TEST(Streams, SixtyFourByDefault) {
  Streams streams;
  const grpc::ServerContext context;
  std::vector<std::unique_ptr<Streams::Stream>> open;
  EXPECT_EQ(OpenAll(streams, context, kService, open), 64);
}

TEST(Streams, CallersLeaveSomeToTheServices) {
  Streams streams;
  const grpc::ServerContext context;
  std::vector<std::unique_ptr<Streams::Stream>> open;
  EXPECT_EQ(OpenAll(streams, context, kReader, open), 58);
  EXPECT_EQ(OpenAll(streams, context, kService, open), 6);
}

TEST(Streams, ServicesThatAreThereNeedNothingKept) {
  Streams streams;
  const grpc::ServerContext context;
  std::vector<std::unique_ptr<Streams::Stream>> open;
  for (int i = 0; i < 3; ++i) open.push_back(*streams.Open(context, kService));
  EXPECT_EQ(OpenAll(streams, context, kReader, open), 58);
  EXPECT_EQ(OpenAll(streams, context, kService, open), 3);
}

TEST(Streams, StopEndsThemAndRefusesMore) {
  Streams streams;
  const grpc::ServerContext context;
  const auto stream = streams.Open(context, kService);
  ASSERT_TRUE(stream.ok());
  EXPECT_TRUE((*stream)->why().ok());
  streams.Stop();
  EXPECT_EQ(Outline((*stream)->why()), "UNAVAILABLE SERVICE_STOPPING");
  EXPECT_EQ(Outline(streams.Open(context, kService)), "UNAVAILABLE SERVICE_STOPPING");
}

}  // namespace
}  // namespace brokerage::rpc

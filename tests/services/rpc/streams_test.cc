#include "services/rpc/streams.h"

#include <gtest/gtest.h>
#include <vector>

#include "base/errors.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using support::Outline;

TEST(Streams, AreBounded) {
  Streams streams(2);
  const grpc::ServerContext context;
  auto first = streams.Open(context);
  auto second = streams.Open(context);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(streams.open(), 2);
  EXPECT_EQ(Outline(streams.Open(context)), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  first->reset();
  EXPECT_EQ(streams.open(), 1);
  EXPECT_TRUE(streams.Open(context).ok());
}

TEST(Streams, SixtyFourByDefault) {
  Streams streams;
  const grpc::ServerContext context;
  std::vector<std::unique_ptr<Streams::Stream>> open;
  for (int i = 0; i < 64; ++i) {
    auto stream = streams.Open(context);
    ASSERT_TRUE(stream.ok()) << i;
    open.push_back(*std::move(stream));
  }
  EXPECT_FALSE(streams.Open(context).ok());
}

TEST(Streams, StopEndsThemAndRefusesMore) {
  Streams streams;
  const grpc::ServerContext context;
  const auto stream = streams.Open(context);
  ASSERT_TRUE(stream.ok());
  EXPECT_TRUE((*stream)->why().ok());
  streams.Stop();
  EXPECT_EQ(Outline((*stream)->why()), "UNAVAILABLE SERVICE_STOPPING");
  EXPECT_EQ(Outline(streams.Open(context)), "UNAVAILABLE SERVICE_STOPPING");
}

}  // namespace
}  // namespace brokerage::rpc

#include "services/rpc/message_pool.h"

#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "brokerage/registry/v1/reference_service.pb.h"

namespace brokerage::rpc {
namespace {

using Pool = MessagePool<registry::v1::ListSkillsRequest, registry::v1::ListSkillsResponse>;
using Pair = grpc::MessageHolder<registry::v1::ListSkillsRequest, registry::v1::ListSkillsResponse>;

// Answers with a name of so many bytes, as gRPC and a handler would.
void Answer(Pair& pair, std::size_t bytes) {
  pair.request()->set_page_token("a page");
  pair.response()->add_skills()->set_name(std::string(bytes, 'n'));
  pair.response()->set_next_page_token("the next");
  EXPECT_GT(pair.response()->SerializeAsString().size(), bytes);
}

TEST(MessagePool, GivesTheNextCallTheMemoryAndNothingOfWhatItHeld) {
  Pool pool;
  Pair* const first = pool.AllocateMessages();
  const auto* const response = first->response();
  Answer(*first, 20);
  first->Release();
  EXPECT_EQ(pool.idle(), 1u);

  Pair* const second = pool.AllocateMessages();
  EXPECT_EQ(pool.idle(), 0u);
  EXPECT_EQ(second->response(), response);
  EXPECT_EQ(second->request()->DebugString(), "");
  EXPECT_EQ(second->response()->DebugString(), "");
  second->Release();
}

TEST(MessagePool, CallsAtOnceHaveMessagesOfTheirOwn) {
  Pool pool;
  Pair* const one = pool.AllocateMessages();
  Pair* const other = pool.AllocateMessages();
  EXPECT_NE(one->request(), other->request());
  EXPECT_NE(one->response(), other->response());
  one->Release();
  other->Release();
}

TEST(MessagePool, KeepsNoLongAnswerAndNotTooMany) {
  Pool pool;
  Pair* const longest = pool.AllocateMessages();
  Answer(*longest, kMaxIdleResponseBytes);
  longest->Release();
  EXPECT_EQ(pool.idle(), 0u);

  std::vector<Pair*> pairs;
  for (std::size_t i = 0; i < kMaxIdleMessages + 3; ++i) pairs.push_back(pool.AllocateMessages());
  for (Pair* const pair : pairs) pair->Release();
  EXPECT_EQ(pool.idle(), kMaxIdleMessages);
}

TEST(MessagePool, ServesThreads) {
  constexpr int kThreads = 4;
  Pool pool;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&pool] {
      for (int call = 0; call < 200; ++call) {
        Pair* const pair = pool.AllocateMessages();
        EXPECT_EQ(pair->response()->skills_size(), 0);
        Answer(*pair, 20);
        pair->Release();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(pool.idle(), 1u);
  EXPECT_LE(pool.idle(), static_cast<std::size_t>(kThreads));
}

}  // namespace
}  // namespace brokerage::rpc

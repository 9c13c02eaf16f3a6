// Each rule finds what is planted against it, and lets pass what is allowed.
#include "tests/architecture/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "tests/architecture/arrows.h"

namespace brokerage::architecture {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Arrow {
  std::string path;
  std::string include;  // with its quotes or brackets
};

std::vector<Fault> Check(const Arrow& arrow) {
  return ForbiddenArrows({arrow.path, absl::StrCat("#include ", arrow.include, "\n")});
}

TEST(Arrows, ForbiddenOnesAreFound) {
  const Arrow forbidden[] = {
      {"matcher/pair.cc", "\"brokerage/matching/v1/volunteer.pb.h\""},
      {"matcher/pair.cc", "\"schedule/weekly.h\""},
      {"matcher/pair.cc", "\"storage/store.h\""},
      {"matcher/pair.cc", "\"services/rpc/run.h\""},
      {"matcher/pair.cc", "\"base/text.h\""},
      {"matcher/pair.cc", "<rocksdb/db.h>"},
      {"matcher/pair.cc", "<grpcpp/grpcpp.h>"},
      {"matcher/pair.cc", "<libical/ical.h>"},
      {"matcher/pair.cc", "\"absl/time/time.h\""},
      {"matcher/pair.cc", "<ctime>"},
      {"matcher/pair.cc", "<iostream>"},
      {"matcher/pair.cc", "<unistd.h>"},
      {"schedule/weekly.cc", "\"matcher/types.h\""},
      {"schedule/weekly.cc", "\"base/clock.h\""},
      {"schedule/weekly.h", "<libical/ical.h>"},
      {"reference/places.cc", "\"services/rpc/run.h\""},
      {"reference/places.cc", "\"storage/rocksdb_store.h\""},
      {"reference/places.cc", "<grpcpp/grpcpp.h>"},
      {"reference/places.h", "<proj.h>"},
      {"storage/store.h", "\"services/rpc/run.h\""},
      {"storage/store.h", "\"matcher/index.h\""},
      {"storage/store.h", "<rocksdb/db.h>"},
      {"storage/store.cc", "<grpcpp/grpcpp.h>"},
      {"services/rpc/run.cc", "\"matcher/index.h\""},
      {"services/rpc/run.cc", "\"storage/rocksdb_store.h\""},
      {"services/rpc/run.cc", "\"services/registry/centres.h\""},
      {"services/rpc/run.cc", "<rocksdb/db.h>"},
      {"services/matching/volunteers.cc", "\"services/registry/centres.h\""},
      {"services/matching/volunteers.cc", "<rocksdb/db.h>"},
      {"services/matching/volunteers.cc", "\"storage/rocksdb_store.h\""},
      {"services/matching/convert/volunteer.cc", "\"brokerage/storage/v1/record.pb.h\""},
      {"apps/cli/main.cc", "\"brokerage/storage/v1/record.pb.h\""},
      {"services/registry/centres.cc", "\"services/matching/volunteers.h\""},
      {"services/registry/centres.cc", "\"services/matching/convert/volunteer.h\""},
      {"services/registry/centres.cc", "\"matcher/index.h\""},
      {"services/registry/centres.cc", "<rocksdb/db.h>"},
      {"services/matching/convert/volunteer.cc", "\"services/matching/volunteers.h\""},
      {"services/matching/convert/volunteer.cc", "\"storage/store.h\""},
      {"services/matching/convert/volunteer.cc", "<grpcpp/grpcpp.h>"},
      {"apps/cli/main.cc", "\"storage/store.h\""},
      {"apps/cli/main.cc", "\"services/rpc/run.h\""},
      {"apps/cli/main.cc", "\"services/matching/convert/volunteer.h\""},
      {"apps/demo/main.cc", "\"matcher/index.h\""},
      {"base/text.cc", "\"reference/skills.h\""},
      {"base/text.cc", "\"brokerage/matching/v1/volunteer.pb.h\""},
      {"base/text.h", "<openssl/evp.h>"},
      {"base/text.cc", "\"tests/support/processes.h\""},
      {"matcher/pair.cc", "<gtest/gtest.h>"},
      {"matcher/pair.cc", "<sys/stat.h>"},
      {"matcher/pair.h", "<sys/mman.h>"},
      {"storage/store.cc", "\"bench/timing.h\""},
      {"services/rpc/run.cc", "\"../matching/volunteers.h\""},
      {"services/rpc/run.cc", "<some_new_library/thing.h>"},
      {"tests/matcher/pair_test.cc", "<some_new_library/thing.h>"},
      {"attic/thing.cc", "<string>"},
  };
  for (const Arrow& arrow : forbidden) {
    EXPECT_THAT(Check(arrow), SizeIs(1)) << arrow.path << " includes " << arrow.include;
  }
}

TEST(Arrows, AllowedOnesPass) {
  const Arrow allowed[] = {
      {"matcher/pair.cc", "\"matcher/types.h\""},
      {"matcher/pair.cc", "\"absl/types/span.h\""},
      {"matcher/pair.cc", "<hwy/highway.h>"},
      {"matcher/columnar/plane_pool.cc", "<sys/mman.h>"},
      {"schedule/weekly.cc", "<libical/ical.h>"},
      {"reference/places.cc", "<proj.h>"},
      {"storage/rocksdb_store.cc", "<rocksdb/db.h>"},
      {"storage/volunteers.cc", "\"brokerage/storage/v1/record.pb.h\""},
      {"services/rpc/run.cc", "<grpcpp/grpcpp.h>"},
      {"services/rpc/mutations.cc", "\"storage/store.h\""},
      {"services/matching/volunteers.cc", "\"brokerage/storage/v1/record.pb.h\""},
      {"services/matching/main.cc", "\"storage/rocksdb_store.h\""},
      {"services/matching/volunteers.cc", "\"services/matching/convert/volunteer.h\""},
      {"services/matching/watch.cc", "\"brokerage/registry/v1/centre_service.grpc.pb.h\""},
      {"services/matching/convert/volunteer.cc", "\"matcher/types.h\""},
      {"services/registry/centres.cc", "\"services/rpc/run.h\""},
      {"apps/cli/main.cc", "\"reference/places_import.h\""},
      {"apps/cli/main.cc", "<CLI/CLI.hpp>"},
      {"base/digest.cc", "<openssl/evp.h>"},
      {"tests/storage/rocksdb_test.cc", "<rocksdb/db.h>"},
      {"tests/storage/rocksdb_test.cc", "\"services/rpc/run.h\""},
  };
  for (const Arrow& arrow : allowed) {
    EXPECT_THAT(Check(arrow), IsEmpty()) << arrow.path << " includes " << arrow.include;
  }
}

TEST(Arrows, AFaultSaysWhereAndWhat) {
  EXPECT_THAT(
      ForbiddenArrows({"matcher/pair.cc", "#include \"matcher/pair.h\"\n\n  #  include <grpcpp/grpcpp.h>\n"}),
      ElementsAre(Fault{"matcher/pair.cc", 3, "includes grpcpp/grpcpp.h: matcher may not include grpc"}));
}

TEST(Arrows, AnEngineInTwoFilesIsFound) {
  const SourceFile first = {"storage/rocksdb_store.cc", "#include <rocksdb/db.h>\n"};
  const SourceFile second = {"storage/other.cc", "#include <rocksdb/options.h>\n"};
  const SourceFile test = {"tests/storage/x_test.cc", "#include <rocksdb/options.h>\n"};
  EXPECT_THAT(SpreadEngines({first, test}), IsEmpty());
  EXPECT_THAT(SpreadEngines({first, second}), SizeIs(2));
}

TEST(Rules, ALargeFileIsFound) {
  const std::string at_limit(kMaxLines, '\n');
  EXPECT_THAT(LargeFiles({{"base/text.cc", at_limit}}), IsEmpty());
  EXPECT_THAT(LargeFiles({{"base/text.cc", at_limit + "\n"}}), SizeIs(1));
  EXPECT_THAT(LargeFiles({{"deploy/up", at_limit + "\n"}}), SizeIs(1));
  EXPECT_THAT(LargeFiles({{"reference/data/centroids.csv", at_limit + "\n"}}), IsEmpty());
}

TEST(Rules, UnfinishedWordsAreFound) {
  // Written in halves, so that this file passes its own rule.
  const std::string words[] = {
      "TO"
      "DO",
      "fix"
      "me",
      "X"
      "XX",
      "ha"
      "ck",
      "not implement"
      "ed",
      "place"
      "holder",
      "for n"
      "ow"};
  for (const std::string& word : words) {
    EXPECT_THAT(UnfinishedWords({"base/text.cc", absl::StrCat("int x;\n// ", word, ": later\n")}),
                ElementsAre(Field(&Fault::line, 2)))
        << word;
    EXPECT_THAT(UnfinishedWords({"deploy/up", absl::StrCat("# ", word, "\n")}), SizeIs(1)) << word;
  }
  EXPECT_THAT(UnfinishedWords({"base/text.cc", "// for nowhere: a hackney carriage\n"}), IsEmpty());
  EXPECT_THAT(UnfinishedWords({"base/text.cc", "std::unique_ptr<Health::Stub> stub_;\n"}), IsEmpty());
}

TEST(Rules, AHeaderWithoutItsGuardIsFound) {
  EXPECT_THAT(UnguardedHeaders({"base/text.h", "// Text.\n#pragma once\n"}), IsEmpty());
  EXPECT_THAT(UnguardedHeaders({"base/text.h", "// Text.\n"}), SizeIs(1));
}

TEST(Rules, ABrokenLinkIsFound) {
  const SourceFile code = {"storage/store.h", ""};
  const auto broken = [&](const std::string& text) { return BrokenLinks({code, {"docs/guide.md", text}}); };
  EXPECT_THAT(
      broken("[a](../storage/store.h), [b](../storage), [c](guide.md#part), [d](https://example.org/x)"),
      IsEmpty());
  EXPECT_THAT(broken("[a](guide.md)\n[b](storage/store.h)"), ElementsAre(Field(&Fault::line, 2)));
}

TEST(Rules, AClockInTheMatcherIsFound) {
  const std::string reads = "auto t = std::chrono::system_clock::now();\n";
  EXPECT_THAT(ClockReads({"matcher/pair.cc", reads}), ElementsAre(Field(&Fault::what, HasSubstr("clock"))));
  EXPECT_THAT(ClockReads({"schedule/weekly.cc", "const absl::Time now = absl::Now();\n"}), SizeIs(1));
  EXPECT_THAT(ClockReads({"base/clock.h", reads}), IsEmpty());
}

}  // namespace
}  // namespace brokerage::architecture

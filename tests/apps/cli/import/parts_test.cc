// The parts of an import, each by itself.
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"

#include "apps/cli/client/parallel.h"
#include "apps/cli/import/import_file.h"
#include "apps/cli/import/organisation_lookup.h"
#include "apps/cli/import/progress.h"
#include "apps/cli/import/request_ids.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/ids.h"

namespace brokerage::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(RequestIds, AreUuidsThatOnlyTheirOriginDecides) {
  const RequestIds ids(base::Sha256("a file"), "centres/ashford", "volunteers");
  const RequestIds again(base::Sha256("a file"), "centres/ashford", "volunteers");
  std::set<std::string> seen;
  for (const RequestIds& origin : {ids, RequestIds(base::Sha256("another"), "centres/ashford", "volunteers"),
                                   RequestIds(base::Sha256("a file"), "centres/canterbury", "volunteers"),
                                   RequestIds(base::Sha256("a file"), "centres/ashford", "opportunities")}) {
    for (int64_t line = 2; line < 200; ++line) {
      for (const char* step : {"create", "register"}) {
        const std::string id = origin.For(line, step);
        EXPECT_TRUE(base::IsUuid4(id)) << id;
        EXPECT_TRUE(seen.insert(id).second) << "each is of its own";
      }
    }
  }
  EXPECT_EQ(ids.For(7, "create"), again.For(7, "create"));
  EXPECT_NE(ids.For(1, "1x"), ids.For(11, "x")) << "line and step cannot run together";
}

// Were this to change, an import that was interrupted before an upgrade would begin afresh after it.
TEST(RequestIds, StayWhatTheyAreFromVersionToVersion) {
  EXPECT_EQ(RequestIds(base::Sha256("a file"), "centres/ashford", "volunteers").For(2, "create"),
            "21a6f64b-b101-48d7-92d8-eeb7916b1f44");
}

TEST(ForEachInFlight, DoesEverythingWithNoMoreAtOnceThanAsked) {
  constexpr int kInFlight = 3;
  std::mutex mutex;
  std::set<std::size_t> done;
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  const absl::Status status = ForEachInFlight(100, kInFlight, [&](std::size_t i) {
    const int here = ++now;
    for (int seen = most; here > seen && !most.compare_exchange_weak(seen, here);) {
    }
    std::this_thread::yield();
    {
      const std::lock_guard<std::mutex> lock(mutex);
      done.insert(i);
    }
    --now;
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(done.size(), 100u);
  EXPECT_LE(most, kInFlight);
  EXPECT_TRUE(ForEachInFlight(0, kInFlight, [](std::size_t) { return absl::UnknownError("never"); }).ok());
}

TEST(ForEachInFlight, StopsAtAnErrorAndAnswersTheFirst) {
  std::atomic<int> begun = 0;
  const absl::Status status = ForEachInFlight(100'000, 4, [&](std::size_t i) {
    ++begun;
    return i >= 10 ? absl::UnknownError(absl::StrCat(i)) : absl::OkStatus();
  });
  EXPECT_EQ(status.message(), "10") << "begun in order, so the lowest that fails is always begun";
  EXPECT_LT(begun, 100'000);
}

TEST(ImportFile, RowsKnowTheirLinesAndTheirFaults) {
  const std::string path = absl::StrCat(testing::TempDir(), base::MintId(), ".csv");
  ASSERT_TRUE(
      base::WriteFileAtomically(path, "display_name,notes\r\n\r\nAnn,\"two\nlines\"\nBob,a\"b\nCy,\n").ok());
  const auto file = ReadImportFile(path);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->header_line, 1);
  EXPECT_THAT(file->header, ElementsAre("display_name", "notes"));
  ASSERT_EQ(file->rows.size(), 3u);
  EXPECT_EQ(file->rows[0].line, 3);
  EXPECT_EQ(file->rows[0].fields[1], "two\nlines");
  EXPECT_EQ(file->rows[1].line, 5);
  EXPECT_FALSE(file->rows[1].readable);
  EXPECT_THAT(file->rows[1].faults[0].text, HasSubstr("quotation mark"));
  EXPECT_EQ(file->rows[2].line, 6);
  EXPECT_EQ(file->hash.size(), 32u);
}

TEST(ImportFile, NeedsAHeader) {
  const std::string path = absl::StrCat(testing::TempDir(), base::MintId(), ".csv");
  ASSERT_TRUE(base::WriteFileAtomically(path, "\n\n").ok());
  EXPECT_EQ(ReadImportFile(path).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadImportFile("/nowhere.csv").status().code(), absl::StatusCode::kNotFound);
}

TEST(Organisations, WhatHasTheFormOfAnIdentifier) {
  for (const char* yes : {"GB-CHC-1001778", "GB-COH-01234567", "GB-SC-SC0123", "XI-IATI-X"}) {
    EXPECT_TRUE(IsOrganisationIdentifier(yes)) << yes;
  }
  for (const char* no : {"", "Ashford Foodbank", "GB-CHC", "GB-CHC-", "gb-chc-1", "Tee-Total-Trust", "A-B-C",
                         "UK-WIDE-Friends of the Sea"}) {
    EXPECT_FALSE(IsOrganisationIdentifier(no)) << no;
  }
}

std::string ProgressOf(bool terminal, bool quiet, std::size_t total) {
  std::ostringstream out;
  std::ostringstream err;
  const Environment environment{.out = out,
                                .err = err,
                                .err_is_terminal = terminal,
                                .variable = {},
                                .now = {},
                                .sleep = {},
                                .connect = {}};
  {
    Progress progress(environment, quiet, "Checking", total, "rows");
    for (std::size_t i = 0; i < total; ++i) progress.Step();
  }
  EXPECT_EQ(out.str(), "");
  return err.str();
}

TEST(Progress, OneLineOnATerminalALineForEachTenthElsewhere) {
  EXPECT_THAT(ProgressOf(true, false, 3), HasSubstr("\rChecking 3 of 3 rows\x1B[K\n"));
  const std::string lines = ProgressOf(false, false, 1000);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 10);
  EXPECT_THAT(lines, HasSubstr("Checking 1,000 of 1,000 rows\n"));
  EXPECT_EQ(ProgressOf(false, false, 1), "Checking 1 of 1 rows\n");
  EXPECT_EQ(ProgressOf(true, true, 5), "");
}

}  // namespace
}  // namespace brokerage::cli

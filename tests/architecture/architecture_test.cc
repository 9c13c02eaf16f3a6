// The tree keeps the rules of docs/architecture.md. Each rule also finds what breaks it: rules_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>

#include "absl/strings/match.h"

#include "tests/architecture/arrows.h"
#include "tests/architecture/rules.h"
#include "tests/architecture/tree.h"

namespace brokerage::architecture {

void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.path << ":" << fault.line << " " << fault.what;
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// CTest runs the tests from the top of the tree.
const std::vector<SourceFile>& Tree() {
  static const auto& files = *new std::vector<SourceFile>(ReadTree("."));
  return files;
}

template <typename Rule>
std::vector<Fault> InWholeTree(const Rule& rule) {
  std::vector<Fault> all;
  for (const SourceFile& file : Tree()) {
    for (Fault& fault : rule(file)) all.push_back(std::move(fault));
  }
  return all;
}

bool IsCpp(const SourceFile& file) {
  return absl::EndsWith(file.path, ".cc") || absl::EndsWith(file.path, ".h");
}

TEST(Architecture, EveryIncludeIsAnAllowedArrow) {
  EXPECT_THAT(InWholeTree([](const SourceFile& file) {
                return IsCpp(file) ? ForbiddenArrows(file) : std::vector<Fault>();
              }),
              IsEmpty());
}

TEST(Architecture, AnEnginesHeadersStayInOneFile) { EXPECT_THAT(SpreadEngines(Tree()), IsEmpty()); }

TEST(Architecture, NoFileIsTwoRooms) { EXPECT_THAT(LargeFiles(Tree()), IsEmpty()); }

TEST(Architecture, NothingIsLeftUnfinished) { EXPECT_THAT(InWholeTree(UnfinishedWords), IsEmpty()); }

TEST(Architecture, EveryHeaderIsGuarded) { EXPECT_THAT(InWholeTree(UnguardedHeaders), IsEmpty()); }

TEST(Architecture, TheMatcherReadsNoClock) { EXPECT_THAT(InWholeTree(ClockReads), IsEmpty()); }

TEST(Architecture, EveryLinkOfADocumentLeadsSomewhere) { EXPECT_THAT(BrokenLinks(Tree()), IsEmpty()); }

TEST(Architecture, TheTopOfTheTreeIsAsDecided) {
  EXPECT_THAT(TopFolders("."), ElementsAre("apps", "base", "bench", "cmake", "deploy", "docs", "matcher",
                                           "proto", "reference", "schedule", "services", "storage", "tests"));
}

// Guards the tests above against reading an empty tree.
TEST(Architecture, TheTreeWasRead) {
  EXPECT_TRUE(std::any_of(Tree().begin(), Tree().end(),
                          [](const SourceFile& file) { return file.path == "storage/store.h"; }));
}

}  // namespace
}  // namespace brokerage::architecture

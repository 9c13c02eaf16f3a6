#include "services/rpc/field_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"

#include "brokerage/registry/v1/organisation.pb.h"
#include "tests/support/messages.h"
#include "tests/support/outline.h"

namespace brokerage::rpc {
namespace {

using registry::v1::Organisation;
using support::FieldsOf;
using support::Parse;
using ::testing::ElementsAre;

constexpr char kStored[] = R"(
  name: "organisations/a" etag: "stored" display_name: "Old" kind: KIND_CHARITY income: 5
  causes: "causes/care" causes: "causes/arts-and-culture"
  contact { email: "old@example.org" phone: "999" }
  places { postcode: "TN23 1PL" district: "districts/E07000105" }
  size_band: SIZE_BAND_MICRO state: STATE_ACTIVE verification { stage: STAGE_VISITED })";

struct Row {
  const char* what;
  const char* mask;  // paths, comma separated
  const char* incoming;
  const char* changed;  // what `kStored` becomes, by fields that are cleared and then set
  std::vector<std::string> cleared;
};

const std::vector<Row>& Table() {
  static const auto& rows = *new std::vector<Row>{
      {"no mask: what is set",
       "",
       "display_name: 'New' causes: 'causes/care'",
       "display_name: 'New' causes: 'causes/care'",
       {"display_name", "causes"}},
      {"no mask, nothing set", "", "", "", {}},
      {"a field that is set",
       "display_name",
       "display_name: 'New' income: 7",
       "display_name: 'New'",
       {"display_name"}},
      {"a field that is not set is cleared", "income", "display_name: 'New'", "", {"income"}},
      {"a list is replaced", "causes", "causes: 'causes/care'", "causes: 'causes/care'", {"causes"}},
      {"a list is cleared", "causes", "", "", {"causes"}},
      {"a message is replaced whole",
       "contact",
       "contact { phone: '111' }",
       "contact { phone: '111' }",
       {"contact"}},
      {"a message is cleared", "contact", "", "", {"contact"}},
      {"a field of a message",
       "contact.phone",
       "contact { phone: '111' email: 'x@y.org' }",
       "contact { email: 'old@example.org' phone: '111' }",
       {"contact"}},
      {"a field of an absent message is cleared",
       "contact.phone",
       "",
       "contact { email: 'old@example.org' }",
       {"contact"}},
      {"several",
       "display_name,income",
       "display_name: 'New' income: 0",
       "display_name: 'New' income: 0",
       {"display_name", "income"}},
      {"name and etag never",
       "name,etag,display_name",
       "name: 'organisations/b' etag: 'e' display_name: 'New'",
       "display_name: 'New'",
       {"display_name"}},
      {"output only never",
       "state,size_band,verification,verification.stage",
       "state: STATE_DELETED size_band: SIZE_BAND_MAJOR",
       "",
       {}},
      {"output only never, without a mask",
       "",
       "state: STATE_DELETED verification { stage: STAGE_VISITED }",
       "",
       {}},
      {"output only inside a list is dropped",
       "places",
       "places { postcode: 'CT1 1AA' district: 'districts/forged' }",
       "places { postcode: 'CT1 1AA' }",
       {"places"}},
      {"all",
       "*",
       "display_name: 'New' kind: KIND_CIC state: STATE_DELETED",
       "display_name: 'New' kind: KIND_CIC",
       {"display_name", "kind", "income", "causes", "contact", "places"}},
  };
  return rows;
}

google::protobuf::FieldMask Mask(absl::string_view paths) {
  google::protobuf::FieldMask mask;
  for (const absl::string_view path : absl::StrSplit(paths, ',', absl::SkipEmpty())) {
    mask.add_paths(std::string(path));
  }
  return mask;
}

TEST(FieldMask, ChangesWhatItNames) {
  for (const Row& row : Table()) {
    auto stored = Parse<Organisation>(kStored);
    auto expected = stored;
    for (const std::string& field : row.cleared) {
      expected.GetReflection()->ClearField(&expected, Organisation::descriptor()->FindFieldByName(field));
    }
    expected.MergeFrom(Parse<Organisation>(row.changed));
    base::Violations violations;
    CheckMask(Mask(row.mask), stored, violations);
    ApplyUpdate(Mask(row.mask), Parse<Organisation>(row.incoming), stored);
    EXPECT_TRUE(violations.empty()) << row.what;
    EXPECT_EQ(stored.ShortDebugString(), expected.ShortDebugString()) << row.what;
  }
}

TEST(FieldMask, UnknownPathsAreAllNamedAndCopyNothing) {
  const struct {
    const char* mask;
    bool copies;  // whether the mask names display_name too
  } kTable[] = {
      {"nonsense,display_name,places.postcode", true},
      {"display_name.x,Display_name", false},
      {"*,nonsense", false},
      {"contact.*,contact..email", false},
  };
  for (const auto& row : kTable) {
    auto stored = Parse<Organisation>(kStored);
    auto expected = stored;
    if (row.copies) expected.set_display_name("New");
    base::Violations violations;
    CheckMask(Mask(row.mask), stored, violations);
    EXPECT_THAT(FieldsOf(violations), ElementsAre("update_mask", "update_mask")) << row.mask;
    ApplyUpdate(Mask(row.mask), Parse<Organisation>("display_name: 'New' contact { email: 'x' }"), stored);
    EXPECT_EQ(stored.ShortDebugString(), expected.ShortDebugString()) << row.mask;
  }
}

}  // namespace
}  // namespace brokerage::rpc

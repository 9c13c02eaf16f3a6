// Which referrals the book names, against what their records say.
#include "services/matching/referrals/referral_book.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "brokerage/storage/v1/referral.pb.h"
#include "services/matching/referrals/referral_stages.h"
#include "storage/keys.h"
#include "storage/memory_store.h"

namespace brokerage::matching {
namespace {

using v1::Referral;

constexpr const char* kCentres[] = {"centres/ashford", "centres/dover", "centres/thanet"};

class ReferralBookTest : public ::testing::Test {
 protected:
  // Writes it, and tells the book; nullopt: it goes.
  void Put(const std::string& name, const std::optional<Referral>& referral) {
    storage::CommitRequest commit;
    const std::string key = absl::StrCat(storage::kReferrals, name);
    std::optional<std::string> bytes;
    if (referral) {
      storage::v1::ReferralRecord record;
      *record.mutable_referral() = *referral;
      bytes = record.SerializeAsString();
      stored_[name] = *referral;
    } else {
      stored_.erase(name);
    }
    commit.writes.push_back(bytes ? storage::Write::Put(key, *bytes) : storage::Write::Delete(key));
    ASSERT_TRUE(store_->Commit(std::move(commit)).ok());
    ASSERT_TRUE(book_.Put(name, bytes ? std::optional<absl::string_view>(*bytes) : std::nullopt).ok());
  }

  Referral RandomReferral() {
    Referral referral;
    referral.set_volunteer(absl::StrCat(kCentres[random_() % 3], "/volunteers/", random_() % 5));
    referral.set_opportunity(absl::StrCat(kCentres[random_() % 3], "/opportunities/", random_() % 5));
    constexpr Referral::Stage kStages[] = {Referral::STAGE_SHORTLISTED, Referral::STAGE_PLACED,
                                           Referral::STAGE_ENDED, Referral::STAGE_DECLINED};
    referral.set_stage(kStages[random_() % 4]);
    return referral;
  }

  // The one thing that `question` asks besides `live`.
  std::vector<std::string> Fitting(const ReferralBook::Question& question) const {
    std::vector<std::string> names;
    for (const auto& [name, referral] : stored_) {
      const auto is_of = [&](const std::string& record) {
        return absl::StartsWith(record, absl::StrCat(*question.centre, "/"));
      };
      if (question.live && !IsLive(referral.stage())) continue;
      if (question.volunteer && referral.volunteer() != *question.volunteer) continue;
      if (question.opportunity && referral.opportunity() != *question.opportunity) continue;
      if (question.centre && !is_of(referral.volunteer()) && !is_of(referral.opportunity())) continue;
      names.push_back(name);
    }
    return names;
  }

  std::mt19937 random_{5};
  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  ReferralBook book_{*store_};
  std::map<std::string, Referral> stored_;
};

TEST_F(ReferralBookTest, NamesThoseThatFitThroughRandomChanges) {
  for (int step = 0; step < 2'000; ++step) {
    const std::string name =
        absl::StrCat("centres/ashford/referrals/", absl::Dec(random_() % 80, absl::kZeroPad2));
    if (random_() % 5 == 0) {
      Put(name, std::nullopt);
    } else {
      Put(name, RandomReferral());
    }
    ReferralBook::Question question;
    question.live = random_() % 2 == 0;
    switch (random_() % 4) {
      case 0:
        question.volunteer = RandomReferral().volunteer();
        break;
      case 1:
        question.opportunity = RandomReferral().opportunity();
        break;
      case 2:
        question.centre = kCentres[random_() % 3];
        break;
      default:
        break;
    }
    const auto found = book_.Find(question);
    ASSERT_TRUE(found.ok()) << found.status();
    const bool asks = question.live || question.volunteer || question.opportunity || question.centre;
    ASSERT_EQ(found->has_value(), asks);
    if (asks) {
      ASSERT_EQ(**found, Fitting(question)) << step;
    }
  }
}

TEST_F(ReferralBookTest, ARecordThatCannotBeReadIsSaid) {
  Put("centres/ashford/referrals/b", RandomReferral());
  ASSERT_TRUE(book_.Find({}).ok());  // read, so that the feed counts
  EXPECT_EQ(book_.Put("centres/ashford/referrals/a", "\xff").code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace brokerage::matching

#include "apps/cli/import/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"

#include "apps/cli/output/text.h"

namespace brokerage::cli {
namespace {

// A terminal need not be written to more often than eyes can follow.
constexpr std::size_t kStepsShown = 200;

}  // namespace

Progress::Progress(const Environment& environment, bool quiet, std::string doing, std::size_t total,
                   std::string unit)
    : environment_(environment),
      quiet_(quiet),
      doing_(std::move(doing)),
      total_(total),
      unit_(std::move(unit)) {}

Progress::~Progress() {
  if (line_open_) environment_.err << "\n" << std::flush;
}

void Progress::Step() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++done_;
  if (quiet_) return;
  if (environment_.err_is_terminal) {
    if (done_ == total_ || done_ % (total_ / kStepsShown + 1) == 0) Show();
  } else if (const std::size_t tenths = done_ * 10 / total_; tenths > shown_tenths_) {
    shown_tenths_ = tenths;
    Show();
  }
}

void Progress::Show() {
  const std::string line = absl::StrCat(doing_, " ", FormatCount(static_cast<int64_t>(done_)), " of ",
                                        FormatCount(static_cast<int64_t>(total_)), " ", unit_);
  if (environment_.err_is_terminal) {
    environment_.err << "\r" << line << "\x1B[K" << std::flush;
    line_open_ = true;
  } else {
    environment_.err << line << "\n" << std::flush;
  }
}

}  // namespace brokerage::cli

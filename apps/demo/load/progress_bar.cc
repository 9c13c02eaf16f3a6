#include "apps/demo/load/progress_bar.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace brokerage::demo {
namespace {

constexpr std::size_t kColumns = 40;
constexpr std::size_t kQuarters = 4;

}  // namespace

ProgressBar::ProgressBar(const cli::Environment& environment, std::string what, std::size_t total)
    : environment_(environment), what_(std::move(what)), total_(total) {
  if (environment_.err_is_terminal && total_ > 0) Show();
}

ProgressBar::~ProgressBar() {
  if (environment_.err_is_terminal && total_ > 0) environment_.err << "\n" << std::flush;
}

void ProgressBar::Step() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++done_;
  const std::size_t steps = done_ * (environment_.err_is_terminal ? kColumns : kQuarters) / total_;
  if (steps == shown_) return;
  shown_ = steps;
  Show();
}

void ProgressBar::Show() {
  const std::string numbers = absl::StrCat(done_, " of ", total_, " ", what_);
  if (environment_.err_is_terminal) {
    std::string bar;
    for (std::size_t column = 0; column < kColumns; ++column)
      absl::StrAppend(&bar, column < shown_ ? "█" : "░");
    environment_.err << "\r" << bar << " " << numbers << "\x1B[K" << std::flush;
  } else {
    environment_.err << numbers << "\n" << std::flush;
  }
}

}  // namespace brokerage::demo

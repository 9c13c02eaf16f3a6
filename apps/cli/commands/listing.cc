#include "apps/cli/commands/listing.h"

#include "absl/strings/str_cat.h"

#include "apps/cli/output/text.h"

namespace brokerage::cli {

void AddPageOptions(CLI::App* list, ListOptions* options) {
  list->add_option("--page-size", options->page_size, "How many at once, up to 1,000")
      ->capture_default_str()
      ->check(CLI::Range(1, kMaxPageSize));
  list->add_option("--page-token", options->page_token,
                   "From the page before; all else must be as it was then");
  list->add_flag("--all", options->all, "All pages, one after the other");
}

void AddFilterOptions(CLI::App* list, ListOptions* options, absl::string_view fields) {
  list->add_option(
      "--filter", options->filter,
      absl::StrCat("Terms joined by AND, each a field, one of = != < <= > >= :, and a value. Fields: ",
                   fields));
  list->add_option("--order-by", options->order_by, "name or update_time, either with \" desc\"");
  AddPageOptions(list, options);
}

void PrintListEnd(std::ostream& out, int count, absl::string_view singular, absl::string_view plural,
                  const std::string& next_page_token) {
  out << CountOf(count, singular, plural);
  if (!next_page_token.empty()) out << "; more with --all, or with --page-token " << next_page_token;
  out << "\n";
}

}  // namespace brokerage::cli

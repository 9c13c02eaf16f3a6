// What all lists have in common: their options, and the way through their pages.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "CLI/CLI.hpp"
#include "apps/cli/client/client.h"
#include "apps/cli/commands/runtime.h"

namespace brokerage::cli {

inline constexpr int kMaxPageSize = 1000;

struct ListOptions {
  std::string filter;
  std::string order_by;
  std::string page_token;
  int page_size = 50;
  bool all = false;
  bool show_deleted = false;
};

// --page-size, --page-token and --all.
void AddPageOptions(CLI::App* list, ListOptions* options);
// --filter and --order-by too. `fields` names what may be filtered by.
void AddFilterOptions(CLI::App* list, ListOptions* options, absl::string_view fields);

// Takes page_size, page_token and, where the request has them, the other options over into `request`.
template <typename Request>
void ApplyPage(const ListOptions& options, Request* request) {
  request->set_page_size(options.all ? kMaxPageSize : options.page_size);
  request->set_page_token(options.page_token);
}

template <typename Request>
void ApplyFilter(const ListOptions& options, Request* request) {
  ApplyPage(options, request);
  request->set_filter(options.filter);
  request->set_order_by(options.order_by);
}

// Calls `method` for one page, or for this page and all that follow it; their elements in one answer.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> FetchPages(const Client& client, Stub& stub,
                                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                                 Response*),
                                    std::type_identity_t<Request> request, bool all) {
  Response whole;
  while (true) {
    const absl::StatusOr<Response> page = client.Call(stub, method, request);
    if (!page.ok()) return page.status();
    whole.MergeFrom(*page);
    whole.set_next_page_token(page->next_page_token());
    if (!all || page->next_page_token().empty()) return whole;
    request.set_page_token(page->next_page_token());
  }
}

// "3 volunteers", and how to see more.
void PrintListEnd(std::ostream& out, int count, absl::string_view singular, absl::string_view plural,
                  const std::string& next_page_token);

}  // namespace brokerage::cli

// What checks of the contract are written with: a check returns what it found wrong as a status, so that it
// can also be run where it must fail.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace brokerage::storage::contract {

inline absl::Status Broken(const char* file, int line, const std::string& what) {
  return absl::FailedPreconditionError(absl::StrCat(file, ":", line, ": ", what));
}

inline absl::Status StatusOf(const absl::Status& status) { return status; }
template <typename T>
absl::Status StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// Fails the check unless `condition` holds.
#define CHECK_HOLDS(condition, ...)                                                                \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      return ::brokerage::storage::contract::Broken(__FILE__, __LINE__,                            \
                                                    absl::StrCat(#condition, " ", ##__VA_ARGS__)); \
    }                                                                                              \
  } while (false)

// Names of their own, since an expression may hold a lambda that checks too.
#define CHECK_JOIN_(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN_(a, b)

#define CHECK_STATUS_(name, holds, expression)                                                \
  do {                                                                                        \
    const absl::Status name = ::brokerage::storage::contract::StatusOf(expression);           \
    if (!(name holds)) {                                                                      \
      return ::brokerage::storage::contract::Broken(                                          \
          __FILE__, __LINE__,                                                                 \
          absl::StrCat(absl::string_view(#expression).substr(0, 80), ": ", name.ToString())); \
    }                                                                                         \
  } while (false)

// Fails the check unless `expression` is OK.
#define CHECK_OK(expression) CHECK_STATUS_(CHECK_JOIN(check_status_, __COUNTER__), .ok(), expression)

// Fails the check unless `expression` has the code.
#define CHECK_CODE(expression, expected) \
  CHECK_STATUS_(CHECK_JOIN(check_status_, __COUNTER__), .code() == (expected), expression)

// Declares `variable` with the value of `expression`, or fails the check.
#define CHECK_ASSIGN(variable, expression) \
  auto variable##_or = (expression);       \
  CHECK_OK(variable##_or);                 \
  auto& variable = *variable##_or;         \
  static_cast<void>(variable)

// Runs `work(0)` … `work(count - 1)` at once; what the first to fail found.
inline absl::Status RunTogether(int count, const std::function<absl::Status(int)>& work) {
  std::mutex mutex;
  absl::Status first;
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      const absl::Status status = work(i);
      const std::lock_guard lock(mutex);
      if (first.ok()) first = status;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return first;
}

}  // namespace brokerage::storage::contract

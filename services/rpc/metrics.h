// What Prometheus reads of a service. Labels are method names and codes: nothing personal, nothing unbounded.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace prometheus {
class Registry;
}

namespace brokerage::rpc {

// Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Counts a call that begins, among those under way: brokerage_calls_under_way.
  void BeginCall();
  // Counts a finished call, no longer under way: brokerage_calls_total{method, code} and
  // brokerage_call_seconds{method}.
  void RecordCall(const std::string& method, absl::StatusCode code, absl::Duration took);
  int calls_under_way() const;
  // Sets the gauge `name`, made on first use. `help` says what it is, with its unit.
  void SetGauge(const std::string& name, const std::string& help, double value);
  // Adds to the counter `name`, made on first use.
  void Count(const std::string& name, const std::string& help, double by = 1);

  std::shared_ptr<prometheus::Registry> registry() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace brokerage::rpc

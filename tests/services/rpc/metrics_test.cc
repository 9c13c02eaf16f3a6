#include "services/rpc/metrics.h"

#include <gtest/gtest.h>
#include <prometheus/registry.h>

namespace brokerage::rpc {
namespace {

// The value of the metric `name` whose labels are `labels`; -1 when there is none.
double ValueOf(const Metrics& metrics, const std::string& name,
               const std::vector<prometheus::ClientMetric::Label>& labels = {}) {
  for (const auto& family : metrics.registry()->Collect()) {
    if (family.name != name) continue;
    for (const auto& metric : family.metric) {
      if (metric.label != labels) continue;
      if (family.type == prometheus::MetricType::Gauge) return metric.gauge.value;
      if (family.type == prometheus::MetricType::Counter) return metric.counter.value;
      return static_cast<double>(metric.histogram.sample_count);
    }
  }
  return -1;
}

TEST(Metrics, CountCallsByMethodAndCode) {
  Metrics metrics;
  for (int i = 0; i < 3; ++i) metrics.BeginCall();
  EXPECT_EQ(metrics.calls_under_way(), 3);
  metrics.RecordCall("s/A", absl::StatusCode::kOk, absl::Milliseconds(1));
  metrics.RecordCall("s/A", absl::StatusCode::kOk, absl::Milliseconds(1));
  metrics.RecordCall("s/A", absl::StatusCode::kNotFound, absl::Milliseconds(1));
  EXPECT_EQ(metrics.calls_under_way(), 0);
  EXPECT_EQ(ValueOf(metrics, "brokerage_calls_total", {{"code", "OK"}, {"method", "s/A"}}), 2);
  EXPECT_EQ(ValueOf(metrics, "brokerage_calls_total", {{"code", "NOT_FOUND"}, {"method", "s/A"}}), 1);
  EXPECT_EQ(ValueOf(metrics, "brokerage_call_seconds", {{"method", "s/A"}}), 3);
}

TEST(Metrics, GaugesAreSetAndCountersGrow) {
  Metrics metrics;
  metrics.SetGauge("g", "A gauge.", 5);
  metrics.SetGauge("g", "A gauge.", 2);
  metrics.Count("c", "A counter.");
  metrics.Count("c", "A counter.", 2);
  EXPECT_EQ(ValueOf(metrics, "g"), 2);
  EXPECT_EQ(ValueOf(metrics, "c"), 3);
}

}  // namespace
}  // namespace brokerage::rpc

#include "services/rpc/metrics.h"

#include <map>
#include <mutex>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "absl/container/flat_hash_map.h"

namespace brokerage::rpc {
namespace {

// Seconds. From what a read in memory takes to what a caller gives up at.
const prometheus::Histogram::BucketBoundaries kCallSeconds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5};

}  // namespace

struct Metrics::Impl {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  prometheus::Family<prometheus::Counter>& calls = prometheus::BuildCounter()
                                                       .Name("brokerage_calls_total")
                                                       .Help("Finished calls, by method and code.")
                                                       .Register(*registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("brokerage_call_seconds")
          .Help("Time that calls took, in seconds, by method.")
          .Register(*registry);
  prometheus::Gauge& under_way = prometheus::BuildGauge()
                                     .Name("brokerage_calls_under_way")
                                     .Help("Calls that have begun and not finished, streams included.")
                                     .Register(*registry)
                                     .Add({});
  // Families look their members up by label set under a lock; calls are found here by a shorter key.
  std::mutex mutex;
  struct OfMethod {
    prometheus::Histogram* seconds = nullptr;
    std::map<absl::StatusCode, prometheus::Counter*> calls;
  };
  absl::flat_hash_map<std::string, OfMethod> methods;
  std::map<std::string, prometheus::Gauge*> gauges;
  std::map<std::string, prometheus::Counter*> counters;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::BeginCall() { impl_->under_way.Increment(); }

int Metrics::calls_under_way() const { return static_cast<int>(impl_->under_way.Value()); }

void Metrics::RecordCall(const std::string& method, absl::StatusCode code, absl::Duration took) {
  prometheus::Counter* counter = nullptr;
  prometheus::Histogram* histogram = nullptr;
  {
    const std::lock_guard lock(impl_->mutex);
    Impl::OfMethod& known = impl_->methods[method];
    prometheus::Counter*& calls = known.calls[code];
    if (calls == nullptr)
      calls = &impl_->calls.Add({{"method", method}, {"code", absl::StatusCodeToString(code)}});
    if (known.seconds == nullptr) known.seconds = &impl_->seconds.Add({{"method", method}}, kCallSeconds);
    counter = calls;
    histogram = known.seconds;
  }
  impl_->under_way.Decrement();
  counter->Increment();
  histogram->Observe(absl::ToDoubleSeconds(took));
}

void Metrics::SetGauge(const std::string& name, const std::string& help, double value) {
  const std::lock_guard lock(impl_->mutex);
  prometheus::Gauge*& gauge = impl_->gauges[name];
  if (gauge == nullptr) {
    gauge = &prometheus::BuildGauge().Name(name).Help(help).Register(*impl_->registry).Add({});
  }
  gauge->Set(value);
}

void Metrics::Count(const std::string& name, const std::string& help, double by) {
  const std::lock_guard lock(impl_->mutex);
  prometheus::Counter*& counter = impl_->counters[name];
  if (counter == nullptr) {
    counter = &prometheus::BuildCounter().Name(name).Help(help).Register(*impl_->registry).Add({});
  }
  counter->Increment(by);
}

std::shared_ptr<prometheus::Registry> Metrics::registry() const { return impl_->registry; }

}  // namespace brokerage::rpc

#include "bench/cores.h"

#include <pthread.h>
#include <sched.h>

namespace brokerage::bench {

bool KeepThreadToCore(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<unsigned>(core), &cores);
  return pthread_setaffinity_np(pthread_self(), sizeof(cores), &cores) == 0;
}

}  // namespace brokerage::bench

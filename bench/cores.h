// Which core a thread runs on.
#pragma once

namespace brokerage::bench {

// Keeps the calling thread to one core, counted from 0. False when there are not so many.
bool KeepThreadToCore(int core);

}  // namespace brokerage::bench

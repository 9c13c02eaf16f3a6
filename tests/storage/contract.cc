#include "tests/storage/contract.h"

#include <cstdio>
#include <cstdlib>

namespace brokerage::storage::contract {

std::vector<Check> AllChecks() {
  std::vector<Check> all;
  for (const auto& checks : {CommitChecks(), RequestIdChecks(), LimitChecks(), DurabilityChecks(),
                             ReadChecks(), FeedChecks(), BackupChecks()}) {
    all.insert(all.end(), checks.begin(), checks.end());
  }
  return all;
}

Check CheckNamed(const std::string& name) {
  for (const Check& check : AllChecks()) {
    if (name == check.name) return check;
  }
  std::fprintf(stderr, "no check is named %s\n", name.c_str());
  std::abort();
}

}  // namespace brokerage::storage::contract

// The engines as subjects of the contract.
#pragma once

#include <memory>

#include "tests/storage/contract.h"

namespace brokerage::storage::contract {

std::unique_ptr<Subject> NewMemorySubject();
std::unique_ptr<Subject> NewRocksDbSubject();

}  // namespace brokerage::storage::contract

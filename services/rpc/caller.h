// Who is calling: what a credential says, once it was found good.
#pragma once

#include <string>
#include <vector>

#include "brokerage/common/v1/access.pb.h"

namespace brokerage::rpc {

struct Caller {
  std::string credential;  // `centres/{centre}/credentials/{credential}`; empty for the public
  std::string centre;      // `centres/{centre}`
  common::v1::Role role = common::v1::ROLE_PUBLIC;
  std::vector<std::string> scopes;  // empty: all that the role may do

  // Sees and does everything, for any centre.
  bool IsLeadAdmin() const { return role == common::v1::ROLE_LEAD_ADMIN; }
  bool IsService() const { return role == common::v1::ROLE_SERVICE; }
};

}  // namespace brokerage::rpc

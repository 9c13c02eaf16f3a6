#include "apps/demo/role_kinds.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace brokerage::demo {

const std::vector<RoleKind>& RoleKinds() {
  static const auto& kinds = *[] {
    auto* all = new std::vector<RoleKind>();
    for (auto* part : {&CareRoleKinds, &YoungPeopleRoleKinds, &OutdoorRoleKinds, &OfficeRoleKinds}) {
      std::vector<RoleKind> some = part();
      std::move(some.begin(), some.end(), std::back_inserter(*all));
    }
    return all;
  }();
  return kinds;
}

const RoleKind& FindRoleKind(absl::string_view key) {
  return *std::find_if(RoleKinds().begin(), RoleKinds().end(),
                       [key](const RoleKind& kind) { return kind.key == key; });
}

}  // namespace brokerage::demo

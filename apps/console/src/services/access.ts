// Who may call what: read from the contract itself, so that a page offers what the service allows.
import { getOption } from "@bufbuild/protobuf";
import type { DescMethod } from "@bufbuild/protobuf";

import { Role, access } from "#protos/brokerage/common/v1/access_pb";

/** What is known of a caller. */
export interface Caller {
  /** `centres/{centre}/credentials/{credential}`. */
  readonly credential: string;
  /** `centres/{centre}`. */
  readonly centre: string;
  readonly centreName: string;
  /** Whose or what for the credential is. */
  readonly name: string;
  readonly role: Role;
  /** None: all that the role may do. */
  readonly scopes: readonly string[];
}

/** Whether `caller` may call `method`. */
export function mayCall(caller: Caller, method: DescMethod): boolean {
  const policy = getOption(method, access);
  const roleAllows =
    policy.minimumRole === Role.SERVICE || caller.role === Role.SERVICE
      ? caller.role === policy.minimumRole
      : caller.role >= policy.minimumRole;
  return roleAllows && (caller.scopes.length === 0 || caller.scopes.includes(policy.scope));
}

/** Whether `caller` may change what belongs to `centre`. */
export function mayChange(caller: Caller, method: DescMethod, centre: string): boolean {
  return mayCall(caller, method) && (caller.role === Role.LEAD_ADMIN || caller.centre === centre);
}

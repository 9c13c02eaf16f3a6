// Which methods the gateway forwards: a rule over what the contract says of each, and no list. docs/adr/0016 gives the reasons.
import { getOption, hasOption } from "@bufbuild/protobuf";
import type { DescMethod, DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";

import { Role, access } from "#protos/brokerage/common/v1/access_pb";
import type { Access } from "#protos/brokerage/common/v1/access_pb";

/** What acts on the machine that a service runs on, and not on records. */
const machineScope = "admin";

export const policyOf = (method: DescMethod): Access => getOption(method, access);

export const isPublic = (method: DescMethod) => policyOf(method).minimumRole === Role.PUBLIC;

export const isRead = (method: DescMethod) => method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;

export const isUnary = (method: DescMethod): method is DescMethod & DescMethodUnary => method.methodKind === "unary";

export const isServerStream = (method: DescMethod): method is DescMethod & DescMethodServerStreaming =>
  method.methodKind === "server_streaming";

/** Browsers can send one request, and take one answer or a stream of them. */
export function isOffered(method: DescMethod): boolean {
  if (!hasOption(method, access)) return false;
  const { minimumRole, scope } = policyOf(method);
  const isForPeople = minimumRole !== Role.UNSPECIFIED && minimumRole !== Role.SERVICE;
  return isForPeople && scope !== machineScope && (isUnary(method) || isServerStream(method));
}

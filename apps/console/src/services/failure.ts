// What a service's refusal means to a page.
import { Code, ConnectError } from "@connectrpc/connect";

import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "#protos/google/rpc/error_details_pb";

export type FailureKind =
  | "invalid" // fields are at fault
  | "signed-out" // the credential lets nobody in any more
  | "forbidden"
  | "not-found"
  | "changed" // someone else changed the record since it was read
  | "not-allowed" // not from the record's present state, or the record lacks something
  | "busy" // too much at once, or full
  | "unavailable" // the service does not answer
  | "unexpected";

/** One field at fault: its path in the request (`volunteer.contact.email`) and what is wrong with it. */
export interface FieldFault {
  readonly field: string;
  readonly description: string;
}

export interface Failure {
  readonly kind: FailureKind;
  /** The service's reason, UPPER_SNAKE and stable; empty when none was given. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** After how many seconds it may be tried again. */
  readonly retryAfterSeconds: number | undefined;
  readonly message: string;
}

const kinds: ReadonlyMap<Code, FailureKind> = new Map([
  [Code.InvalidArgument, "invalid"],
  [Code.Unauthenticated, "signed-out"],
  [Code.PermissionDenied, "forbidden"],
  [Code.NotFound, "not-found"],
  [Code.Aborted, "changed"],
  [Code.AlreadyExists, "not-allowed"],
  [Code.FailedPrecondition, "not-allowed"],
  [Code.ResourceExhausted, "busy"],
  [Code.Unavailable, "unavailable"],
  [Code.DeadlineExceeded, "unavailable"],
]);

/** How a connection shows that is cut while a call is under way: whoever called has not gone. */
export const cut: ReadonlySet<Code> = new Set([Code.Aborted, Code.Canceled]);

/** Whether a call was lost on its way: every error of the services' own has a reason. */
export const isOfTransport = (error: ConnectError) =>
  reasonOf(error) === "" && (cut.has(error.code) || error.code === Code.Internal || error.code === Code.Unavailable);

/** The reason that a service gave; empty when the fault is the transport's. */
export function reasonOf(error: ConnectError): string {
  return error.findDetails(ErrorInfoSchema)[0]?.reason ?? "";
}

/** What `error` means; undefined when it did not come from a call. */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof ConnectError)) return undefined;
  const info = error.findDetails(ErrorInfoSchema)[0];
  const reason = reasonOf(error);
  const retry = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    kind: reason === "" && cut.has(error.code) ? "unavailable" : (kinds.get(error.code) ?? "unexpected"),
    reason,
    metadata: info?.metadata ?? {},
    faults: error
      .findDetails(BadRequestSchema)
      .flatMap((details) => details.fieldViolations)
      .map(({ field, description }) => ({ field, description })),
    retryAfterSeconds:
      retry === undefined ? undefined : Math.max(1, Math.ceil(Number(retry.seconds) + retry.nanos / 1e9)),
    message: error.rawMessage,
  };
}

// Who calls, as far as the gateway tells callers apart: by the hash of a credential, or by an address.
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { BlockList, isIPv6 } from "node:net";

import type { Calling } from "./rate-limits.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const plain = (address: string) => address.trim().replace(/^::ffff:/i, "");

const isLoopback = (address: string) => loopback.check(address, isIPv6(address) ? "ipv6" : "ipv4");

/** A network of IPv6 addresses is one household's: they count as one. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":");
  if (tail !== undefined) {
    const rest = tail === "" ? [] : tail.split(":");
    groups.push(...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0"), ...rest);
  }
  return groups.slice(0, 4).join(":");
}

/** Whose address it is: the peer's, or, when that is a proxy on this machine, the last that the proxy did not write itself. */
export function addressOf(request: IncomingMessage): string {
  const forwarded = request.headers["x-forwarded-for"] ?? "";
  const hops = [...String(forwarded).split(","), request.socket.remoteAddress ?? ""].map(plain).filter(Boolean);
  const seen = hops.reverse();
  return network(seen.find((address) => !isLoopback(address)) ?? seen[0] ?? "");
}

/** A credential is one however its header is written: the services pass over case, spaces and an empty header. */
function credentialOf({ authorization = "" }: IncomingMessage["headers"]): string | undefined {
  const plainly = authorization.replace(/^bearer\s+/i, "");
  return plainly === "" ? undefined : createHash("sha256").update(plainly).digest("base64url");
}

export function callingOf(request: IncomingMessage): Calling {
  return { address: addressOf(request), credential: credentialOf(request.headers) };
}

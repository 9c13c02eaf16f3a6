// Which service serves which package.
import { transportTo } from "../services/clients.ts";
import type { TransportOf } from "./forward.ts";

/** Each address is HOST:PORT. The connections are the gateway's own: what it forwards does not hold up the console's pages. */
export function upstream(matching: string, registry: string): TransportOf {
  const transports = [
    { prefix: "brokerage.matching.", transport: transportTo(matching) },
    { prefix: "brokerage.registry.", transport: transportTo(registry) },
  ];
  return (packageName) => transports.find(({ prefix }) => packageName.startsWith(prefix))?.transport;
}

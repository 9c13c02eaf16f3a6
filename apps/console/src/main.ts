// Parses the command line, wires, waits.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";

import { readContract } from "./gateway/contract.ts";
import { Gateway } from "./gateway/gateway.ts";
import { openApiOf } from "./gateway/openapi/document.ts";
import { upstream } from "./gateway/upstream.ts";
import { WrongUsage, parseOptions, usage } from "./options.ts";
import type { Address, ServeOptions } from "./options.ts";
import { createApp } from "./server/app.ts";
import { widgetDemonstration } from "./server/demonstration.ts";
import { EventStreams } from "./server/events.ts";
import { readContractFile } from "./server/folder.ts";
import { LogFile, createLog } from "./server/log.ts";
import { Metrics } from "./server/metrics.ts";
import { Services } from "./services/clients.ts";
import { SignInLinks, linkPath } from "./session/links.ts";
import { SessionStore, defaultLimits } from "./session/store.ts";

const drainMs = 10_000;

function serve(options: ServeOptions): void {
  const file = options.log === undefined ? undefined : new LogFile(options.log);
  const log = createLog((line) => (file === undefined ? appendFileSync(1, line) : file.write(line)));
  const contract = readContract(readContractFile());
  const sessions = new SessionStore({ ...defaultLimits, idleMs: options.idleMinutes * 60_000 });
  const streams = new EventStreams();
  const metrics: Metrics = new Metrics({
    sessions: () => sessions.size,
    pageStreams: () => streams.size,
    apiStreams: () => gateway.streamsOpen,
  });
  const gateway = new Gateway({
    contract,
    transportOf: upstream(options.matching, options.registry),
    origins: [options.publicUrl.origin, ...options.apiOrigins],
    rates: { perCredential: options.callsPerMinute, perAddress: options.publicCallsPerMinute },
    log,
    metrics,
  });
  const app = createApp({
    services: new Services(options.matching, options.registry),
    sessions,
    links: new SignInLinks(options.data),
    streams,
    log,
    metrics,
    publicUrl: options.publicUrl,
    api: openApiOf(contract, options.publicUrl),
  });
  const server = createServer(gateway.before(app));
  listen(server, options.listen, () => log.info("serving", { port: portOf(server) }));
  const demonstration = options.widgetDemonstration;
  if (demonstration !== undefined)
    listen(createServer(widgetDemonstration(options.publicUrl)), demonstration, () => {});
  if (options.metrics !== undefined) listen(createServer(metrics.serve), options.metrics, () => {});
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info("stopping");
      gateway.stop();
      streams.endAll();
      stop(server);
    });
  }
}

function listen(server: Server, { host, port }: Address, then: () => void): void {
  server.once("error", (error) => {
    process.stderr.write(`console: cannot listen on ${host}:${port}: ${error.message}\n`);
    process.exitCode = 1;
  });
  server.listen(port, host, then);
}

/** Takes no new requests, gives those under way ten seconds, ends. */
function stop(server: Server): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), drainMs).unref();
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function main(): void {
  const options = parseOptions(process.argv.slice(2));
  if (options.command === "help") process.stdout.write(usage);
  else if (options.command === "serve") serve(options);
  else {
    const secret = new SignInLinks(options.data).create(options.credentialFile);
    process.stdout.write(`${new URL(`${linkPath}${secret}`, options.publicUrl).href}\n`);
  }
}

try {
  main();
} catch (error) {
  const wrong = error instanceof WrongUsage;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`console: ${message}\n${wrong ? 'Try "console --help".\n' : ""}`);
  process.exitCode = wrong ? 2 : 1;
}

// Parses the command line, wires, waits.
import { appendFileSync } from "node:fs";
import type { Server } from "node:http";

import { WrongUsage, parseOptions, usage } from "./options.ts";
import type { ServeOptions } from "./options.ts";
import { createApp } from "./server/app.ts";
import { LogFile, createLog } from "./server/log.ts";
import { Services } from "./services/clients.ts";
import { SignInLinks, linkPath } from "./session/links.ts";
import { SessionStore, defaultLimits } from "./session/store.ts";

const drainMs = 10_000;

function serve(options: ServeOptions): void {
  const file = options.log === undefined ? undefined : new LogFile(options.log);
  const log = createLog((line) => (file === undefined ? appendFileSync(1, line) : file.write(line)));
  const app = createApp({
    services: new Services(options.matching, options.registry),
    sessions: new SessionStore({ ...defaultLimits, idleMs: options.idleMinutes * 60_000 }),
    links: new SignInLinks(options.data),
    log,
    publicUrl: options.publicUrl,
  });
  const server = app.listen(options.listen.port, options.listen.host, (error) => {
    if (error !== undefined) {
      process.stderr.write(
        `console: cannot listen on ${options.listen.host}:${options.listen.port}: ${error.message}\n`,
      );
      process.exitCode = 1;
      return;
    }
    log.info("serving", { port: portOf(server) });
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info("stopping");
      stop(server);
    });
  }
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

// The command line.
import { parseArgs } from "node:util";

export interface ServeOptions {
  readonly command: "serve";
  readonly listen: Address;
  readonly matching: string;
  readonly registry: string;
  /** Where one-time sign-in links lie. */
  readonly data: string;
  /** The log file; standard output without one. */
  readonly log: string | undefined;
  /** Where people reach the console, when that is not where it listens: behind a proxy with TLS. */
  readonly publicUrl: URL;
  readonly idleMinutes: number;
  /** Whose pages may call what needs a credential: `https://centre.example`. */
  readonly apiOrigins: readonly string[];
  /** How often one credential, and one address without any, may call in a minute. */
  readonly callsPerMinute: number;
  readonly publicCallsPerMinute: number;
  /** Where a page of another origin shows the widget. */
  readonly widgetDemonstration: Address | undefined;
  /** Where Prometheus reads what is counted; nowhere without it. */
  readonly metrics: Address | undefined;
}

export interface SignInLinkOptions {
  readonly command: "sign-in-link";
  readonly data: string;
  readonly credentialFile: string;
  readonly publicUrl: URL;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export type Options = ServeOptions | SignInLinkOptions | { readonly command: "help" };

export class WrongUsage extends Error {}

export const usage = `Usage: console [--listen HOST:PORT] [--matching HOST:PORT] [--registry HOST:PORT] --data DIR
               [--public-url URL] [--idle-minutes N] [--log FILE] [--api-origin URL]...
               [--calls-per-minute N] [--public-calls-per-minute N] [--widget-demonstration HOST:PORT]
               [--metrics HOST:PORT]
       console sign-in-link --data DIR --credential-file FILE [--public-url URL]

Serves the web console, and the API for Connect, gRPC-Web and JSON. The second form prints a link that signs one person in, once, within 15 minutes.

  --listen HOST:PORT      where to listen; loopback only. Default: 127.0.0.1:7450
  --matching HOST:PORT    the matching service. Default: 127.0.0.1:7451
  --registry HOST:PORT    the registry service. Default: 127.0.0.1:7452
  --data DIR              for sign-in links; for the present user alone
  --public-url URL        where people reach the console. Default: http:// and where it listens
  --idle-minutes N        after so long without a request people sign in again. Default: 30
  --log FILE              the log; a full one (16 MiB) becomes FILE.1, and four old ones are kept
  --api-origin URL        whose pages may call the API with a credential, like https://centre.example; may be
                          repeated. What needs no credential is open to every page
  --calls-per-minute N    how often one credential may call the API. Default: 1200
  --public-calls-per-minute N
                          how often one address may call without a credential. Default: 120
  --widget-demonstration HOST:PORT
                          serves a page there that shows the widget; loopback only
  --metrics HOST:PORT     serves metrics for Prometheus at http://HOST:PORT/metrics; loopback only
  --credential-file FILE  whose credential the link signs in with

Exit codes: 0 stopped when asked to, 1 it could not go on, 2 wrong usage.
`;

const mostCalls = 1_000_000;
const loopback = new Set(["127.0.0.1", "::1", "localhost"]);

function parseAddress(flag: string, text: string): Address {
  const match = /^(?<host>[^:]+|\[[0-9a-f:]+\]):(?<port>\d{1,5})$/i.exec(text);
  const host = match?.groups?.["host"]?.replace(/^\[|\]$/g, "");
  const port = Number(match?.groups?.["port"]);
  if (host === undefined || port > 65535) throw new WrongUsage(`--${flag} takes HOST:PORT`);
  return { host, port };
}

function parseListen(flag: string, text: string): Address {
  const address = parseAddress(flag, text);
  if (!loopback.has(address.host)) {
    throw new WrongUsage(`--${flag} takes a loopback address: other machines come through a proxy with TLS`);
  }
  return address;
}

function parseUrl(flag: string, text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    url = undefined;
  }
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new WrongUsage(`--${flag} takes a web address without a path`);
  }
  return url;
}

function parseCount(flag: string, text: string, most: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new WrongUsage(`--${flag} takes a number from 1 to ${most}`);
  }
  return count;
}

/** @throws WrongUsage */
export function parseOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  if (values.help) return { command: "help" };
  const listen = parseListen("listen", values.listen ?? "127.0.0.1:7450");
  const publicUrl = parseUrl("public-url", values["public-url"] ?? `http://${values.listen ?? "127.0.0.1:7450"}`);
  if (values.data === undefined) throw new WrongUsage("--data is needed");
  if (positionals.length > 1 || (positionals.length === 1 && positionals[0] !== "sign-in-link")) {
    throw new WrongUsage(`unknown argument: ${positionals.join(" ")}`);
  }
  if (positionals[0] === "sign-in-link") {
    const credentialFile = values["credential-file"];
    if (credentialFile === undefined) throw new WrongUsage("--credential-file is needed");
    return { command: "sign-in-link", data: values.data, credentialFile, publicUrl };
  }
  const matching = values.matching ?? "127.0.0.1:7451";
  const registry = values.registry ?? "127.0.0.1:7452";
  parseAddress("matching", matching);
  parseAddress("registry", registry);
  const listenIfSaid = (flag: "widget-demonstration" | "metrics") => {
    const text = values[flag];
    return text === undefined ? undefined : parseListen(flag, text);
  };
  return {
    command: "serve",
    listen,
    matching,
    registry,
    data: values.data,
    log: values.log,
    publicUrl,
    idleMinutes: parseCount("idle-minutes", values["idle-minutes"] ?? "30", 720),
    apiOrigins: (values["api-origin"] ?? []).map((origin) => parseUrl("api-origin", origin).origin),
    callsPerMinute: parseCount("calls-per-minute", values["calls-per-minute"] ?? "1200", mostCalls),
    publicCallsPerMinute: parseCount("public-calls-per-minute", values["public-calls-per-minute"] ?? "120", mostCalls),
    widgetDemonstration: listenIfSaid("widget-demonstration"),
    metrics: listenIfSaid("metrics"),
  };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        listen: text,
        matching: text,
        registry: text,
        data: text,
        log: text,
        "public-url": text,
        "idle-minutes": text,
        "api-origin": { type: "string", multiple: true },
        "calls-per-minute": text,
        "public-calls-per-minute": text,
        "widget-demonstration": text,
        metrics: text,
        "credential-file": text,
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

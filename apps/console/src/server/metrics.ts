// What Prometheus reads of the console. Labels are patterns of addresses, methods of the contract, codes and classes: all of them stand
// in our own source or in the contract, so that they are few, and none names a record or a person.
import type { RequestListener } from "node:http";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

import type { Over } from "./access-log.ts";

/** What is counted elsewhere, and read when it is asked for. */
export interface Gauges {
  readonly sessions: () => number;
  readonly pageStreams: () => number;
  readonly apiStreams: () => number;
}

/** Where somebody was told to wait. */
export type Limited = "api" | "sign-in";

// Seconds. From what a page takes that is kept to what nobody waits for.
const requestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const usualMethods = new Set(["GET", "HEAD", "POST"]);

export class Metrics {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];

  private readonly requests = new Counter({
    name: "brokerage_console_requests_total",
    help: "Finished requests for pages, by pattern of the address, method and class of the status.",
    labelNames: ["route", "method", "status"],
    registers: this.registers,
  });
  private readonly requestSeconds = new Histogram({
    name: "brokerage_console_request_seconds",
    help: "Time that requests for pages took, in seconds, by pattern of the address; event streams apart.",
    labelNames: ["route"],
    buckets: requestSeconds,
    registers: this.registers,
  });
  private readonly calls = new Counter({
    name: "brokerage_gateway_calls_total",
    help: "Finished calls over HTTP, by method and code.",
    labelNames: ["method", "code"],
    registers: this.registers,
  });
  private readonly callSeconds = new Histogram({
    name: "brokerage_gateway_call_seconds",
    help: "Time that calls over HTTP took, in seconds, by method; streams apart.",
    labelNames: ["method"],
    buckets: requestSeconds,
    registers: this.registers,
  });
  private readonly limitings = new Counter({
    name: "brokerage_console_rate_limited_total",
    help: "How often somebody was told to wait, by where.",
    labelNames: ["where"],
    registers: this.registers,
  });

  constructor(gauges: Gauges) {
    for (const where of ["api", "sign-in"] satisfies Limited[]) this.limitings.inc({ where }, 0);
    const { registers } = this;
    new Gauge({
      name: "brokerage_console_sessions_open",
      help: "Sessions of people who are signed in now.",
      registers,
      collect() {
        this.set(gauges.sessions());
      },
    });
    new Gauge({
      name: "brokerage_console_streams_open",
      help: "Streams that are open now: those of pages, and calls over HTTP.",
      labelNames: ["of"],
      registers,
      collect() {
        this.set({ of: "pages" }, gauges.pageStreams());
        this.set({ of: "api" }, gauges.apiStreams());
      },
    });
    new Gauge({
      name: "process_resident_memory_bytes",
      help: "Resident memory of the process, in bytes.",
      registers,
      collect() {
        this.set(process.memoryUsage.rss());
      },
    });
  }

  /** Counts a request for a page. `route` is the pattern of its address. */
  request(route: string, over: Over, isStream: boolean): void {
    const method = usualMethods.has(over.method) ? over.method : "other";
    this.requests.inc({ route, method, status: `${Math.floor(over.status / 100)}xx` });
    if (!isStream) this.requestSeconds.observe({ route }, over.micros / 1e6);
  }

  /** Counts a call over HTTP of `method`, as the services call it: "brokerage.registry.v1.CentreService/GetCentre". `code` is gRPC's name of how it ended. */
  call(method: string, code: string, over: Over, isStream: boolean): void {
    this.calls.inc({ method, code });
    if (!isStream) this.callSeconds.observe({ method }, over.micros / 1e6);
  }

  limited(where: Limited): void {
    this.limitings.inc({ where });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Answers /metrics, in Prometheus' text form. */
  readonly serve: RequestListener = (request, response) => {
    if (request.method !== "GET" || request.url?.split("?", 1)[0] !== "/metrics")
      return void response.writeHead(404).end();
    void this.text().then((text) => response.writeHead(200, { "Content-Type": this.registry.contentType }).end(text));
  };
}

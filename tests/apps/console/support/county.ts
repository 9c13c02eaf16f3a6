// A county of its own: both services with demonstration data, and the console, on free ports. Started once for a suite.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Code, ConnectError } from "@connectrpc/connect";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { Services } from "../../../../apps/console/src/services/clients.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import { Program, freePorts, until } from "./processes.ts";

declare const TREE: string;

const build = process.env["BROKERAGE_BUILD"] ?? join(TREE, "build/dev");
const consoleProgram = join(TREE, "build/console/server.cjs");

/** As deploy/up starts it. */
const memoryFlags = ["--max-semi-space-size=4", "--heap-growing-percent=20"];

export interface CountyOptions {
  readonly volunteers?: number;
  readonly opportunities?: number;
  readonly organisations?: number;
  /** For how many open roles volunteers are put forward; none unless it is said. */
  readonly introduced?: number;
  /** Further flags of the console. */
  readonly console?: readonly string[];
  /** Whether the console's clock is the test's to move. */
  readonly clock?: boolean;
}

/** Whether an HTTP/2 server answers there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    session.once("error", () => resolve(false));
    session.once("remoteSettings", () => session.close(() => resolve(true)));
  });
}

export class County {
  readonly folder = mkdtempSync(join(tmpdir(), "console-test-"));
  private registryProgram: Program | undefined;
  private matchingProgram: Program | undefined;
  private consoleServer: Program | undefined;
  private services: Services | undefined;
  private passedMs = 0;
  /** Ports: console, matching, registry, the metrics of these two, and those of the console. */
  private ports: number[] = [];

  constructor(private readonly options: CountyOptions) {}

  /** Where the console is. */
  get url(): string {
    return `http://127.0.0.1:${this.port(0)}`;
  }

  /** What Prometheus reads of the console. */
  get metricsUrl(): string {
    return `http://127.0.0.1:${this.port(5)}/metrics`;
  }

  /** The lead administrator's token, and the partner centre's administrator's. */
  get lead(): string {
    return this.token("lead");
  }
  get partner(): string {
    return this.token("partner");
  }

  /** The services, called with a token. */
  as(token: string): Clients {
    this.services ??= new Services(`127.0.0.1:${this.port(1)}`, `127.0.0.1:${this.port(2)}`);
    return this.services.as(token);
  }

  /** A new credential's token. */
  async credential(role: Role, centre = "centres/ashford"): Promise<string> {
    const { centres } = this.as(this.lead);
    const made = await centres.createCredential({
      parent: centre,
      credential: { displayName: Role[role] ?? "", role },
    });
    await this.untilKnown(made.secret);
    return made.secret;
  }

  /** The registry tells the matching service of a new credential, which takes a moment. */
  private async untilKnown(token: string): Promise<void> {
    const { matching } = this.as(token);
    const isKnown = async () => {
      try {
        await matching.listWeightSets({});
        return true;
      } catch (error) {
        return ConnectError.from(error).code !== Code.Unauthenticated;
      }
    };
    await until(isKnown, "the matching service to know the credential");
  }

  /** A link that signs the lead administrator in, once. */
  signInLink(): string {
    const file = this.tokenFile("lead");
    const flags = ["sign-in-link", "--data", this.path("console"), "--credential-file", file, "--public-url", this.url];
    return execFileSync("node", [consoleProgram, ...flags], { encoding: "utf8" }).trim();
  }

  async start(): Promise<void> {
    this.ports = await freePorts(6);
    for (const name of ["registry", "matching", "places", "console"]) mkdirSync(this.path(name));
    await this.startRegistry();
    await this.startMatching();
    this.loadDemonstration();
    await this.startConsole();
  }

  async startRegistry(): Promise<void> {
    const more = ["--credentials-dir", this.path("credentials"), "--lead-centre", "ashford"];
    this.registryProgram = await this.startService("registry", 2, 4, more);
  }

  async startMatching(): Promise<void> {
    const file = this.tokenFile("matching-service");
    const more = ["--registry", `127.0.0.1:${this.port(2)}`, "--credential-file", file];
    this.matchingProgram = await this.startService("matching", 1, 3, more);
    const { matching } = this.as(this.lead);
    await until(
      () =>
        matching.listWeightSets({}).then(
          () => true,
          () => false,
        ),
      "the matching service to know whom to let in",
    );
  }

  async stopRegistry(): Promise<void> {
    await this.registryProgram?.stop();
  }

  async stopMatching(signal?: NodeJS.Signals): Promise<void> {
    await this.matchingProgram?.stop(signal);
  }

  async startConsole(): Promise<void> {
    const address = (number: number) => `127.0.0.1:${this.port(number)}`;
    const argv = [
      "node",
      ...memoryFlags,
      ...this.clockFlags(),
      consoleProgram,
      "--listen",
      address(0),
      "--matching",
      address(1),
      "--registry",
      address(2),
    ];
    const own = ["--data", this.path("console"), "--metrics", address(5)];
    const more = [...own, ...(this.options.console ?? [])];
    const program = Program.start([...argv, ...more], this.path("console.log"));
    this.consoleServer = program;
    await until(async () => {
      if (!program.running) throw new Error(`the console ended: ${program.output()}`);
      return fetch(`${this.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    }, "the console");
  }

  /** Asks the console to end, and answers its exit code. */
  async stopConsole(): Promise<number> {
    return (await this.consoleServer?.stop()) ?? 0;
  }

  /** Moves the console's clock on, from where it was moved to before. */
  pass(minutes: number): void {
    this.passedMs += minutes * 60_000;
    writeFileSync(this.path("passed"), String(this.passedMs));
  }

  /** Loads a clock into the console's process that is ahead by what a file says. */
  private clockFlags(): readonly string[] {
    if (this.options.clock !== true) return [];
    this.pass(0);
    const ahead = `Number(require("node:fs").readFileSync(${JSON.stringify(this.path("passed"))}, "utf8"))`;
    writeFileSync(this.path("clock.cjs"), `const { now } = Date; Date.now = () => now() + ${ahead};\n`);
    return ["--require", this.path("clock.cjs")];
  }

  get consolePid(): number {
    const pid = this.consoleServer?.pid;
    if (pid === undefined) throw new Error("the console was not started");
    return pid;
  }

  /** What the console has logged. */
  consoleLog(): string {
    return readFileSync(this.path("console.log"), "utf8");
  }

  async stop(): Promise<void> {
    await this.stopConsole();
    await this.matchingProgram?.stop();
    await this.registryProgram?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private port(number: number): number {
    const port = this.ports[number];
    if (port === undefined) throw new Error("the county was not started");
    return port;
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  private tokenFile(name: string): string {
    return join(this.folder, "credentials", `${name}.token`);
  }

  private token(name: string): string {
    return readFileSync(this.tokenFile(name), "utf8").trim();
  }

  private async startService(name: string, port: number, metrics: number, more: readonly string[]): Promise<Program> {
    const argv = [join(build, "services", name, `${name}-service`), "--listen", `127.0.0.1:${this.port(port)}`];
    const flags = ["--metrics", `127.0.0.1:${this.port(metrics)}`, "--data", this.path(name)];
    const places = ["--places", this.path("places"), ...more];
    const program = Program.start([...argv, ...flags, ...places], this.path(`${name}.log`));
    await until(() => {
      if (!program.running) throw new Error(`the ${name} service ended: ${program.output()}`);
      return answers(this.port(port));
    }, `the ${name} service`);
    return program;
  }

  private loadDemonstration(): void {
    const { volunteers = 120, opportunities = 40, organisations = 15, introduced = 0 } = this.options;
    const services = ["--matching", `127.0.0.1:${this.port(1)}`, "--registry", `127.0.0.1:${this.port(2)}`];
    const sizes = [
      "--volunteers",
      volunteers,
      "--opportunities",
      opportunities,
      "--organisations",
      organisations,
      "--introduced",
      introduced,
    ];
    const files = ["--credential-file", this.tokenFile("lead"), "--partner-credential-file", this.tokenFile("partner")];
    execFileSync(join(build, "apps/demo/brokerage-demo"), [...services, ...sizes.map(String), ...files], {
      stdio: "pipe",
    });
  }
}

export async function startCounty(options: CountyOptions = {}): Promise<County> {
  const county = new County(options);
  try {
    await county.start();
  } catch (error) {
    await county.stop();
    throw error;
  }
  return county;
}

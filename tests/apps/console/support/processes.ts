// Programs that a test starts, on ports that are free, and ends.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

const patienceMs = 60_000; // a guard against hanging
const pauseMs = 20;

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until `holds` does. */
export async function until(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
    await sleep(pauseMs);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Ports that are free now, below those that the system hands out by itself. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  let port = 20_000 + Math.floor(Math.random() * 11_000);
  for (; ports.length < count; port += 1) if (await isFree(port)) ports.push(port);
  return ports;
}

/** A program that runs until it is stopped. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<number>,
    readonly log: string,
  ) {}

  static start(argv: readonly string[], log: string, env: NodeJS.ProcessEnv = process.env): Program {
    const file = openSync(log, "a");
    const [program = "", ...rest] = argv;
    const child = spawn(program, rest, { stdio: ["ignore", file, file], env });
    const ended = new Promise<number>((resolve) => {
      child.once("error", () => resolve(-1));
      child.once("exit", (code) => resolve(code ?? -1));
    });
    return new Program(child, ended, log);
  }

  /** None when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  output(): string {
    return readFileSync(this.log, "utf8");
  }

  /** Asks it to end, and answers its exit code. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number> {
    if (this.running) this.child.kill(signal);
    return this.ended;
  }
}

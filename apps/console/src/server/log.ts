// The log: one JSON object a line, of fields of our choosing. It holds no address, nothing that a person typed and no
// name of a record.
import { appendFileSync, existsSync, renameSync, statSync } from "node:fs";

export type LogFields = Readonly<Record<string, string | number | boolean>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const fullBytes = 16 * 1024 * 1024;
const oldFiles = 4;

/** Appends to `path`; a full file becomes `path.1`, and so on up to four. */
export class LogFile {
  private size: number;

  constructor(
    private readonly path: string,
    private readonly limit = fullBytes,
  ) {
    this.size = existsSync(path) ? statSync(path).size : 0;
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.size > 0 && this.size + bytes > this.limit) this.rotate();
    appendFileSync(this.path, line, { mode: 0o600 });
    this.size += bytes;
  }

  private rotate(): void {
    for (let number = oldFiles; number >= 1; --number) {
      const from = number === 1 ? this.path : `${this.path}.${number - 1}`;
      if (existsSync(from)) renameSync(from, `${this.path}.${number}`);
    }
    this.size = 0;
  }
}

/** A log whose lines `write` takes, as long as it can. */
export function createLog(write: (line: string) => void): Log {
  const line = (severity: string, event: string, fields: LogFields = {}) => {
    try {
      write(`${JSON.stringify({ time: new Date().toISOString(), severity, event, ...fields })}\n`);
    } catch {
      // The disk is full, or nobody takes the lines any more: this one is lost, and people go on working.
    }
  };
  return {
    info: (event, fields) => line("INFO", event, fields),
    error: (event, fields) => line("ERROR", event, fields),
  };
}

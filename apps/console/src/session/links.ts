// One-time sign-in links. A link's secret is in the link alone: what lies in the folder is its hash, until when it is
// good, and in which file the credential is.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const minutes = 15;

export const linkPath = "/sign-in/";

interface Link {
  readonly credentialFile: string;
  readonly expires: number;
}

/** The first line of a credential file. */
export function readCredential(file: string): string {
  return (readFileSync(file, "utf8").split("\n")[0] ?? "").trim();
}

export class SignInLinks {
  private readonly folder: string;

  constructor(
    data: string,
    private readonly now: () => number = Date.now,
  ) {
    this.folder = join(data, "sign-in-links");
  }

  /** Makes a link's secret. The credential stays in its file. */
  create(credentialFile: string): string {
    const file = resolve(credentialFile);
    if (readCredential(file) === "") throw new Error(`${file} holds no credential`);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.dropExpired();
    const secret = randomBytes(24).toString("base64url");
    const link: Link = { credentialFile: file, expires: this.now() + minutes * 60_000 };
    const path = this.pathOf(secret);
    writeFileSync(`${path}.new`, JSON.stringify(link), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return secret;
  }

  /** The credential of a good link. Looking does not use it up: mail programs look. */
  look(secret: string): string | undefined {
    const path = this.pathOf(secret);
    const link = existsSync(path) ? this.read(path) : undefined;
    return link === undefined ? undefined : readCredential(link.credentialFile);
  }

  /** Uses the link up. Of several at once, one is told that it did. */
  take(secret: string): boolean {
    const path = this.pathOf(secret);
    const taken = `${path}.taken`;
    try {
      renameSync(path, taken);
    } catch {
      return false;
    }
    const link = this.read(taken);
    unlinkSync(taken);
    return link !== undefined;
  }

  private pathOf(secret: string): string {
    return join(this.folder, createHash("sha256").update(secret).digest("hex"));
  }

  private read(path: string): Link | undefined {
    const link = JSON.parse(readFileSync(path, "utf8")) as Link;
    return link.expires > this.now() ? link : undefined;
  }

  private dropExpired(): void {
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      if (!name.includes(".") && this.read(path) === undefined) unlinkSync(path);
    }
  }
}

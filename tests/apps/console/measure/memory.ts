// What the console holds in memory after many pages of all kinds, by two who are signed in.
import { readFileSync } from "node:fs";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { launch } from "../support/browser.ts";
import { startCounty } from "../support/county.ts";
import { Crawl } from "../support/crawl.ts";
import { Parser } from "../support/parser.ts";
import { Visitor } from "../support/visitor.ts";

const barMB = 150;
const [pages = 1000, volunteers = 2000] = process.argv.slice(2).map(Number);
const everyPages = 250;

const ticksInSecond = 100;

/** Megabytes that are resident now, and the most that ever were; and the seconds of a processor that it took. */
function residentOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  const times = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /, "").split(" ");
  return { now: read("VmRSS"), most: read("VmHWM"), cpu: (Number(times[11]) + Number(times[12])) / ticksInSecond };
}

function tell(when: string, { now, most, cpu }: ReturnType<typeof residentOf>): void {
  const held = `${now.toFixed(0)} MB resident, ${most.toFixed(0)} MB at most, ${cpu.toFixed(1)} s of a processor`;
  process.stdout.write(`  ${when.padEnd(24)} ${held}\n`);
}

const browser = await launch();
const county = await startCounty({ volunteers, opportunities: 500 });
try {
  process.stdout.write(`the console, ${volunteers} volunteers and 500 roles, two sessions (the bar: ${barMB} MB):\n`);
  tell("before the first page", residentOf(county.consolePid));
  const parser = await Parser.open(browser);
  const tokens = [county.lead, await county.credential(Role.CASEWORKER, "centres/canterbury")];
  const rounds: { readonly visitor: Visitor; readonly paths: readonly string[] }[] = [];
  let read = 0;
  for (const token of tokens) {
    const visitor = await Visitor.signIn(county.url, token);
    const found = await new Crawl(visitor, parser, { words: ["a"], mostOfAKind: 5 }, () => {}).run();
    read += found.pages.size;
    rounds.push({ visitor, paths: [...found.pages.keys()] });
  }
  tell(`after ${read} pages`, residentOf(county.consolePid));
  for (let turn = 0; read < pages; turn += 1) {
    for (const { visitor, paths } of rounds) {
      await visitor.get(paths[turn % paths.length] ?? "/");
      read += 1;
      if (read % everyPages === 0) tell(`after ${read} pages`, residentOf(county.consolePid));
    }
  }
} finally {
  await county.stop();
  await browser.close();
}

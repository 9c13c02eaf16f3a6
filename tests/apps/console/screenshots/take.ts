// Pictures of the main pages, as a manager of the lead centre sees them. Everyone in them is invented.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { launch, newPage, press, signIn } from "../support/browser.ts";
import { startCounty } from "../support/county.ts";
import type { County } from "../support/county.ts";

const ashford = "centres/ashford";
const enough = 20;
const width = 1120;
const usualHeight = 840;

interface Picture {
  readonly name: string;
  /** In pixels, where more than the usual is to be seen. */
  readonly height?: number;
  /** Leaves the page as it is to be shown. */
  readonly open: (page: Page, county: County) => Promise<void>;
}

const at = (path: string) => (page: Page, county: County) => page.goto(county.url + path).then(() => undefined);

/** A role of the lead's with a full page of matches. */
async function goodRole(county: County): Promise<string> {
  const { opportunities, matching } = county.as(county.lead);
  const filter = `state=OPEN AND centre=${ashford} AND remote=false`;
  const listed = await opportunities.listOpportunities({ parent: ashford, filter, pageSize: 100 });
  for (const { name } of listed.opportunities) {
    const role = { case: "opportunity" as const, value: name };
    const { matches } = await matching.matchVolunteers({ parent: ashford, role, pageSize: enough });
    const { referrals } = await county.as(county.lead).referrals.listReferrals({
      parent: ashford,
      filter: `live=true AND opportunity=${name}`,
    });
    if (matches.length === enough && referrals.length > 0) return name;
  }
  throw new Error("no role has twenty matches and somebody in hand: ask for more volunteers");
}

const pictures: readonly Picture[] = [
  { name: "today", open: at("/") },
  {
    name: "matches",
    height: 1600,
    open: async (page, county) => {
      await page.goto(`${county.url}${pageOf(await goodRole(county))}/matches`);
    },
  },
  {
    name: "opportunity",
    open: async (page, county) => {
      await page.goto(`${county.url}${pageOf(await goodRole(county))}/edit`);
      await press(page, "Who would match as it stands?");
      await page.getByText(/would match as it stands now/).waitFor();
    },
  },
  { name: "register", open: at("/volunteers/register") },
  { name: "volunteers", open: at("/volunteers") },
  { name: "referrals", open: at("/referrals") },
  { name: "coverage", open: at("/coverage") },
];

const [folder = "", ...chosen] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const county = await startCounty({ volunteers: 4000, opportunities: 400, organisations: 120, introduced: 200 });
const browser = await launch();
try {
  const page = await newPage(browser, { viewport: { width, height: usualHeight } });
  const credential = { displayName: "Front desk", role: Role.MANAGER };
  const { secret } = await county.as(county.lead).centres.createCredential({ parent: ashford, credential });
  await signIn(page, county.url, secret);
  for (const { name, height = usualHeight, open } of pictures) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    await page.setViewportSize({ width, height });
    await open(page, county);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    process.stdout.write(`${name}.png\n`);
  }
} finally {
  await browser.close();
  await county.stop();
}

// Every feature of the console, in the order of the navigation. A new one is a folder here and a line below.
import type { Feature } from "../server/page.ts";
import { centre } from "./centre/index.ts";
import { coverage } from "./coverage/index.ts";
import { home } from "./home/index.ts";
import { imports } from "./import/index.ts";
import { matches } from "./matches/index.ts";
import { opportunities } from "./opportunities/index.ts";
import { organisations } from "./organisations/index.ts";
import { reference } from "./reference/index.ts";
import { referrals } from "./referrals/index.ts";
import { volunteers } from "./volunteers/index.ts";

export const features: readonly Feature[] = [
  home,
  volunteers,
  opportunities,
  matches,
  referrals,
  organisations,
  coverage,
  imports,
  centre,
  reference,
];

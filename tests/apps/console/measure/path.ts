// How long the way from signing in to an introduction takes, by someone who needs no time to think: what the console takes of it.
import { launch } from "../support/browser.ts";
import { startCounty } from "../support/county.ts";
import { makeRoles, walk, ways } from "../support/whole-path.ts";

const [volunteers = 2000] = process.argv.slice(2).map(Number);
const familyNames = ["Waterhouse", "Weatherby", "Wolstenholme"];

const browser = await launch();
const county = await startCounty({ volunteers, opportunities: 500 });
try {
  await makeRoles(county);
  for (const [index, way] of ways.entries()) {
    const { interactions, tabs, seconds } = await walk(browser, county, way, familyNames[index] ?? "", false);
    const did = `${interactions} interactions, ${tabs} times Tab`;
    process.stdout.write(`from signing in to an introduction, ${way.name}: ${seconds.toFixed(1)} s, ${did}\n`);
  }
} finally {
  await county.stop();
  await browser.close();
}

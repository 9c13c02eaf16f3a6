// Who is signed in and for how long, what they looked for, and links that sign in once.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { sessionCookie, visitCookie } from "../../../../apps/console/src/session/cookies.ts";
import { SignInLinks } from "../../../../apps/console/src/session/links.ts";
import { Searches } from "../../../../apps/console/src/session/searches.ts";
import { safePath } from "../../../../apps/console/src/session/sign-in-page.ts";
import { SessionStore } from "../../../../apps/console/src/session/store.ts";
import { table } from "../support/table.ts";

const caller = {
  credential: "centres/ashford/credentials/desk",
  centre: "centres/ashford",
  centreName: "Ashford",
  name: "Desk",
  role: Role.READER,
  scopes: [],
};
const limits = { idleMs: 100, wholeMs: 250, count: 3 };

class Clock {
  constructor(public at = 1000) {}
  readonly now = () => this.at;
}

test("a session ends after a time without a request", () => {
  const clock = new Clock();
  const store = new SessionStore(limits, clock.now);
  const id = store.begin("secret", caller);
  clock.at += 99;
  assert.equal(store.find(id)?.credential, "secret");
  clock.at += 99;
  assert.ok(store.find(id), "each request begins the time again");
  clock.at += 100;
  assert.equal(store.find(id), undefined);
  assert.equal(store.size, 0);
});

test("what a page asks by itself does not keep a session alive", () => {
  const clock = new Clock();
  const store = new SessionStore(limits, clock.now);
  const id = store.begin("secret", caller);
  clock.at += 99;
  assert.equal(store.peek(id)?.credential, "secret");
  clock.at += 1;
  assert.equal(store.peek(id), undefined);
  assert.equal(store.find(id), undefined);
});

test("a session ends at last, however busy", () => {
  const clock = new Clock();
  const store = new SessionStore(limits, clock.now);
  const id = store.begin("secret", caller);
  for (let step = 0; step < 4; ++step) {
    clock.at += 50;
    assert.ok(store.find(id));
  }
  clock.at += 50;
  assert.equal(store.find(id), undefined);
});

test("so many are kept, and the quiet ones go first", () => {
  const store = new SessionStore(limits, new Clock().now);
  const [first = "", second = "", third = ""] = [1, 2, 3].map((number) => store.begin(`secret ${number}`, caller));
  assert.ok(store.find(first));
  const fourth = store.begin("secret 4", caller);
  assert.equal(store.find(second), undefined);
  for (const id of [first, third, fourth]) assert.ok(store.find(id));
  store.end(first);
  assert.equal(store.find(first), undefined);
});

test("a search is found by its own number, and the same again by its terms", () => {
  const searches = new Searches();
  const search = searches.remember("/volunteers", { name: "ann", state: "" });
  search.pageTokens.push("next");
  assert.equal(searches.find(search.id), search);
  assert.equal(searches.remember("/volunteers", { state: "", name: "ann" }), search);
  assert.notEqual(searches.remember("/opportunities", { name: "ann", state: "" }), search);
  assert.ok(!search.id.includes("ann"));
  for (let number = 0; number < 50; ++number) searches.remember("/volunteers", { name: String(number) });
  assert.equal(searches.find(search.id), undefined, "the oldest are forgotten");
});

test("a link is good once, and until it expires", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "links-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "lead.token");
  writeFileSync(file, "vb_token\n");
  const clock = new Clock();
  const links = new SignInLinks(folder, clock.now);
  const secret = links.create(file);
  const [name = ""] = readdirSync(join(folder, "sign-in-links"));
  const path = join(folder, "sign-in-links", name);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(!(name + readFileSync(path, "utf8")).includes(secret), "the folder holds no link");
  assert.ok(!readFileSync(path, "utf8").includes("vb_token"), "nor a credential");
  assert.equal(links.look(secret), "vb_token");
  assert.equal(links.look("../lead.token"), undefined);
  assert.ok(links.take(secret));
  assert.ok(!links.take(secret));
  const late = links.create(file);
  clock.at += 15 * 60_000 - 1;
  assert.equal(links.look(late), "vb_token");
  clock.at += 1;
  assert.equal(links.look(late), undefined);
  assert.ok(!links.take(late));
  links.create(file);
  clock.at += 15 * 60_000;
  links.create(file);
  assert.equal(readdirSync(join(folder, "sign-in-links")).length, 1, "expired links are cleared away");
});

table(
  "after signing in one goes to",
  {
    "a page": ["/volunteers?search=a", "/volunteers?search=a"],
    "no other site": ["//elsewhere.example", "/"],
    "no other site by a backslash": ["/\\elsewhere.example", "/"],
    "no other scheme": ["javascript:alert(1)", "/"],
    "not the sign-in page": ["/sign-in", "/"],
    "not signing out": ["/sign-out", "/"],
  },
  ([wanted, expected]) => assert.equal(safePath(wanted ?? ""), expected),
);

type Cookies = ReturnType<typeof sessionCookie>;

const carrying = (cookie: string) => ({ headers: { cookie } }) as Parameters<Cookies["read"]>[0];

/** The name and the options under which a cookie is set. */
function setBy(cookie: Cookies): readonly unknown[] {
  const sent: unknown[][] = [];
  cookie.set({ cookie: (...given: unknown[]) => sent.push(given) } as unknown as Parameters<Cookies["set"]>[0], "1");
  return sent[0] ?? [];
}

test("cookies are for this host, its requests and no script", () => {
  const plain = { httpOnly: true, sameSite: "lax", secure: false, path: "/" };
  assert.deepEqual(setBy(sessionCookie(false)), ["brokerage_session", "1", plain]);
  assert.deepEqual(setBy(sessionCookie(true)), ["__Host-brokerage_session", "1", { ...plain, secure: true }]);
  assert.deepEqual(setBy(visitCookie(true)), ["__Host-brokerage_visit", "1", { ...plain, secure: true }]);
});

test("behind TLS a cookie that a neighbouring site may have set is none of ours", () => {
  const both = carrying("brokerage_session=theirs; __Host-brokerage_session=ours");
  assert.equal(sessionCookie(true).read(both), "ours");
  assert.equal(sessionCookie(true).read(carrying("brokerage_session=theirs")), undefined);
  assert.equal(sessionCookie(false).read(both), "theirs");
});

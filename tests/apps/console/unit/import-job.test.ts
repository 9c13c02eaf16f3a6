// An import as a whole: what is checked, made, stopped, waited for and remembered, without a service.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";

import { BadRequestSchema } from "#protos/google/rpc/error_details_pb";
import { Role } from "#protos/brokerage/common/v1/access_pb";

import { readSheet } from "../../../../apps/console/src/pages/import/file/sheet.ts";
import { faultyFile, resultFile } from "../../../../apps/console/src/pages/import/job/files.ts";
import { Job } from "../../../../apps/console/src/pages/import/job/job.ts";
import { Jobs } from "../../../../apps/console/src/pages/import/job/jobs.ts";
import { inParallel } from "../../../../apps/console/src/pages/import/job/parallel.ts";
import { GaveUp, Patience } from "../../../../apps/console/src/pages/import/job/patience.ts";
import type { Kind, KindId, Source } from "../../../../apps/console/src/pages/import/kinds/kind.ts";
import { SessionStore } from "../../../../apps/console/src/session/store.ts";
import { volunteerColumns } from "../../../../apps/console/src/texts/en-GB/import-columns.ts";

const away = () => new ConnectError("away", Code.Unavailable);
const running = () => new AbortController().signal;

/** A service of which everything is known: it has what was made by each request id. */
class FakeService {
  readonly made = new Map<string, { readonly name: string; readonly at: bigint }>();
  clock = 0n;
  /** How many calls are answered before it is away. */
  answers = Infinity;
  /** Called before each record is made. */
  onMake = () => {};

  readonly kind: Kind = {
    id: "volunteers",
    columns: volunteerColumns,
    needed: [["given_name"]],
    needs: [],
    read: (row) => {
      if (row.cell("given_name") === "") row.fault("given_name", "is needed");
      if (row.has("notes")) row.note("notes", "was read");
      return Promise.resolve({
        keys: row.has("phone") ? [row.cell("phone")] : [],
        columnOf: (path) => (path === "email" ? "email" : ""),
        check: () => {
          this.answer();
          if (row.cell("email") === "bad") throw this.refusal();
          const duplicates = row.cell("email") === "twin" ? ["volunteers/twin"] : [];
          return Promise.resolve({
            at: this.clock,
            duplicates,
            sample: async () => {
              await new Promise((resolve) => setImmediate(resolve));
              return [];
            },
          });
        },
        make: (id, made) => {
          this.onMake();
          this.answer();
          const record = this.made.get(id) ?? { name: `volunteers/${this.made.size + 1}`, at: this.clock };
          this.made.set(id, record);
          made(record);
          if (row.cell("state") === "stuck") throw new ConnectError("it lacks a home", Code.FailedPrecondition);
          return Promise.resolve();
        },
      });
    },
  };

  private answer(): void {
    this.clock += 1n;
    this.answers -= 1;
    if (this.answers < 0) throw away();
  }

  private refusal(): ConnectError {
    const fieldViolations = [{ field: "email", description: "must be an address" }];
    const details = [{ desc: BadRequestSchema, value: { fieldViolations } }];
    return new ConnectError("faulty", Code.InvalidArgument, undefined, details);
  }
}

interface Of {
  readonly centre?: string;
  readonly kind?: KindId;
}

function jobOf(service: FakeService, text: string, { centre = "centres/ashford", kind = "volunteers" }: Of = {}): Job {
  const sheet = readSheet(Buffer.from(text), service.kind.columns, service.kind.needed);
  assert.ok(!("kind" in sheet));
  return new Job({ ...service.kind, id: kind }, sheet, "people.csv", { centre } as Source, { delays: [0, 0] });
}

const outcomes = (job: Job) => job.rows.map(({ outcome }) => outcome);

const people = "Given name,Email,Notes\nAnn,a@example.org,=1+1\n,bad,\nCy,bad,\nDee,twin,\n";

test("every row is checked with all its faults, and nothing is made", async () => {
  const service = new FakeService();
  const job = jobOf(service, people);
  await job.check();
  assert.equal(job.phase, "checked");
  assert.deepEqual(
    job.rows.map(({ faults }) => faults.map(({ column, text }) => `${column} ${text}`)),
    [[], ["Given name is needed", "Email “bad” must be an address"], ["Email “bad” must be an address"], []],
  );
  assert.deepEqual(job.rows[3]?.duplicates, ["volunteers/twin"]);
  assert.equal(service.made.size, 0);
});

test("good rows are made, once, and the files tell", async () => {
  const service = new FakeService();
  const job = jobOf(service, people);
  await job.check();
  await job.run(true);
  assert.equal(job.phase, "ended");
  assert.deepEqual(outcomes(job), ["made", "", "", "left-out"]);
  const lines = resultFile(job).split("\r\n");
  assert.equal(lines[0], "\ufeffrow,result,record,faults,possible_duplicates,Given name,Email,Notes");
  assert.equal(lines[1], "2,made,volunteers/1,,,Ann,a@example.org,'=1+1");
  assert.equal(lines[2], '3,not made,,"Given name: is needed; Email: “bad” must be an address",,,bad,');
  assert.equal(lines[4], "5,left out,,,volunteers/twin,Dee,twin,");
  const faulty = faultyFile(job);
  assert.equal(faulty.split("\r\n")[0], "\ufefferror_line,error_reasons,Given name,Email,Notes");
  assert.equal(faulty.split("\r\n").length, 4);
  // Imported as it is, a file of faulty rows has its own columns, and says what is wrong with them now.
  const again = jobOf(service, faulty);
  await again.check();
  assert.equal(faultyFile(again).split("\r\n")[0], "\ufefferror_line,error_reasons,Given name,Email,Notes");
});

test("a row with cells too many keeps them in both files, and is at fault for them again", async () => {
  const service = new FakeService();
  const job = jobOf(service, "Given name,Email\nAnn,a@example.org,=1,more,,\nBea,b@example.org\n");
  await job.check();
  await job.run(false);
  assert.deepEqual(outcomes(job), ["", "made"]);
  assert.match(resultFile(job), /,Ann,a@example\.org,'=1,more\r\n3,made/);
  const faulty = faultyFile(job);
  assert.match(faulty, /,Ann,a@example\.org,'=1,more\r\n$/);
  const again = jobOf(service, faulty);
  await again.check();
  assert.match(again.rows[0]?.faults[0]?.text ?? "", /^has more cells than there are headings/);
});

test("of the good rows the first few are shown as they will be", async () => {
  const service = new FakeService();
  const job = jobOf(service, `Given name\n${"Ann\n".repeat(20)}`);
  await job.check();
  assert.equal(job.samples.length, 3);
});

test("rows that are like an earlier one are told, and left out when that is asked, after going on too", async () => {
  const service = new FakeService();
  // More good rows than are worked on at once stand before those that are like another.
  const alike = "Given name,Phone\nAnn,1\n,1\nAnn,2\nAnn,3\nAnn,4\nAnn,1\nAnn,2\n";
  const job = jobOf(service, alike);
  await job.check();
  assert.deepEqual(
    job.rows.map(({ likeRow }) => likeRow),
    [undefined, undefined, undefined, undefined, undefined, 2, 4],
  );
  service.answers = 0;
  await job.run(true);
  assert.equal(job.endedBy, "unavailable");
  assert.ok(outcomes(job).every((outcome) => outcome === ""));
  service.answers = Infinity;
  await job.run();
  assert.deepEqual(outcomes(job), ["made", "", "made", "made", "made", "left-out", "left-out"]);
  assert.match(resultFile(job), /\r\n7,left out,,,row 2 of this file,Ann,1\r\n/);
});

test("the same file again makes none; another file, and the same at another centre or of another kind, makes its own", async () => {
  const service = new FakeService();
  for (const expected of ["made", "there", "there"]) {
    const job = jobOf(service, people);
    await job.check();
    await job.run(false);
    assert.deepEqual(outcomes(job), [expected, "", "", expected]);
    assert.equal(service.made.size, 2);
  }
  for (const [other, made] of [
    [jobOf(service, `${people}\n`), 4],
    [jobOf(service, people, { centre: "centres/dover" }), 6],
    [jobOf(service, people, { kind: "organisations" }), 8],
  ] as const) {
    await other.check();
    await other.run(false);
    assert.equal(service.made.size, made);
  }
  for (const id of service.made.keys())
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

const many = `Given name\n${"Ann\n".repeat(50)}`;

test("a service that stays away ends an import, which goes on where it stopped", async () => {
  const service = new FakeService();
  const job = jobOf(service, many);
  service.answers = 20;
  await job.check();
  assert.deepEqual([job.phase, job.endedBy], ["unchecked", "unavailable"]);
  service.answers = Infinity;
  await job.check();
  assert.equal(job.phase, "checked");
  service.answers = 30;
  await job.run(false);
  assert.deepEqual([job.phase, job.endedBy, service.made.size], ["ended", "unavailable", 30]);
  assert.match(resultFile(job), /\r\n\d+,not made,,the service did not answer,/);
  service.answers = Infinity;
  await job.run(false);
  assert.deepEqual([job.phase, job.endedBy, service.made.size], ["ended", "", 50]);
  assert.ok(outcomes(job).every((outcome) => outcome === "made"));
});

test("an import that is stopped finishes what is under way, and goes on when asked to", async () => {
  const service = new FakeService();
  const job = jobOf(service, many);
  await job.check();
  let calls = 0;
  service.onMake = () => {
    calls += 1;
    if (calls === 10) job.stop();
  };
  await job.run(false);
  assert.deepEqual([job.phase, job.endedBy], ["ended", "asked"]);
  assert.ok(service.made.size >= 10 && service.made.size < 20, String(service.made.size));
  assert.equal(outcomes(job).filter((outcome) => outcome === "made").length, service.made.size);
  assert.match(resultFile(job), /not tried/);
  await job.run(false);
  assert.equal(service.made.size, 50);
});

test("a record whose further step is refused is made all the same, with what was refused", async () => {
  const service = new FakeService();
  const job = jobOf(service, "Given name,State\nAnn,stuck\n");
  await job.check();
  await job.run(false);
  assert.deepEqual(outcomes(job), ["made"]);
  assert.match(resultFile(job), /2,made,volunteers\/1,it lacks a home/);
  assert.equal(faultyFile(job).split("\r\n").length, 2);
});

test("a credential that was revoked ends an import; a fault of ours is kept to be reported", async () => {
  const service = new FakeService();
  const job = jobOf(service, many);
  await job.check();
  service.onMake = () => {
    throw new ConnectError("revoked", Code.Unauthenticated);
  };
  await job.run(false);
  assert.deepEqual([job.endedBy, job.fault], ["refused", undefined]);
  service.onMake = () => {
    throw new TypeError("ours");
  };
  const other = jobOf(service, many);
  await other.check();
  await other.run(false);
  assert.ok(other.fault instanceof TypeError);
});

test("a change is told to whoever waits for one", async () => {
  const service = new FakeService();
  const job = jobOf(service, many);
  const changed = job.changed(running());
  await job.check();
  await changed;
  const gone = new AbortController();
  const never = job.changed(gone.signal);
  gone.abort();
  await never;
});

test("work goes a few at a time, and ends with the first failure", async () => {
  let under = 0;
  let most = 0;
  const items = Array.from({ length: 30 }, (_, index) => index);
  await inParallel(items, 4, running(), async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
  });
  assert.equal(most, 4);
  const done: number[] = [];
  const failing = inParallel(items, 2, running(), async (item) => {
    await Promise.resolve();
    done.push(item);
    if (item === 5) throw new Error("five");
  });
  await assert.rejects(failing, /five/);
  assert.ok(done.length < 10);
});

test("calls are tried again while a service is away, so often and no more; what will not pass is not", async () => {
  let calls = 0;
  const patience = new Patience([0, 0, 0]);
  const second = await patience.call(() => (++calls < 3 ? Promise.reject(away()) : Promise.resolve("here")), running());
  assert.deepEqual([second, calls, patience.isWaiting], ["here", 3, false]);
  calls = 0;
  const stays = () => {
    calls += 1;
    return Promise.reject(away());
  };
  await assert.rejects(patience.call(stays, running()), GaveUp);
  assert.equal(calls, 4);
  const refused = new ConnectError("no", Code.NotFound);
  await assert.rejects(
    new Patience([0]).call(() => Promise.reject(refused), running()),
    refused,
  );
});

test("a wait is over when the import is stopped", async () => {
  const stopping = new AbortController();
  const patience = new Patience([3_600_000]);
  const waiting = patience.call(() => Promise.reject(away()), stopping.signal);
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(patience.isWaiting);
  stopping.abort();
  await assert.rejects(waiting, GaveUp);
});

function sessionOf(sessions: SessionStore, credential: string) {
  const caller = {
    credential: `centres/ashford/credentials/${credential}`,
    centre: "centres/ashford",
    centreName: "Ashford",
    name: credential,
    role: Role.CASEWORKER,
    scopes: [],
  };
  const id = sessions.begin(`vb_${credential}`, caller);
  const session = sessions.find(id);
  assert.ok(session !== undefined);
  return { id, session };
}

test("imports are remembered for whoever began them, few and for a while, and go when they sign out", async () => {
  let now = 0;
  const jobs = new Jobs({ count: 2, keepMs: 1000 }, () => now);
  const sessions = new SessionStore();
  const [ann, bea, cy] = ["ann", "bea", "cy"].map((name) => sessionOf(sessions, name));
  assert.ok(ann !== undefined && bea !== undefined && cy !== undefined);
  const checked = async () => {
    const job = jobOf(new FakeService(), people);
    await job.check();
    return job;
  };
  const first = jobs.add(ann.session, await checked()) ?? "";
  assert.ok(jobs.find(ann.session, first) !== undefined);
  assert.equal(jobs.find(bea.session, first), undefined, "another's");
  assert.ok(jobs.find(sessionOf(sessions, "ann").session, first) !== undefined, "signed in again");
  const second = jobs.add(ann.session, await checked()) ?? "";
  assert.equal(jobs.find(ann.session, first), undefined, "one for each person");
  const third = jobs.add(bea.session, await checked()) ?? "";
  jobs.find(ann.session, second);
  jobs.add(cy.session, await checked());
  assert.equal(jobs.find(bea.session, third), undefined, "the one that was looked at the longest ago goes");
  assert.ok(jobs.find(ann.session, second) !== undefined);
  // Whichever of their sessions they end, the one that it was begun in may be long gone.
  const later = sessionOf(sessions, "ann");
  jobs.find(later.session, second);
  sessions.end(later.id);
  assert.equal(jobs.find(ann.session, second), undefined, "signed out");
  assert.equal(jobs.size, 1);
  now = 1000;
  assert.equal(
    jobs.idOf(cy.session) === undefined ? "" : jobs.find(cy.session, jobs.idOf(cy.session) ?? ""),
    undefined,
  );
  assert.equal(jobs.size, 0);
});

test("one import of a centre writes at a time, and one that is under way gives no room", async () => {
  const jobs = new Jobs({ count: 1, keepMs: 1000 });
  const sessions = new SessionStore();
  const [ann, bea] = ["ann", "bea"].map((name) => sessionOf(sessions, name).session);
  assert.ok(ann !== undefined && bea !== undefined);
  const service = new FakeService();
  const job = jobOf(service, many);
  await job.check();
  jobs.add(ann, job);
  const other = jobOf(service, people);
  assert.equal(jobs.isAnotherRunning(other), false);
  const running_ = job.run(false);
  assert.equal(jobs.isAnotherRunning(other), true);
  assert.equal(jobs.isAnotherRunning(job), false);
  assert.equal(jobs.add(ann, other), undefined);
  assert.equal(jobs.add(bea, other), undefined);
  await running_;
  assert.equal(jobs.isAnotherRunning(other), false);
  assert.notEqual(jobs.add(bea, other), undefined);
});

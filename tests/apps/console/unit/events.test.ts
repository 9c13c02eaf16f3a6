// What a page is told while it is open: how many may listen, and when it ends.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";

import { EventStreams } from "../../../../apps/console/src/server/events.ts";

type Response = Parameters<EventStreams["send"]>[0];

/** What an answer would have been. */
class Recorded extends EventEmitter {
  code = 200;
  text = "";
  ended = false;
  status(code: number): this {
    this.code = code;
    return this;
  }
  set(): this {
    return this;
  }
  destroyed = false;
  /** Whether the reader keeps up. */
  takes = true;
  write(text: string): boolean {
    this.text += text;
    return this.takes;
  }
  /** The reader goes. */
  close(): void {
    this.destroyed = true;
    this.emit("close");
  }
  end(): void {
    this.ended = true;
  }
  get response(): Response {
    return this as unknown as Response;
  }
}

async function* three() {
  yield { event: "names", data: "[1]" };
  yield undefined;
  yield await Promise.resolve({ event: "names", data: "[2]" });
}

const always = () => true;

/** All that can go on has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("events and signs of life are told in turn, and then it is over", async () => {
  const told = new Recorded();
  await new EventStreams().send(told.response, three, always);
  assert.equal(told.text, "retry: 5000\n\nevent: names\ndata: [1]\n\n: still here\n\nevent: names\ndata: [2]\n\n");
  assert.ok(told.ended);
});

test("a stream ends when who reads it is signed in no more", async () => {
  const told = new Recorded();
  let asked = 0;
  await new EventStreams().send(told.response, three, () => ++asked < 2);
  assert.ok(told.ended && told.text.includes("[1]") && !told.text.includes("[2]"));
});

test("so many are open and no more, and the place of one that ended is free", async () => {
  const streams = new EventStreams(1);
  const [first, second, third] = [new Recorded(), new Recorded(), new Recorded()];
  async function* waiting(signal: AbortSignal) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    yield undefined;
  }
  const running = streams.send(first.response, waiting, always);
  await streams.send(second.response, three, always);
  assert.deepEqual([second.code, second.text], [204, ""]);
  first.close();
  await running;
  await streams.send(third.response, three, always);
  assert.deepEqual([third.code, third.ended], [200, true]);
});

test("all end when the console does", async () => {
  const streams = new EventStreams();
  const told = new Recorded();
  async function* waiting(signal: AbortSignal) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    yield undefined;
  }
  const running = streams.send(told.response, waiting, always);
  streams.endAll();
  await running;
  assert.ok(told.ended);
});

test("who has gone before anything is told takes no place", async () => {
  const streams = new EventStreams(1);
  const gone = new Recorded();
  gone.close();
  let asked = false;
  async function* telling() {
    asked = true;
    yield await Promise.resolve(undefined);
  }
  await streams.send(gone.response, telling, always);
  assert.deepEqual([asked, gone.text], [false, ""]);
});

test("a reader who does not read is waited for, and nothing is gathered meanwhile", async () => {
  const told = new Recorded();
  let asked = 0;
  async function* counting() {
    while (asked < 3) {
      asked += 1;
      yield await Promise.resolve({ event: "names", data: String(asked) });
    }
  }
  told.takes = false;
  const running = new EventStreams().send(told.response, counting, always);
  await settled();
  assert.equal(asked, 0, "not even the first is asked for before what was written is taken");
  told.emit("drain");
  await settled();
  assert.equal(asked, 1);
  told.takes = true;
  told.emit("drain");
  await running;
  assert.match(told.text, /data: 1\n\n.*data: 3\n\n$/s);
});

test("a reader who goes while being waited for ends it", async () => {
  const told = new Recorded();
  told.takes = false;
  const running = new EventStreams().send(told.response, three, always);
  await settled();
  told.close();
  await running;
  assert.ok(told.ended);
});

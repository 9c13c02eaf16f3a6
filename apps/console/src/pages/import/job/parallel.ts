// Work on many things, a few at a time.

/** Works on each item, at most `width` at once and in order, until `stopped` or one fails. Throws what failed first. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  stopped: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (!failed && !stopped.aborted) {
      const item = items[next];
      if (item === undefined) return;
      next += 1;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: width }, worker));
  const first = workers.find((one): one is PromiseRejectedResult => one.status === "rejected");
  if (first !== undefined) throw first.reason;
}

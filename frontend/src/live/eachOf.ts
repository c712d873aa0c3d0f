/** How many commands are on their way at once. */
const width = 4;

/**
 * Gives the same command to each, a few at a time. Where one is refused the rest is not begun, and what was done stays: the answer of the
 * server says which. Answers what takes all of it back, the last first.
 */
export async function eachOf<T>(
  items: readonly T[],
  act: (item: T) => Promise<() => Promise<unknown>>,
): Promise<() => Promise<void>> {
  const undos: (() => Promise<unknown>)[] = [];
  const queue = [...items];
  let fault: unknown;
  const work = async () => {
    for (let item = queue.shift(); item !== undefined && fault === undefined; item = queue.shift())
      await act(item).then(
        (undo) => undos.push(undo),
        (error: unknown) => {
          fault ??= error;
        },
      );
  };
  await Promise.all(Array.from({ length: width }, work));
  if (fault !== undefined) throw fault;
  return async () => {
    for (const undo of undos.reverse()) await undo();
  };
}

/** Which row is drawn in which element, and the order in which the elements stand in the document. */
export interface Slots {
  of: ReadonlyMap<string, number>;
  order: readonly number[];
}

export const noSlots: Slots = { of: new Map(), order: [] };

/**
 * Slots for the rows in sight. A row keeps its own for as long as it is seen; one that comes into sight takes one that became free, so that
 * scrolling makes no elements. Once it has settled they stand in the order of the rows again, as readers of screens need it.
 */
export function slotsFor(keys: readonly string[], before: Slots, settled: boolean): Slots {
  const seen = new Set(keys);
  const free: number[] = [];
  for (const [key, slot] of before.of) if (!seen.has(key)) free.push(slot);
  let next = before.order.reduce((most, slot) => Math.max(most, slot + 1), 0);
  const of = new Map(keys.map((key) => [key, before.of.get(key) ?? free.shift() ?? next++]));
  const used = new Set(of.values());
  const inOrder = settled ? [] : before.order.filter((slot) => used.has(slot));
  return { of, order: [...new Set([...inOrder, ...used])] };
}

/** The numbers of so many rows, whatever is scrolled to: what leaves is as much as what comes. */
export function rowsInSight(first: number, room: number, count: number, overscan: number): number[] {
  const most = Math.min(count, room + 2 * overscan + 1);
  const from = Math.max(0, Math.min(first - overscan, count - most));
  return Array.from({ length: most }, (_, i) => from + i);
}

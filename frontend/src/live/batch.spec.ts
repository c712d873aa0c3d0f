import { expect, it, vi } from "vitest";
import { Batch, twice } from "./batch";

it("what arrives between two frames is used once, in its order", () => {
  const frames: (() => void)[] = [];
  const used: number[][] = [];
  const batch = new Batch<number>(
    (items) => used.push(items),
    (go) => {
      frames.push(go);
      return () => {};
    },
  );
  batch.add(1);
  batch.add(2);
  expect(used).toEqual([]);
  frames.shift()?.();
  batch.add(3);
  frames.shift()?.();
  expect(used).toEqual([[1, 2], [3]]);
});

it("a burst is answered at once and when it is over", () => {
  vi.useFakeTimers();
  const go = vi.fn();
  const ask = twice(go, 1000);
  for (let i = 0; i < 50; i++) ask();
  expect(go).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(go).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  ask();
  expect(go).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

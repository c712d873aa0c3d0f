import { expect, it, vi } from "vitest";
import { Batch, nextPause, paced, twice } from "./batch";

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

it("a burst is drawn with its first change and then once in each pause; what is given up is not drawn", () => {
  vi.useFakeTimers();
  const soon = (go: () => void) => {
    const timer = setTimeout(go, 10);
    return () => clearTimeout(timer);
  };
  const used: number[][] = [];
  const batch = new Batch<number>((items) => used.push(items), paced(200, soon, Date.now));
  for (let i = 0; i < 30; i++) {
    batch.add(i);
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(300);
  expect(used[0]).toEqual([0]);
  expect(used.length).toBeLessThanOrEqual(4);
  expect(used.flat()).toEqual(Array.from({ length: 30 }, (_, i) => i));
  batch.add(30);
  batch.drop();
  vi.advanceTimersByTime(1000);
  expect(used.flat()).toHaveLength(30);
  vi.useRealTimers();
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

it("a batch waits for a pause of the page, a tenth of a second at most; for a frame where the page is hidden or knows no pauses", () => {
  const idle = vi.fn((_go: () => void, _options: { timeout: number }) => 7);
  const cancelled = vi.fn();
  const frame = vi.fn(() => 1);
  const page = (hidden: boolean, window: object) => {
    const ways = { document: { hidden }, window, requestIdleCallback: idle, cancelIdleCallback: cancelled };
    for (const [name, value] of Object.entries({
      ...ways,
      requestAnimationFrame: frame,
      cancelAnimationFrame: () => {},
    }))
      vi.stubGlobal(name, value);
  };
  vi.useFakeTimers();
  const go = vi.fn();

  page(false, { requestIdleCallback: idle });
  const giveUp = nextPause(go);
  expect(idle.mock.lastCall?.[1]).toEqual({ timeout: 100 });
  idle.mock.lastCall?.[0]();
  expect(go).toHaveBeenCalledTimes(1);
  giveUp();
  expect(cancelled).toHaveBeenCalledWith(7);

  page(false, {});
  nextPause(go)();
  expect(frame).toHaveBeenCalledTimes(1);
  page(true, { requestIdleCallback: idle });
  nextPause(go);
  vi.advanceTimersByTime(500);
  expect(go).toHaveBeenCalledTimes(2);
  expect(idle).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

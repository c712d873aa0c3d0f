import { beforeEach, expect, it, vi } from "vitest";
import { openStream, type StreamHandlers } from "./stream";

class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  onerror: (() => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }
  close() {
    this.closed = true;
  }
  send(type: string, data: unknown, lastEventId: string) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
}

const handlers = () =>
  ({
    transition: vi.fn(),
    structure: vi.fn(),
    revised: vi.fn(),
    observation: vi.fn(),
    reset: vi.fn(),
    heard: vi.fn(),
    lost: vi.fn(),
  }) satisfies StreamHandlers;

beforeEach(() => {
  FakeSource.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeSource);
  return () => vi.useRealTimers();
});

it("opens after the position of the first read and resumes after the last that it saw", () => {
  const heard = handlers();
  openStream({ after: 41, observations: false, handlers: heard });
  expect(FakeSource.all[0]?.url).toContain("after=41");
  FakeSource.all[0]?.send("transition", { nodeId: "n", to: "down", at: "2026-11-21T09:00:00Z" }, "44");
  expect(heard.transition).toHaveBeenCalledOnce();
  FakeSource.all[0]?.onerror?.();
  expect(heard.lost).toHaveBeenCalledWith(500);
  vi.advanceTimersByTime(500);
  expect(FakeSource.all[1]?.url).toContain("after=44");
});

it("waits longer after each failure, and starts anew once it hears something", () => {
  const heard = handlers();
  openStream({ after: 0, observations: false, handlers: heard });
  for (const wait of [500, 1000, 2000]) {
    FakeSource.all.at(-1)?.onerror?.();
    expect(heard.lost).toHaveBeenLastCalledWith(wait);
    vi.advanceTimersByTime(wait);
  }
  FakeSource.all.at(-1)?.send("hello", {}, "1");
  FakeSource.all.at(-1)?.onerror?.();
  expect(heard.lost).toHaveBeenLastCalledWith(500);
});

it("takes a long silence for a broken line", () => {
  const heard = handlers();
  openStream({ after: 0, observations: false, handlers: heard });
  FakeSource.all[0]?.send("alive", {}, "1");
  vi.advanceTimersByTime(31_000);
  expect(heard.lost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2000);
  expect(heard.lost).toHaveBeenCalled();
});

it("asks for everything anew when the server says so", () => {
  const heard = handlers();
  openStream({ after: 0, observations: true, handlers: heard });
  expect(FakeSource.all[0]?.url).toContain("observation");
  FakeSource.all[0]?.send("reset", {}, "90");
  expect(heard.reset).toHaveBeenCalledOnce();
});

it("stays closed once it is closed", () => {
  const heard = handlers();
  const close = openStream({ after: 0, observations: false, handlers: heard });
  close();
  FakeSource.all[0]?.onerror?.();
  vi.advanceTimersByTime(60_000);
  expect(FakeSource.all).toHaveLength(1);
});

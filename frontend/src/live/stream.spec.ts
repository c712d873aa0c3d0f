import { beforeEach, expect, it, vi } from "vitest";
import { openStream, type StreamHandlers } from "./stream";

/** What a browser's fetch would answer: a body that tells what the test sends. */
class Line {
  static all: Line[] = [];
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private readonly body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      this.controller = controller;
    },
  });

  static async open(url: string, { signal }: RequestInit) {
    const line = new Line(url);
    signal?.addEventListener("abort", () => line.controller?.error(signal.reason));
    Line.all.push(line);
    return new Response(line.body);
  }

  private constructor(readonly url: string) {}

  async send(type: string, data: unknown, id: string) {
    this.controller?.enqueue(new TextEncoder().encode(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
    await soon();
  }

  async cut() {
    this.controller?.error(new TypeError("network error"));
    await soon();
  }
}

/** Lets what was sent arrive. */
const soon = () => vi.advanceTimersByTimeAsync(0);

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
  Line.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("fetch", Line.open);
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

it("opens after the position of the first read and resumes after the last that it saw", async () => {
  const heard = handlers();
  openStream({ after: 41, observations: false, handlers: heard });
  await soon();
  expect(Line.all[0]?.url).toContain("after=41");
  await Line.all[0]?.send("transition", { nodeId: "n", to: "down", at: "2026-11-21T09:00:00Z" }, "44");
  expect(heard.transition).toHaveBeenCalledOnce();
  await Line.all[0]?.cut();
  expect(heard.lost).toHaveBeenCalledWith(500);
  await vi.advanceTimersByTimeAsync(500);
  expect(Line.all[1]?.url).toContain("after=44");
});

it("waits longer after each failure, and starts anew once it hears something", async () => {
  const heard = handlers();
  openStream({ after: 0, observations: false, handlers: heard });
  await soon();
  for (const wait of [500, 1000, 2000]) {
    await Line.all.at(-1)?.cut();
    expect(heard.lost).toHaveBeenLastCalledWith(wait);
    await vi.advanceTimersByTimeAsync(wait);
  }
  await Line.all.at(-1)?.send("hello", {}, "1");
  await Line.all.at(-1)?.cut();
  expect(heard.lost).toHaveBeenLastCalledWith(500);
});

it("takes a long silence for a broken line", async () => {
  const heard = handlers();
  openStream({ after: 0, observations: false, handlers: heard });
  await soon();
  await Line.all[0]?.send("alive", {}, "1");
  await vi.advanceTimersByTimeAsync(31_000);
  expect(heard.lost).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2000);
  expect(heard.lost).toHaveBeenCalled();
});

it("asks for everything anew when the server says so", async () => {
  const heard = handlers();
  openStream({ after: 0, observations: true, handlers: heard });
  await soon();
  expect(Line.all[0]?.url).toContain("observation");
  await Line.all[0]?.send("reset", {}, "90");
  expect(heard.reset).toHaveBeenCalledOnce();
});

it("stays closed once it is closed", async () => {
  const heard = handlers();
  const close = openStream({ after: 0, observations: false, handlers: heard });
  await soon();
  close();
  await Line.all[0]?.cut();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Line.all).toHaveLength(1);
});

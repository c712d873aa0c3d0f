import type { ObservationView, TransitionView } from "../api/model";
import { readServerSent, type ServerSent } from "../api/serverSent";

export interface StructureChange {
  nodeId: string;
  parentIds: string[];
  /** What changed; `annotated` is no change of the tree. */
  change: string;
}

export interface LiveObservation extends ObservationView {
  checkId: string;
}

export interface StreamHandlers {
  transition: (change: TransitionView) => void;
  structure: (change: StructureChange) => void;
  /** Late observations changed what a node was. */
  revised: () => void;
  observation: (seen: LiveObservation) => void;
  /** Some events were not delivered: read everything again. */
  reset: () => void;
  /** Something arrived; `at` is when it was so, where the event says. */
  heard: (position: number | undefined, at: string | undefined) => void;
  /** The connection is gone; the next try is `retryMs` away. */
  lost: (retryMs: number) => void;
}

/** The server is heard from at least every 15 s; twice that without a word is a broken line. */
const silenceMs = 32_000;
const firstRetryMs = 500;
const lastRetryMs = 5_000;

export interface StreamOptions {
  /** The position of the first read; without one it starts now. */
  after: number | undefined;
  observations: boolean;
  handlers: StreamHandlers;
}

/** Keeps one stream open, resumes after the last position that it saw, and closes with the returned function. */
export function openStream({ after, observations, handlers }: StreamOptions): () => void {
  let position = after;
  let line: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let heardAt = 0;
  let closed = false;

  // Of hundreds of events a second none sets a timer: the one that runs looks when the last was heard.
  const watchSilence = (leftMs = silenceMs) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const left = heardAt + silenceMs - performance.now();
      if (left > 0) watchSilence(left);
      else fail();
    }, leftMs);
  };

  const hear = (sent: ServerSent, at?: string) => {
    retryMs = firstRetryMs;
    const id = Number(sent.id);
    if (sent.id && Number.isFinite(id) && id >= (position ?? 0)) position = id;
    heardAt = performance.now();
    handlers.heard(position, at);
  };

  const fail = () => {
    if (closed) return;
    line?.abort();
    clearTimeout(timer);
    timer = setTimeout(connect, retryMs);
    handlers.lost(retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  };

  const uses: Record<string, (sent: ServerSent) => void> = {};
  const on = <T>(type: string, use: (data: T) => void, when: (data: T) => string | undefined = () => undefined) => {
    uses[type] = (sent) => {
      const data = parse<T>(sent.data);
      hear(sent, data && when(data));
      if (data) use(data);
    };
  };
  on<TransitionView>("transition", handlers.transition, (t) => t.at);
  on<StructureChange>("structure", handlers.structure);
  on<LiveObservation>("observation", handlers.observation, (o) => o.receivedAt);
  on<unknown>("revised", handlers.revised);
  on<unknown>("reset", handlers.reset);

  const connect = async () => {
    if (closed) return;
    const own = new AbortController();
    line = own;
    heardAt = performance.now();
    watchSilence();
    // However it ends, it was not meant to.
    await listen(streamUrl(position, observations), own.signal, (sent) => (uses[sent.type] ?? hear)(sent)).catch(
      () => {},
    );
    if (!own.signal.aborted) fail();
  };

  void connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    line?.abort();
  };
}

async function listen(url: string, signal: AbortSignal, use: (sent: ServerSent) => void) {
  const answer = await fetch(url, { signal, headers: { accept: "text/event-stream" }, cache: "no-store" });
  if (answer.ok && answer.body) await readServerSent(answer.body, use);
}

export function streamUrl(after: number | undefined, observations: boolean): string {
  const types = ["transition", "structure", "revised", ...(observations ? ["observation"] : [])].join();
  return `/api/v1/stream?${new URLSearchParams({ ...(after === undefined ? {} : { after: String(after) }), types })}`;
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/live";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { TransitionView } from "../api/model";
import { treesQuery } from "../api/queries";
import { applyAnnotation, applyObservations, applyRevision, applyStructure, applyTransitions } from "./apply";
import { Batch, nextPause, paced, twice } from "./batch";
import { Newer } from "./newer";
import { type LiveObservation, openStream } from "./stream";
import { Told, useTold } from "./told";

export interface LiveState {
  phase: "connecting" | "live" | "broken";
  /** When it was last heard from. */
  heardAt: number | undefined;
  /** When the connection broke. */
  brokenAt: number | undefined;
  /** When the next try comes. */
  retryAt: number | undefined;
  /** From the event to this page, in ms; undefined before the first event. */
  lagMs: number | undefined;
  position: number | undefined;
  lastChangeAt: number | undefined;
}

interface Live extends LiveState {
  retry: () => void;
  /** Asks for observations too, until the returned function is called. */
  watchObservations: () => () => void;
}

/** Nodes whose status has just changed, with when. */
type Fresh = ReadonlyMap<string, number>;

/** The same for as long as the app: what changes with every word that is heard is told to those who ask. */
interface Line extends Pick<Live, "retry" | "watchObservations"> {
  state: Told<LiveState>;
  fresh: Told<Fresh>;
}

const start: LiveState = {
  phase: "connecting",
  heardAt: undefined,
  brokenAt: undefined,
  retryAt: undefined,
  lagMs: undefined,
  position: undefined,
  lastChangeAt: undefined,
};

const LineContext = createContext<Line | undefined>(undefined);

/** A burst of changes of the structure is read this often. */
const structurePauseMs = 1000;

/** How often a burst of changes is drawn at most. */
const changesPauseMs = 200;

/** How often the sign of life is renewed while much arrives. */
const heardPauseMs = 250;

function useLine(): Line {
  const line = useContext(LineContext);
  if (!line) throw new Error("what lives needs a LiveProvider above it");
  return line;
}

export function useLive(): Live {
  const { state, retry, watchObservations } = useLine();
  return { ...useTold(state), retry, watchObservations };
}

/** Nodes whose status has just changed, with when. */
export const useFresh = () => useTold(useLine().fresh);

/** While mounted, observations arrive too; the query cache is patched with them. */
export function useLiveObservations() {
  const { watchObservations } = useLine();
  useEffect(watchObservations, [watchObservations]);
}

/** One stream for the whole app. It opens after the position of the first read, so nothing falls in between. */
export function LiveProvider({ children, announce }: { children: ReactNode; announce: (text: string) => void }) {
  const client = useQueryClient();
  const [state] = useState(() => new Told(start));
  const [fresh] = useState(() => new Told<Fresh>(new Map()));
  // It outlives the line, which is opened anew where another page asks for more: just then answers are under way.
  const [newer] = useState(() => new Newer(client));
  const [attempt, setAttempt] = useState(0);
  const [wanted, setWanted] = useState(0);
  const position = useRef<number>(undefined);
  const say = useRef(announce);
  say.current = announce;

  const watchObservations = useCallback(() => {
    setWanted((n) => n + 1);
    return () => setWanted((n) => n - 1);
  }, []);
  const observations = wanted > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is "try now"
  useEffect(() => {
    let close = () => {};
    let gone = false;
    const changes = new Batch<TransitionView>(
      (batch) => {
        newer.note(batch);
        const now = Date.now();
        const latest = batch.reduce((at, change) => Math.max(at, Date.parse(change.at)), 0);
        // All who show any of it are told in one turn: the page is drawn once.
        notifyManager.batch(() => {
          applyTransitions(client, batch);
          notifyManager.schedule(() => {
            fresh.set((known) => new Map([...known, ...batch.map(({ nodeId }) => [nodeId, now] as const)].slice(-200)));
            state.set((s) => ({ ...s, lastChangeAt: latest }));
            for (const change of batch) say.current(t.is(change.nodeName, change.to));
          });
        });
      },
      paced(changesPauseMs, nextPause),
    );
    const observed = new Batch<LiveObservation>(
      (batch) => notifyManager.batch(() => applyObservations(client, batch)),
      paced(changesPauseMs, nextPause),
    );
    const open = async () => {
      const trees = await client.ensureQueryData(treesQuery()).catch(() => []);
      if (gone) return;
      // An empty tree tells no position: the stream starts now, and what came in between is read once it is open.
      let readAgain = trees.length === 0 && position.current === undefined;
      if (trees.length > 0) position.current ??= Math.min(...trees.map((tree) => tree.position));
      const openedAt = Date.now();
      const restructure = twice(() => applyStructure(client), structurePauseMs);
      const annotate = twice(() => applyAnnotation(client), structurePauseMs);
      const revise = twice(() => applyRevision(client), structurePauseMs);
      let lagAt: string | undefined;
      let whole = false;
      const listen = twice(() => {
        if (!whole) return;
        const wasBroken = state.get().phase === "broken";
        state.set((s) => heard(s, position.current, lagAt));
        // What was missed while the line was broken is read again as soon as it is whole.
        if (wasBroken) void client.invalidateQueries();
      }, heardPauseMs);
      const closeStream = openStream({
        after: position.current,
        observations,
        handlers: {
          transition: (change) => changes.add(change),
          structure: ({ change }) => (change === "annotated" ? annotate() : restructure()),
          revised: revise,
          observation: (seen) => observed.add(seen),
          reset: () => client.invalidateQueries(),
          heard: (at, when) => {
            position.current = at ?? position.current;
            if (readAgain) applyStructure(client);
            readAgain = false;
            // What is told of the time before says nothing about how fast the line is now.
            lagAt = when && Date.parse(when) > openedAt ? when : undefined;
            whole = true;
            listen();
          },
          lost: (retryMs) => {
            whole = false;
            state.set((s) => lost(s, retryMs));
          },
        },
      });
      close = closeStream;
    };
    void open();
    return () => {
      gone = true;
      close();
      changes.flush();
      observed.flush();
    };
  }, [client, state, fresh, newer, observations, attempt]);

  useEffect(() => newer.watch(), [newer]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const line = useMemo(() => ({ state, fresh, retry, watchObservations }), [state, fresh, retry, watchObservations]);
  return <LineContext.Provider value={line}>{children}</LineContext.Provider>;
}

function heard(s: LiveState, position: number | undefined, when: string | undefined): LiveState {
  const now = Date.now();
  return {
    ...s,
    phase: "live",
    heardAt: now,
    brokenAt: undefined,
    retryAt: undefined,
    position: position ?? s.position,
    lagMs: when ? Math.max(0, now - Date.parse(when)) : s.lagMs,
  };
}

function lost(s: LiveState, retryMs: number): LiveState {
  const now = Date.now();
  return {
    ...s,
    phase: "broken",
    brokenAt: s.brokenAt ?? now,
    retryAt: now + retryMs,
  };
}

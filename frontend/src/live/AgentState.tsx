import { t } from "@texts/live";
import type { AgentState as State } from "../api/model";

const words: Record<State, string> = { live: t.live, away: t.away, never: t.neverCame };

/** Ink, not colour: it speaks of Torch, not of what Torch watches. */
export function AgentState({ state }: { state: State }) {
  return (
    <span className={`agent-state is-${state}`}>
      <i aria-hidden="true" />
      {words[state]}
    </span>
  );
}

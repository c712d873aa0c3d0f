import type { AgentView } from "../api/model";

/** A place that probes run from. */
export interface Location {
  name: string;
  agents: AgentView[];
  live: number;
}

export const defaultLocation = "default";

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** Every location that an agent stands in, or that is asked for, by name. */
export function locationsOf(agents: readonly AgentView[], asked: readonly string[] = []): Location[] {
  const found = new Map<string, AgentView[]>(asked.map((name) => [name, []]));
  for (const agent of agents) found.set(agent.location, [...(found.get(agent.location) ?? []), agent]);
  return [...found]
    .map(([name, here]) => ({ name, agents: here.toSorted(byName), live: here.filter(isLive).length }))
    .sort(byName);
}

const isLive = (agent: AgentView) => agent.state === "live";

/** The locations, of those that a check asks for, where nobody is there to run it. */
export const withoutLive = (agents: readonly AgentView[], asked: readonly string[]): string[] =>
  locationsOf(agents, asked)
    .filter((location) => asked.includes(location.name) && location.live === 0)
    .map((location) => location.name);

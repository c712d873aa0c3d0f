import type { Explanation, NodeCrumb, RootCause } from "../../api/model";

export interface PathStep {
  id: string;
  name: string;
  /** 0 is the line from the root to the first root cause; others stand further right. */
  column: number;
  /** Index of the step above, or -1. */
  above: number;
  cause: RootCause | undefined;
}

const mostCauses = 4;

/** The way from the root of the hierarchy over this node to what caused its status; side branches before the main line. */
export function pathSteps(
  crumbs: readonly NodeCrumb[],
  explanation: Pick<Explanation, "rootCauses" | "decidingChildren">,
  nameOf: (id: string) => string,
): PathStep[] {
  const steps: PathStep[] = [];
  for (const { id, name } of crumbs) steps.push({ id, name, column: 0, above: steps.length - 1, cause: undefined });
  const here = steps.length - 1;
  const [main, ...others] = explanation.rootCauses.slice(0, mostCauses);
  const placed = new Set(crumbs.map((crumb) => crumb.id));
  // Where a side path meets the main line, it ends: the rest is drawn once.
  const onMain = new Set(main?.path ?? []);
  const draw = (cause: RootCause, column: number, stopAt: ReadonlySet<string>) => {
    let above = here;
    for (const id of cause.path) {
      if (stopAt.has(id)) return;
      const known = steps.findIndex((step) => step.id === id);
      if (known >= 0) above = known;
      else {
        const leaf = id === cause.nodeId;
        steps.push({ id, name: leaf ? cause.name : nameOf(id), column, above, cause: leaf ? cause : undefined });
        above = steps.length - 1;
      }
    }
  };
  for (const other of others) draw(other, 1, onMain);
  if (main) draw(main, 0, placed);
  const last = steps[here];
  if (last && main && main.path.length === 0) last.cause = main;
  return steps;
}

import type { QueryClient } from "@tanstack/react-query";
import { annotationsKey } from "../api/annotations";
import type { CheckView, NodeView, ObservationView, Overview, TransitionView, TreeNode } from "../api/model";
import { keys } from "../api/queries";
import { shared } from "../api/sharing";
import { addTransition, patchNode, patchOverview, patchTrees } from "./patch";
import type { LiveObservation } from "./stream";

/** Brings transitions into the query cache: status, since and why at once; full explanations are read again. */
export function applyTransitions(client: QueryClient, batch: readonly TransitionView[]) {
  const last = new Map(batch.map((change) => [change.nodeId, change]));
  client.setQueryData<TreeNode[]>(keys.trees, (trees) => trees && shared(patchTrees(trees, last)));
  client.setQueryData<Overview>(keys.overview, (overview) => overview && patchOverview(overview, batch));
  client.setQueriesData<NodeView>({ queryKey: ["node"] }, (node) => node && patchNode(node, last));
  const read = withTransitions(client);
  for (const change of batch)
    if (read.has(change.nodeId))
      client.setQueryData<{ items: TransitionView[] }>(
        keys.transitions(change.nodeId),
        (page) => page && { ...page, items: addTransition(page.items, change) },
      );
  void client.invalidateQueries({ queryKey: ["explain"] });
}

/** The nodes whose transitions were read: a few of the thousands that may change. */
const withTransitions = (client: QueryClient) =>
  new Set(
    client
      .getQueryCache()
      .findAll({ queryKey: ["transitions"] })
      .map(({ queryKey: [, nodeId] }) => nodeId),
  );

/** The tree has another shape: nodes came, went, moved or were renamed. */
export function applyStructure(client: QueryClient) {
  for (const queryKey of [
    keys.trees,
    keys.overview,
    ["node"],
    ["explain"],
    ["rules"],
    ["reports"],
    ["checks"],
    ["dependencies"],
    annotationsKey,
  ])
    void client.invalidateQueries({ queryKey });
}

/** Somebody said what happened to a node: its timeline, and those of all below it, may show it. */
export const applyAnnotation = (client: QueryClient) => void client.invalidateQueries({ queryKey: annotationsKey });

/** Late observations changed what was: statuses, histories and what is computed from them are read again. */
export function applyRevision(client: QueryClient) {
  for (const queryKey of [keys.trees, keys.overview, ["node"], ["explain"], ["transitions"]])
    void client.invalidateQueries({ queryKey });
}

/** Observations kept on a page that shows the latest. */
const shown = 20;

export function applyObservation(client: QueryClient, seen: LiveObservation) {
  client.setQueryData<{ items: ObservationView[] }>(keys.observations(seen.checkId), (page) => {
    if (!page || page.items.some((o) => o.position === seen.position)) return page;
    return { ...page, items: [seen, ...page.items].slice(0, shown) };
  });
  client.setQueryData<CheckView>(keys.check(seen.checkId), (check) => check && { ...check, latest: seen });
  client.setQueryData<{ items: CheckView[] }>(
    keys.checks,
    (page) =>
      page && {
        ...page,
        items: page.items.map((c) => (c.id === seen.checkId ? { ...c, latest: seen } : c)),
      },
  );
}

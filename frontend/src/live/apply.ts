import type { QueryClient } from "@tanstack/react-query";
import { annotationsKey } from "../api/annotations";
import type {
  CheckView,
  NodeObservations,
  NodeView,
  ObservationView,
  Overview,
  TransitionView,
  TreeNode,
} from "../api/model";
import { keys } from "../api/queries";
import { type Reports, unplacedKey, withNews } from "../api/reports";
import { shared } from "../api/sharing";
import { withNewest } from "./newest";
import { addTransition, patchNode, patchOverview, patchTrees } from "./patch";
import { allNodes } from "./places";
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
    keys.newest(),
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

export function applyObservations(client: QueryClient, batch: readonly LiveObservation[]) {
  for (const seen of batch)
    client.setQueryData<{ items: ObservationView[] }>(keys.observations(seen.checkId), (page) => {
      if (!page || page.items.some((o) => o.position === seen.position)) return page;
      return { ...page, items: [seen, ...page.items].slice(0, shown) };
    });
  const news = newsOf(batch);
  for (const [checkId, latest] of news)
    client.setQueryData<CheckView>(keys.check(checkId), (check) => check && withLatest(check, latest));
  client.setQueryData<{ items: CheckView[] }>(keys.checks, (known) => known && allWithLatest(known, news));
  client.setQueryData<Reports>(unplacedKey, (read) => read && withNews(read, news));
  const nodes = allNodes(client.getQueryData<TreeNode[]>(keys.trees) ?? []);
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: keys.newest(), type: "active" }))
    client.setQueryData<NodeObservations>(
      queryKey,
      (known) => known && withNewest(known, nodes.get(queryKey[1] as string), news),
    );
}

/** The newest of each check; what comes late is not the latest. */
export function newsOf(batch: readonly LiveObservation[]): Map<string, LiveObservation> {
  const news = new Map<string, LiveObservation>();
  for (const seen of batch) if (isNewer(seen, news.get(seen.checkId))) news.set(seen.checkId, seen);
  return news;
}

const isNewer = (seen: ObservationView, known: ObservationView | null | undefined) =>
  !known || Date.parse(seen.at) >= Date.parse(known.at);

const withLatest = (check: CheckView, latest: ObservationView): CheckView =>
  isNewer(latest, check.latest) ? { ...check, latest } : check;

/** Every check with what was observed of it last; where none of them is meant, the same list. */
export function allWithLatest<L extends { items: CheckView[] }>(
  list: L,
  news: ReadonlyMap<string, ObservationView>,
): L {
  if (!list.items.some(({ id }) => news.has(id))) return list;
  const items = list.items.map((check) => {
    const latest = news.get(check.id);
    return latest ? withLatest(check, latest) : check;
  });
  return shared({ ...list, items });
}

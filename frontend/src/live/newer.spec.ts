import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import type { NodeView, TransitionView, TreeNode } from "../api/model";
import { keys } from "../api/queries";
import { applyTransitions } from "./apply";
import { Newer } from "./newer";

const leaf = (status: string, position: number) =>
  ({
    id: "card",
    name: "Card API",
    status,
    since: "2026-11-21T08:00:00Z",
    children: [],
    position,
  }) as unknown as TreeNode;

const change = (to: string, position: number) =>
  ({
    nodeId: "card",
    nodeName: "Card API",
    from: "unknown",
    to,
    at: "2026-11-21T09:12:41Z",
    position,
  }) as TransitionView;

/** An answer that is under way while a change of position 7 arrives. */
async function overtaken<T>(queryKey: readonly unknown[], first: T, answer: T): Promise<T | undefined> {
  const client = new QueryClient();
  client.setQueryData(queryKey, first);
  const newer = new Newer(client);
  const forget = newer.watch();
  let arrive = (_: T) => {};
  const read = client.fetchQuery({ queryKey, queryFn: () => new Promise<T>((done) => (arrive = done)) });
  newer.note([change("up", 7)]);
  applyTransitions(client, [change("up", 7)]);
  arrive(answer);
  await read;
  forget();
  return client.getQueryData<T>(queryKey);
}

describe("a change that arrives while a reading is under way", () => {
  it("stays, where the answer is older", async () => {
    const trees = await overtaken(keys.trees, [leaf("unknown", 5)], [leaf("unknown", 6)]);
    expect(trees?.[0]?.status).toBe("up");
    const node = await overtaken(keys.node("card"), leaf("unknown", 5), leaf("unknown", 6));
    expect((node as unknown as NodeView | undefined)?.status).toBe("up");
  });

  it("gives way, where the answer is newer", async () => {
    const trees = await overtaken(keys.trees, [leaf("unknown", 5)], [leaf("down", 8)]);
    expect(trees?.[0]?.status).toBe("down");
  });

  it("is forgotten after a while", () => {
    const client = new QueryClient();
    const newer = new Newer(client);
    newer.watch();
    newer.note([change("up", 7)], 0);
    newer.note([], 200_000);
    client
      .getQueryCache()
      .build(client, { queryKey: keys.trees })
      .setData([leaf("unknown", 6)]);
    expect(client.getQueryData<TreeNode[]>(keys.trees)?.[0]?.status).toBe("unknown");
  });
});

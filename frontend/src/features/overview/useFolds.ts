import { useCallback, useMemo, useState } from "react";
import type { TreeNode } from "../../api/model";
import { placesOf } from "../../live/places";
import { firstFolds } from "./rows";

const storageKey = "torch.folds";

function read(): Set<string> | undefined {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept ? new Set(JSON.parse(kept) as string[]) : undefined;
  } catch {
    return undefined;
  }
}

function keep(folds: ReadonlySet<string>) {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...folds]));
  } catch {
    // Without storage the folds last as long as the page.
  }
}

/** Which groups are folded; this browser remembers it. */
export function useFolds(trees: readonly TreeNode[]): [ReadonlySet<string>, (key: string, folded: boolean) => void] {
  const [chosen, setChosen] = useState(read);
  const places = placesOf(trees);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trees are another with each change of a status
  const first = useMemo(() => firstFolds(trees), [places]);
  const fold = useCallback(
    (key: string, folded: boolean) =>
      setChosen((known) => {
        const next = new Set(known ?? first);
        if (folded) next.add(key);
        else next.delete(key);
        keep(next);
        return next;
      }),
    [first],
  );
  return [chosen ?? first, fold];
}

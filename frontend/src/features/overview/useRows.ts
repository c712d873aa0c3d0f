import { useMemo } from "react";
import type { TreeNode } from "../../api/model";
import { placesOf } from "../../live/places";
import { asksStatus, type Filter, flatten, type Row } from "./rows";

/** The rows of the trees: the same for as long as nothing moves, unless the filter asks for statuses. */
export function useRows(trees: readonly TreeNode[], folds: ReadonlySet<string>, filter: Filter): Row[] {
  const turnsWith = asksStatus(filter) ? trees : placesOf(trees);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trees are another with each change of a status
  return useMemo(() => flatten(trees, folds, filter), [turnsWith, folds, filter]);
}

import { useMemo, useRef } from "react";
import type { TreeNode } from "../../api/model";
import { type Filter, flatten, type Row } from "./rows";

/** The rows of the trees; what did not change since the last time stays the same. */
export function useRows(trees: readonly TreeNode[], folds: ReadonlySet<string>, filter: Filter): Row[] {
  const last = useRef<Row[]>(undefined);
  return useMemo(() => {
    last.current = flatten(trees, folds, filter, last.current);
    return last.current;
  }, [trees, folds, filter]);
}

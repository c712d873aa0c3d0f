import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/live";
import { useMemo, useState } from "react";
import type { TreeNode } from "../api/model";
import { treesQuery } from "../api/queries";
import { Icon } from "../ui/Icon";
import { StatusShape } from "./Status";

interface Props {
  label: string;
  /** A node, null for the top, undefined while nothing is picked. */
  value: string | null | undefined;
  onChange: (id: string | null) => void;
  /** What the top is called; without it the top cannot be picked. */
  top?: string;
  /** Why a node cannot be picked. `above` are the ids of its parents. */
  refuse?: (node: TreeNode, above: readonly string[]) => string | undefined;
  /** Leaves are not shown where none of them can be picked. */
  groupsOnly?: boolean;
  /** Whether the search takes the focus; in a dialog it does. */
  focus?: boolean;
}

interface Line {
  key: string;
  node: TreeNode;
  above: string[];
}

/** More lines than this are not a list; the search narrows them. */
const most = 200;

/** Pick a place in a hierarchy. */
export function NodePicker({ label, value, onChange, top, refuse, groupsOnly = false, focus = true }: Props) {
  const trees = useQuery(treesQuery());
  const [query, setQuery] = useState("");
  const lines = useMemo(
    () => linesOf(trees.data ?? [], query).filter(({ node }) => !groupsOnly || !node.checkId),
    [trees.data, query, groupsOnly],
  );
  return (
    <>
      <input
        className="field tall wide"
        aria-label={t.searchNodes}
        placeholder={t.searchNodes}
        value={query}
        data-autofocus={focus || undefined}
        onChange={(e) => setQuery(e.target.value)}
      />
      <div className="picker" role="listbox" aria-label={label}>
        {top && query === "" ? (
          <button type="button" role="option" aria-selected={value === null} onClick={() => onChange(null)}>
            <Icon name="up" small />
            {top}
          </button>
        ) : null}
        {lines.slice(0, most).map(({ key, node, above }) => {
          const no = refuse?.(node, above);
          return (
            <button
              key={key}
              type="button"
              role="option"
              aria-selected={value === node.id}
              aria-disabled={no ? true : undefined}
              title={no}
              style={{ paddingLeft: 8 + above.length * 18 }}
              onClick={() => (no ? undefined : onChange(node.id))}
            >
              <StatusShape name={node.status} size="md" />
              <span className="ell">{node.name}</span>
              {node.checkKind ? <span className="t3 small">{node.checkKind}</span> : null}
            </button>
          );
        })}
        {lines.length > most ? <p className="t3">{t.moreSearchToNarrow(lines.length - most)}</p> : null}
        {lines.length === 0 && !top ? <p className="t3">{query ? t.noNodeMatches : t.thereIsNoNodeYet}</p> : null}
      </div>
    </>
  );
}

/** Every node with the way to it; a search keeps what matches and what stands above. */
export function linesOf(trees: readonly TreeNode[], query: string): Line[] {
  const words = query.trim().toLowerCase();
  const lines: Line[] = [];
  const visit = (node: TreeNode, above: string[]) => {
    const at = lines.length;
    lines.push({ key: [...above, node.id].join("/"), node, above });
    for (const child of node.children) visit(child, [...above, node.id]);
    if (words && lines.length === at + 1 && !node.name.toLowerCase().includes(words)) lines.pop();
  };
  for (const tree of trees) visit(tree, []);
  return lines;
}

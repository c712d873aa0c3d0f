import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import type { NodeHistory, TreeNode } from "../../api/model";
import { treesAtQuery } from "../../api/past";
import { Reading } from "../../live/Reading";
import { allNodes, countByStatus, rootCauses } from "../../live/tree";
import { Empty } from "../../ui/Empty";
import { isProblem } from "../../util/status";
import { moment } from "../../util/time";
import { Then } from "../../util/useNow";
import { Counts } from "./Counts";
import { NoMatch } from "./NoMatch";
import { Problems } from "./Problems";
import { flatten } from "./rows";
import { TreeTable } from "./TreeTable";
import { useFilter } from "./useFilter";
import { useFolds } from "./useFolds";
import { WhatDiffers } from "./WhatDiffers";

const Tiles = lazy(() => import("./Tiles"));
const Treemap = lazy(() => import("./Treemap"));

/** The overview as Torch showed it at another time. */
export default function PastOverview({ at }: { at: string }) {
  const trees = useQuery(treesAtQuery(at));
  return (
    <Then value={Date.parse(at)}>
      <Reading query={trees} what="the tree of then" rows={8} height={24}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={`Nothing was watched yet, ${moment(at)}`}>
              <p>Choose a later time in the band above, or go back to now.</p>
            </Empty>
          ) : (
            <Watched trees={found} at={at} />
          )
        }
      </Reading>
    </Then>
  );
}

/** Histories reach until now, so a past tree has none. */
const noHistory: ReadonlyMap<string, NodeHistory> = new Map();

function Watched({ trees, at }: { trees: TreeNode[]; at: string }) {
  const [filter, setFilter, view, setView] = useFilter();
  const [folds, fold] = useFolds(trees);
  const nodes = useMemo(() => allNodes(trees), [trees]);
  const counts = useMemo(() => countByStatus(nodes.values()), [nodes]);
  const problems = useMemo(() => rootCauses(trees), [trees]);
  const rows = useMemo(() => flatten(trees, folds, filter), [trees, folds, filter]);
  const total = [...counts].reduce((sum, [name, n]) => (isProblem(name) ? sum + n : sum), 0);
  return (
    <>
      <Counts counts={counts} filter={filter} onFilter={setFilter} view={view} onView={setView} />
      <Problems problems={problems} total={total} onShowAll={() => setFilter({ problemsOnly: true })} />
      <WhatDiffers at={at} />
      {rows.length > 0 ? (
        <Suspense>
          {view === "tiles" ? <Tiles trees={trees} filter={filter} history={noHistory} /> : null}
          {view === "treemap" ? <Treemap trees={trees} filter={filter} history={noHistory} /> : null}
          {view === "table" ? (
            <TreeTable
              rows={rows}
              history={noHistory}
              onFold={fold}
              onProblemsOnly={() => setFilter({ problemsOnly: !filter.problemsOnly })}
            />
          ) : null}
        </Suspense>
      ) : (
        <NoMatch filter={filter} nodes={nodes.size} onFilter={setFilter} />
      )}
    </>
  );
}

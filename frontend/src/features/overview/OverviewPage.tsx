import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { TreeNode } from "../../api/model";
import { explainError } from "../../api/problem";
import { overviewQuery, treesQuery } from "../../api/queries";
import { allNodes, countByStatus, rootCauses } from "../../live/tree";
import { useInstant } from "../../live/useInstant";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Notice } from "../../ui/Notice";
import { SkeletonRows } from "../../ui/Skeleton";
import { isProblem } from "../../util/status";
import { Counts } from "./Counts";
import { FirstRun } from "./FirstRun";
import { NoMatch } from "./NoMatch";
import "./overview.css";
import { Problems } from "./Problems";
import { flatten } from "./rows";
import { TreeTable } from "./TreeTable";
import { useFilter } from "./useFilter";
import { useFolds } from "./useFolds";

const PastOverview = lazy(() => import("./PastOverview"));
const NewNode = lazy(() => import("../../live/NewNode"));

export function OverviewPage() {
  const [at] = useInstant();
  return at ? (
    <Suspense>
      <PastOverview at={at} />
    </Suspense>
  ) : (
    <Present />
  );
}

function Present() {
  const trees = useQuery(treesQuery());
  if (trees.isPending) return <SkeletonRows rows={8} indent />;
  if (trees.isError && !trees.data)
    return (
      <Notice
        title="The tree could not be read."
        urgent
        action={<Button onClick={() => trees.refetch()}>Again</Button>}
      >
        {explainError(trees.error)}
      </Notice>
    );
  return trees.data.length === 0 ? <FirstRun /> : <Watched trees={trees.data} />;
}

function Watched({ trees }: { trees: TreeNode[] }) {
  const overview = useQuery(overviewQuery());
  const [filter, setFilter] = useFilter();
  const [folds, fold] = useFolds(trees);
  const [creating, setCreating] = useState(false);
  const nodes = useMemo(() => allNodes(trees), [trees]);
  const counts = useMemo(() => countByStatus(nodes.values()), [nodes]);
  const problems = useMemo(() => rootCauses(trees), [trees]);
  const rows = useMemo(() => flatten(trees, folds, filter), [trees, folds, filter]);
  const history = useMemo(
    () => new Map((overview.data?.nodes ?? []).map((node) => [node.nodeId, node])),
    [overview.data],
  );
  const total = [...counts].reduce((sum, [name, n]) => (isProblem(name) ? sum + n : sum), 0);
  const toggleProblems = useCallback(
    () => setFilter({ problemsOnly: !filter.problemsOnly }),
    [setFilter, filter.problemsOnly],
  );
  return (
    <>
      <Counts counts={counts} filter={filter} onFilter={setFilter} onNew={() => setCreating(true)} />
      <Problems problems={problems} total={total} onShowAll={() => setFilter({ problemsOnly: true })} />
      {overview.isError ? (
        <Notice
          title="The history could not be read."
          action={
            <Button small onClick={() => overview.refetch()}>
              Again
            </Button>
          }
        >
          {explainError(overview.error)} Statuses are live.
        </Notice>
      ) : null}
      {rows.length > 0 ? (
        <TreeTable rows={rows} history={history} onFold={fold} onProblemsOnly={toggleProblems} />
      ) : total === 0 && filter.problemsOnly && !filter.query ? (
        <Empty title="No problems" actions={<Button onClick={toggleProblems}>Show all nodes</Button>}>
          <p>Everything that is watched is as it should be.</p>
        </Empty>
      ) : (
        <NoMatch filter={filter} nodes={nodes.size} onFilter={setFilter} />
      )}
      <Suspense>{creating ? <NewNode onClose={() => setCreating(false)} /> : null}</Suspense>
    </>
  );
}

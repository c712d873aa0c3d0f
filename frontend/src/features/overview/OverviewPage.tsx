import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/overview";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { TreeNode } from "../../api/model";
import type { Moved } from "../../api/moves";
import { explainError } from "../../api/problem";
import { overviewQuery, treesQuery } from "../../api/queries";
import { allNodes, countNodes } from "../../live/places";
import { Reading } from "../../live/Reading";
import { countByStatus, rootCauses } from "../../live/tree";
import { useInstant } from "../../live/useInstant";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Notice } from "../../ui/Notice";
import { isProblem } from "../../util/status";
import { Counts } from "./Counts";
import { FirstRun } from "./FirstRun";
import { NoMatch } from "./NoMatch";
import "./overview.css";
import { causesShown, Problems } from "./Problems";
import type { Row } from "./rows";
import { movedOf, nodesOf } from "./selection";
import { TreeTable } from "./TreeTable";
import { useFilter } from "./useFilter";
import { useFolds } from "./useFolds";
import { useHistories } from "./useHistories";
import { useRows } from "./useRows";
import { useSelection } from "./useSelection";

const PastOverview = lazy(() => import("./PastOverview"));
const NewNode = lazy(() => import("../../live/NewNode"));
const MoveNodes = lazy(() => import("../../live/MoveNodes"));
const BulkBar = lazy(() => import("./BulkBar"));
const Tiles = lazy(() => import("./Tiles"));
const Treemap = lazy(() => import("./Treemap"));

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
  return (
    <Reading query={trees} what={t.theTree} rows={8} height={24}>
      {(found) => (found.length === 0 ? <FirstRun /> : <Watched trees={found} />)}
    </Reading>
  );
}

interface Moving {
  nodes: readonly Moved[];
  to?: string | null;
}

function Watched({ trees }: { trees: TreeNode[] }) {
  const overview = useQuery(overviewQuery());
  const [filter, setFilter, view, setView] = useFilter();
  const [folds, fold] = useFolds(trees);
  const [creating, setCreating] = useState(false);
  const [moving, setMoving] = useState<Moving>();
  const counts = useMemo(() => countByStatus(trees), [trees]);
  const causes = useMemo(() => rootCauses(trees, causesShown), [trees]);
  const rows = useRows(trees, folds, filter);
  const selection = useSelection(rows);
  const history = useHistories(overview.data);
  const total = [...counts].reduce((sum, [name, n]) => (isProblem(name) ? sum + n : sum), 0);
  const toggleProblems = useCallback(
    () => setFilter({ problemsOnly: !filter.problemsOnly }),
    [setFilter, filter.problemsOnly],
  );
  const create = useCallback(() => setCreating(true), []);
  const showProblems = useCallback(() => setFilter({ problemsOnly: true }), [setFilter]);
  const onPlace = useCallback(
    (keys: readonly string[], target: Row | null) =>
      setMoving({ nodes: movedOf(keys, allNodes(trees)), to: target?.node.id ?? null }),
    [trees],
  );
  const editing = useMemo(
    () => ({ picked: selection.picked, onPick: selection.pick, onPlace }),
    [selection.picked, selection.pick, onPlace],
  );
  const picked = selection.picked;
  return (
    <>
      <Counts
        counts={counts}
        filter={filter}
        onFilter={setFilter}
        view={view}
        onView={setView}
        onNew={create}
        onSelect={view === "table" ? (picked ? selection.clear : selection.begin) : undefined}
        selecting={picked !== undefined}
      />
      <Problems causes={causes} total={total} onShowAll={showProblems} />
      {overview.isError ? (
        <Notice
          title={t.theHistoryCouldNotBeRead}
          action={
            <Button small onClick={() => overview.refetch()}>
              {t.again}
            </Button>
          }
        >
          {t.statusesAreLive(explainError(overview.error))}
        </Notice>
      ) : null}
      {rows.length > 0 ? (
        <Suspense>
          {view === "tiles" ? <Tiles trees={trees} filter={filter} history={history} /> : null}
          {view === "treemap" ? <Treemap trees={trees} filter={filter} history={history} /> : null}
          {view === "table" ? (
            <TreeTable
              trees={trees}
              rows={rows}
              history={history}
              onFold={fold}
              onProblemsOnly={toggleProblems}
              editing={editing}
            />
          ) : null}
        </Suspense>
      ) : total === 0 && filter.problemsOnly && !filter.query ? (
        <Empty title={t.noProblems} actions={<Button onClick={toggleProblems}>{t.showAllNodes}</Button>}>
          <p>{t.everythingThatIsWatchedIsAsIt}</p>
        </Empty>
      ) : (
        <NoMatch filter={filter} nodes={countNodes(trees)} onFilter={setFilter} />
      )}
      <Suspense>
        {creating ? <NewNode onClose={() => setCreating(false)} /> : null}
        {picked && view === "table" ? (
          <BulkBar
            nodes={nodesOf(picked, allNodes(trees))}
            shown={rows.length}
            onAll={selection.all}
            onMove={() => setMoving({ nodes: movedOf(picked, allNodes(trees)) })}
            onDone={selection.clear}
            onClose={selection.clear}
          />
        ) : null}
        {moving ? <MoveNodes {...moving} onMoved={selection.clear} onClose={() => setMoving(undefined)} /> : null}
      </Suspense>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@texts/overview";
import { lazy, Suspense, useMemo } from "react";
import type { NodeHistory, TreeNode } from "../../api/model";
import { overviewAtQuery, type RulesOf, treesAtQuery } from "../../api/past";
import { countNodes } from "../../live/places";
import { Reading } from "../../live/Reading";
import { countByStatus, rootCauses } from "../../live/tree";
import { Empty } from "../../ui/Empty";
import { useMay } from "../../ui/may";
import { Select } from "../../ui/Select";
import { isProblem } from "../../util/status";
import { moment } from "../../util/time";
import { Then } from "../../util/useNow";
import { Counts } from "./Counts";
import { NoMatch } from "./NoMatch";
import { causesShown, Problems } from "./Problems";
import { TreeTable } from "./TreeTable";
import { useFilter } from "./useFilter";
import { useFolds } from "./useFolds";
import { useRows } from "./useRows";
import { WhatDiffers } from "./WhatDiffers";

const Tiles = lazy(() => import("./Tiles"));
const Treemap = lazy(() => import("./Treemap"));

/** The overview as Torch showed it at another time. */
export default function PastOverview({ at }: { at: string }) {
  const [rules, judgeBy] = useRules();
  const trees = useQuery(treesAtQuery(at, rules));
  return (
    <Then value={Date.parse(at)}>
      <Reading query={trees} what={t.theTreeOfThen} rows={8} height={24}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={t.nothingWasWatchedYet(moment(at))}>
              <p>{t.chooseALaterTimeInTheBandAboveOr}</p>
            </Empty>
          ) : (
            <>
              <div className="row pad t2 under">
                {t.statusesUnder}
                <Select className="sm" label={t.rules} value={rules} options={rulesOf} onChange={judgeBy} />
              </div>
              <Watched trees={found} at={at} rules={rules} />
            </>
          )
        }
      </Reading>
    </Then>
  );
}

const rulesOf = [
  { value: "then", label: t.theRulesOfThen },
  { value: "now", label: t.theRulesOfNow },
] as const;

/** Whose rules stands in the URL. */
function useRules(): [RulesOf, (rules: RulesOf) => void] {
  const { rules } = useSearch({ strict: false }) as { rules?: unknown };
  const navigate = useNavigate();
  return [
    rules === "now" ? "now" : "then",
    (to) =>
      void navigate({
        to: ".",
        search: ((known: object) => ({ ...known, rules: to === "now" ? to : undefined })) as never,
        replace: true,
      }),
  ];
}

function Watched({ trees, at, rules }: { trees: TreeNode[]; at: string; rules: RulesOf }) {
  const all = useMay("all");
  const overview = useQuery(overviewAtQuery(at));
  const history = useMemo(
    () => new Map<string, NodeHistory>((overview.data?.nodes ?? []).map((node) => [node.nodeId, node])),
    [overview.data],
  );
  const [filter, setFilter, view, setView] = useFilter();
  const [folds, fold] = useFolds(trees);
  const counts = useMemo(() => countByStatus(trees), [trees]);
  const causes = useMemo(() => rootCauses(trees, causesShown), [trees]);
  const rows = useRows(trees, folds, filter);
  const total = [...counts].reduce((sum, [name, n]) => (isProblem(name) ? sum + n : sum), 0);
  return (
    <>
      <Counts counts={counts} filter={filter} onFilter={setFilter} view={view} onView={setView} />
      <Problems causes={causes} total={total} onShowAll={() => setFilter({ problemsOnly: true })} />
      {all ? <WhatDiffers at={at} rules={rules} /> : null}
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
              onProblemsOnly={() => setFilter({ problemsOnly: !filter.problemsOnly })}
            />
          ) : null}
        </Suspense>
      ) : (
        <NoMatch filter={filter} nodes={countNodes(trees)} onFilter={setFilter} />
      )}
    </>
  );
}

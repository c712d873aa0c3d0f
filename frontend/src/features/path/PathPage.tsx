import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { t } from "@texts/path";
import { useMemo, useState } from "react";
import type { CausesView } from "../../api/model";
import { causesQuery, nodeQuery } from "../../api/queries";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { useInstant } from "../../live/useInstant";
import { Link } from "../../ui/Link";
import { Seg } from "../../ui/Seg";
import { SkeletonRows } from "../../ui/Skeleton";
import { count, counted } from "../../util/number";
import { paths } from "../../util/paths";
import { byWorst } from "../../util/status";
import { moment, utc } from "../../util/time";
import { folded } from "./fold";
import { Graph } from "./Graph";
import "./path.css";
import { useLayout } from "./useLayout";

/** So many nodes can be read as a picture; so many the server tells. */
const [firstDrawn, mostDrawn] = [500, 1000];

/** From the roots over a node down to what caused its status, now or as of another time. */
export function PathPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [most, setMost] = useState(firstDrawn);
  const [at] = useInstant();
  const causes = useQuery(causesQuery(id, most, at));
  return (
    <Reading
      query={causes}
      what={t.theMonitoringPath}
      rows={8}
      height={52}
      missing={{ title: at ? t.thereWasNoSuchNodeThen : t.thereIsNoSuchNode, to: paths.overview(), word: t.overview }}
    >
      {(view) => (
        <Path key={id} view={view} onMore={view.cut && most < mostDrawn ? () => setMost(mostDrawn) : undefined} />
      )}
    </Reading>
  );
}

function Path({ view, onMore }: { view: CausesView; onMore: (() => void) | undefined }) {
  const [as, setAs] = useState<"graph" | "table">("graph");
  const [at] = useInstant();
  const node = useQuery({ ...nodeQuery(view.nodeId), enabled: !at });
  const name = (at ? undefined : node.data?.name) ?? view.nodes.find(({ id }) => id === view.nodeId)?.name ?? "";
  const roots = view.nodes.filter((n) => n.rootCause);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.monitoringPathOf(name)}</h1>
          <p className="sub">
            {summary(view, roots.length)}{" "}
            {onMore ? (
              <button type="button" className="linkbtn" onClick={onMore}>
                {t.drawMore(count(mostDrawn))}
              </button>
            ) : null}
          </p>
        </div>
        <div className="acts">
          <Seg
            label={t.shownAs}
            value={as}
            options={[
              { value: "graph", label: t.graph },
              { value: "table", label: t.table },
            ]}
            onChange={setAs}
          />
          <Link className="btn" to={paths.node(view.nodeId)}>
            {t.openTheNode}
          </Link>
        </div>
      </div>
      {as === "graph" ? <Drawn view={view} /> : <Table view={view} />}
    </>
  );
}

function summary(view: CausesView, roots: number): string {
  const left = view.nodes.reduce((sum, node) => sum + node.otherProblems, 0);
  const cut =
    left > 0 ? t.moreAreNotDrawn(counted(left, t.moreProblems)) : view.cut ? t.moreBelongToItThanAreDrawn : "";
  const shown = counted(view.nodes.length, t.nodes);
  if (roots === 0) return t.nothingHasAProblemHere(shown, cut);
  return t.aStrongLineIsOneThatDecided(shown, counted(roots, t.rootCauses), cut);
}

function Drawn({ view }: { view: CausesView }) {
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const drawn = useMemo(() => folded(view, open), [view, open]);
  const placed = useLayout(drawn, phone);
  if (!placed) return <SkeletonRows rows={8} height={52} />;
  return (
    <Graph
      nodeId={view.nodeId}
      {...drawn}
      placed={placed}
      onOpen={(parent) => setOpen(new Set([...open, parent]))}
      onFold={open.size > 0 ? () => setOpen(new Set()) : undefined}
    />
  );
}

function Table({ view }: { view: CausesView }) {
  const names = useMemo(() => new Map(view.nodes.map((node) => [node.id, node.name])), [view.nodes]);
  const parents = useMemo(() => {
    const found = new Map<string, string[]>();
    for (const { parentId, childId } of view.edges)
      found.set(childId, [...(found.get(childId) ?? []), names.get(parentId) ?? ""]);
    return found;
  }, [view.edges, names]);
  const nodes = [...view.nodes].sort(
    (a, b) => Number(b.rootCause ?? 0) - Number(a.rootCause ?? 0) || byWorst(a.status, b.status),
  );
  return (
    <section className="sec">
      <table className="tbl stack">
        <thead>
          <tr>
            <th>{t.node}</th>
            <th>{t.status}</th>
            <th>{t.below}</th>
            <th>{t.since}</th>
            <th>{t.why}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id}>
              <td>
                <Link to={paths.node(node.id)}>{node.name}</Link>
                {node.rootCause ? <b> {t.rootCause}</b> : null}
              </td>
              <td>
                <Status name={node.status} />
              </td>
              <td className="t2">{parents.get(node.id)?.join(", ") ?? t.theTop}</td>
              <td className="t3" title={utc(node.since)}>
                {moment(node.since)}
              </td>
              <td className="t2 full">{node.sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { t } from "@texts/path";
import { useMemo, useState } from "react";
import type { CausesView } from "../../api/model";
import { causesQuery, nodeQuery } from "../../api/queries";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { Link } from "../../ui/Link";
import { Seg } from "../../ui/Seg";
import { SkeletonRows } from "../../ui/Skeleton";
import { counted } from "../../util/number";
import { paths } from "../../util/paths";
import { byWorst } from "../../util/status";
import { moment, utc } from "../../util/time";
import { Graph } from "./Graph";
import "./path.css";
import { useLayout } from "./useLayout";

/** From the roots over a node down to what caused its status. */
export function PathPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const causes = useQuery(causesQuery(id));
  return (
    <Reading
      query={causes}
      what={t.theMonitoringPath}
      rows={8}
      height={52}
      missing={{ title: t.thereIsNoSuchNode, to: paths.overview(), word: t.overview }}
    >
      {(view) => <Path key={id} view={view} />}
    </Reading>
  );
}

function Path({ view }: { view: CausesView }) {
  const [as, setAs] = useState<"graph" | "table">("graph");
  const node = useQuery(nodeQuery(view.nodeId));
  const name = node.data?.name ?? view.nodes.find(({ id }) => id === view.nodeId)?.name ?? "";
  const roots = view.nodes.filter((n) => n.rootCause);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.monitoringPathOf(name)}</h1>
          <p className="sub">{summary(view, roots.length)}</p>
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
  const cut = view.cut ? t.moreBelongToItThanAreDrawn : "";
  const shown = counted(view.nodes.length, t.nodes);
  if (roots === 0) return t.nothingHasAProblemHere(shown, cut);
  return t.aStrongLineIsOneThatDecided(shown, counted(roots, t.rootCauses), cut);
}

function Drawn({ view }: { view: CausesView }) {
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  const placed = useLayout(view, phone);
  if (!placed) return <SkeletonRows rows={8} height={52} />;
  return <Graph view={view} placed={placed} />;
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

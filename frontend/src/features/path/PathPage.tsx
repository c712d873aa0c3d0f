import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
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
      what="the monitoring path"
      rows={8}
      height={52}
      missing={{ title: "There is no such node", to: paths.overview(), word: "Overview" }}
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
          <h1>Monitoring path of {name}</h1>
          <p className="sub">{summary(view, roots.length)}</p>
        </div>
        <div className="acts">
          <Seg
            label="Shown as"
            value={as}
            options={[
              { value: "graph", label: "Graph" },
              { value: "table", label: "Table" },
            ]}
            onChange={setAs}
          />
          <Link className="btn" to={paths.node(view.nodeId)}>
            Open the node
          </Link>
        </div>
      </div>
      {as === "graph" ? <Drawn view={view} /> : <Table view={view} />}
    </>
  );
}

function summary(view: CausesView, roots: number): string {
  const cut = view.cut ? "; more belong to it than are drawn" : "";
  const shown = counted(view.nodes.length, "node");
  if (roots === 0) return `${shown}: nothing has a problem here${cut}.`;
  return `${shown}, ${counted(roots, "root cause")}${cut}. A strong line is one that decided.`;
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
            <th>Node</th>
            <th>Status</th>
            <th>Below</th>
            <th>Since</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id}>
              <td>
                <Link to={paths.node(node.id)}>{node.name}</Link>
                {node.rootCause ? <b> root cause</b> : null}
              </td>
              <td>
                <Status name={node.status} />
              </td>
              <td className="t2">{parents.get(node.id)?.join(", ") ?? "the top"}</td>
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

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { t } from "@texts/node";
import { lazy, Suspense, useMemo, useState } from "react";
import type { Explanation, NodeView } from "../../api/model";
import { explainQuery, nodeQuery, treesQuery } from "../../api/queries";
import { useLiveObservations } from "../../live/LiveProvider";
import { isProbe, type LeafCheck, leavesOf } from "../../live/leaves";
import { allNodes } from "../../live/places";
import { Reading } from "../../live/Reading";
import { ResponseCharts } from "../../live/ResponseCharts";
import { usePickChart } from "../../live/response/useChart";
import { useInstant } from "../../live/useInstant";
import { Empty } from "../../ui/Empty";
import { Later } from "../../ui/Later";
import { Select } from "../../ui/Select";
import { paths } from "../../util/paths";
import { Beats } from "./Beats";
import { Children } from "./Children";
import { Dependencies } from "./Dependencies";
import { GroupObservations, LeafObservations } from "./LatestObservations";
import { Marks } from "./Marks";
import { NodeHead } from "./NodeHead";
import "./node.css";
import { Timeline } from "./Timeline";
import { Why } from "./Why";

const PastNode = lazy(() => import("./PastNode"));

export function NodePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [at] = useInstant();
  return at ? (
    <Suspense>
      <PastNode key={id} id={id} at={at} />
    </Suspense>
  ) : (
    <Present id={id} />
  );
}

function Present({ id }: { id: string }) {
  const node = useQuery(nodeQuery(id));
  useLiveObservations();
  return (
    <Reading
      query={node}
      what={t.theNode}
      rows={8}
      missing={{ title: t.thereIsNoSuchNode, to: paths.overview(), word: t.overview }}
    >
      {(found) => <Loaded key={id} node={found} />}
    </Reading>
  );
}

function Loaded({ node }: { node: NodeView }) {
  const explanation = useQuery(explainQuery(node.id));
  return (
    <>
      <NodeHead node={node} />
      <Beats node={node} />
      <Marks node={node} />
      <Why node={node} />
      <Later>
        <Timeline node={node} />
        {node.children.length > 0 ? <Children node={node} explanation={explanation.data} /> : null}
        <Dependencies node={node} />
        {node.checkId ? (
          <Leaf node={node} checkId={node.checkId} />
        ) : (
          <Group node={node} explanation={explanation.data} />
        )}
      </Later>
    </>
  );
}

const Leaf = ({ node, checkId }: { node: NodeView; checkId: string }) => (
  <>
    <ResponseCharts nodeId={node.id} rulesOf={[node.id]} checkId={checkId} probe={isProbe(node.checkKind)} />
    <LeafObservations checkId={checkId} />
  </>
);

function Group({ node, explanation }: { node: NodeView; explanation: Explanation | undefined }) {
  const trees = useQuery(treesQuery());
  const leaves = useMemo(() => leavesOf(allNodes(trees.data ?? []).get(node.id)), [trees.data, node.id]);
  if (leaves.length === 0)
    return node.children.length > 0 ? null : (
      <Empty title={t.nothingStandsBelowThisNodeYet}>
        <p>{t.addACheckPlaceAReportHereOrMakeA}</p>
      </Empty>
    );
  const probes = leaves.filter((leaf) => isProbe(leaf.kind));
  return (
    <>
      {probes.length > 0 ? <GroupCharts nodeId={node.id} probes={probes} explanation={explanation} /> : null}
      <GroupObservations nodeId={node.id} />
    </>
  );
}

/** One check at a time; at first the one that caused it. */
function GroupCharts(props: { nodeId: string; probes: LeafCheck[]; explanation: Explanation | undefined }) {
  const { nodeId, probes, explanation } = props;
  const [chosen, choose] = useState<string>();
  const pick = usePickChart();
  const cause = explanation?.rootCauses.find((root) => probes.some((probe) => probe.checkId === root.checkId));
  const checkId = chosen ?? cause?.checkId ?? probes[0]?.checkId;
  if (!checkId) return null;
  return (
    <ResponseCharts
      nodeId={nodeId}
      rulesOf={probes.filter((probe) => probe.checkId === checkId).map((probe) => probe.nodeId)}
      checkId={checkId}
      probe
      note={
        probes.length > 1 ? (
          <Select
            className="sm"
            label={t.check}
            value={checkId}
            options={probes.map((probe) => ({ value: probe.checkId, label: probe.name }))}
            onChange={(to) => {
              choose(to);
              pick(undefined);
            }}
          />
        ) : (
          probes[0]?.name
        )
      }
    />
  );
}

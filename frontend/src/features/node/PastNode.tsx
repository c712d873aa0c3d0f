import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import type { Explanation, NodeView } from "../../api/model";
import { explainAsOfQuery, nodeAtQuery } from "../../api/past";
import { isProbe } from "../../live/leaves";
import { Reading } from "../../live/Reading";
import { ResponseCharts } from "../../live/ResponseCharts";
import { Status } from "../../live/Status";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { count } from "../../util/number";
import { paths } from "../../util/paths";
import { utc } from "../../util/time";
import { Then } from "../../util/useNow";
import { Children } from "./Children";
import { Clauses } from "./Clauses";
import { NodeTitle } from "./NodeTitle";
import { Timeline } from "./Timeline";

const day = 86_400_000;
const shifted = (at: string, by: number) => new Date(Date.parse(at) + by).toISOString();

/** The node as Torch showed it at another time: status, why, what it had been, children, response times. */
export default function PastNode({ id, at }: { id: string; at: string }) {
  const node = useQuery(nodeAtQuery(id, at));
  return (
    <Then value={Date.parse(at)}>
      <Reading
        query={node}
        what={t.theNodeOfThen}
        rows={8}
        missing={{ title: t.thereWasNoSuchNodeThen, to: paths.overview(), word: t.overviewOfThen }}
      >
        {(found) => <Loaded node={found} at={at} />}
      </Reading>
    </Then>
  );
}

function Loaded({ node, at }: { node: NodeView; at: string }) {
  const explanation = useQuery(explainAsOfQuery(node.id, at));
  return (
    <>
      <div className="head">
        <NodeTitle node={node} />
        <div className="acts">
          <Link
            needs="all"
            className="btn"
            to={paths.audit()}
            search={{ node: node.id, from: shifted(at, -day), to: shifted(at, day) }}
          >
            {t.auditOfThatTime}
          </Link>
          <Link className="btn" to={paths.path(node.id)}>
            {t.monitoringPathOfThen}
          </Link>
          <Link needs="all" className="btn" to={paths.rules(node.id)}>
            {t.rulesOfThen}
          </Link>
          <Link className="btn" to={paths.history(node.id)}>
            {t.rulesOverTime}
          </Link>
        </div>
      </div>
      <Reading query={explanation} what={t.theExplanationOfThen} rows={4} height={28}>
        {(told) => <Why node={node} explanation={told} />}
      </Reading>
      <Timeline node={node} at={at} />
      {node.children.length > 0 ? <Children node={node} explanation={explanation.data} past /> : null}
      {node.checkId ? (
        <ResponseCharts
          nodeId={node.id}
          rulesOf={[node.id]}
          checkId={node.checkId}
          probe={isProbe(node.checkKind)}
          at={at}
        />
      ) : null}
    </>
  );
}

function Why({ node, explanation }: { node: NodeView; explanation: Explanation }) {
  const causes = explanation.rootCauses.filter((cause) => cause.nodeId !== node.id);
  return (
    <>
      <section className="sec" aria-label={t.whyThen}>
        <p className="whyp">{explanation.sentence}</p>
        <p className="rulemeta">
          {explanation.rulesVersion > 0 ? (
            <span>{t.underVersionOfTheRules(count(explanation.rulesVersion))}</span>
          ) : null}
          <span>{t.position(count(explanation.position))}</span>
        </p>
        <Clauses explanation={explanation} leaf={node.checkId != null} />
      </section>
      {causes.length > 0 ? (
        <Section title={t.rootCausesThen}>
          <ul>
            {causes.map((cause) => (
              <li key={cause.nodeId} className="row" title={utc(node.since)}>
                <Status name={cause.status} />
                <Link to={paths.node(cause.nodeId)}>{cause.name}</Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import type { NodeView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { slosQuery } from "../../api/slos";
import { Badges } from "../../live/Badges";
import { NodeLinks } from "../../live/NodeLinks";
import { allNodes } from "../../live/places";
import { StatusShape } from "../../live/Status";
import { Link } from "../../ui/Link";
import { Said } from "../../ui/Said";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import { exactAge, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";

/** What it is called, how it is and since when, where it stands, and what was promised of it. */
export function NodeTitle({ node }: { node: NodeView }) {
  const now = useNow();
  const parent = node.path.at(-2);
  const kind = node.checkKind ?? "group";
  const place = parent ? t.weightIn(kind, node.weight, parent.name) : node.checkKind ? kind : t.rootOfAHierarchy;
  return (
    <div className="title">
      <h1 className="row">
        <StatusShape name={node.status} size="lg" />
        {node.name}
      </h1>
      <p className="sub">
        <Said
          text={t.forSince(exactAge(now - Date.parse(node.since)))}
          status={<b className={`ct s-${look(node.status).tone}`}>{node.status}</b>}
          at={<span title={utc(node.since)}>{moment(node.since)}</span>}
        />{" "}
        <span className="t3">&ensp;{place}</span> <AlsoIn node={node} />
        &ensp; <Promised node={node} />
        <Badges of={node} />
        {node.tags.length > 0 ? <>&ensp;</> : null}
        {node.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
    </div>
  );
}

/** Its other parents: it stands under several. */
function AlsoIn({ node }: { node: NodeView }) {
  const trees = useQuery(treesQuery());
  const first = node.path.at(-2)?.id;
  const others = node.parentIds.filter((id) => id !== first);
  if (others.length === 0) return null;
  const known = allNodes(trees.data ?? []);
  const places = others.map((id) => ({ id, name: known.get(id)?.name ?? "…" }));
  return (
    <span className="t3">
      <Said text={t.alsoIn} nodes={<NodeLinks nodes={places} />} />{" "}
    </span>
  );
}

/** What was promised of it. */
function Promised({ node }: { node: NodeView }) {
  const objectives = useQuery(slosQuery());
  const own = (objectives.data ?? []).filter((objective) => objective.nodeId === node.id);
  const [only] = own;
  if (!only) return null;
  return own.length === 1 ? (
    <Link className="link" to={paths.slo(only.id)}>
      {t.objective(only.name)}
    </Link>
  ) : (
    <Link className="link" to={paths.slos()} search={{ node: node.id }}>
      {t.objectives(own.length)}
    </Link>
  );
}

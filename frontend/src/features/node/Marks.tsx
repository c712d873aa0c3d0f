import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { type ReactNode, useMemo } from "react";
import { clearManualStatus, unacknowledge } from "../../api/masks";
import type { NodeView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { NodeLinks } from "../../live/NodeLinks";
import { allNodes } from "../../live/places";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { Said } from "../../ui/Said";
import type { IconName } from "../../ui/Sprite";
import { paths } from "../../util/paths";
import { moment, utc } from "../../util/time";
import { TakeBack } from "./TakeBack";

/** What people and masks say of the node, a line each, with how to take it back. */
export function Marks({ node }: { node: NodeView }) {
  const { manual, maintenance, acknowledged, flapping, pending } = node;
  return (
    <>
      {manual ? (
        <MarkLine
          icon="pencil"
          title={t.setToByHand(manual.status, who(manual.by))}
          action={<TakeBack label={t.clearIt} change={() => clearManualStatus(node.id)} />}
        >
          {manual.reason} <Until at={manual.until} />
        </MarkLine>
      ) : null}
      {maintenance ? (
        <MarkLine
          icon="wrench"
          title={t.inMaintenance}
          action={
            <Link className="btn sm" to={paths.window(maintenance.windowId)}>
              {t.openTheWindow}
            </Link>
          }
        >
          {maintenance.name} <Until at={maintenance.until} />
        </MarkLine>
      ) : null}
      {acknowledged ? (
        <MarkLine
          icon="ack"
          title={t.acknowledged(who(acknowledged.by), moment(acknowledged.at))}
          at={acknowledged.at}
          action={<TakeBack label={t.takeItBack} change={() => unacknowledge(node.id)} />}
        >
          {acknowledged.reason} <Until at={acknowledged.until} />
        </MarkLine>
      ) : null}
      {flapping ? (
        <MarkLine icon="flap" title={t.flapping}>
          {t.itChangesTooOftenToBeBelieved}
        </MarkLine>
      ) : null}
      {pending ? (
        <MarkLine icon="clock" title={t.perhaps(pending.status)}>
          {pending.of ? t.ofResultsInARow(pending.attempts, pending.of) : ""}
          {pending.due ? <span title={utc(pending.due)}>{t.itCountsAtIfNothingChanges(moment(pending.due))}</span> : ""}
        </MarkLine>
      ) : null}
      <Suppressed node={node} />
    </>
  );
}

const who = (by: string | null | undefined) => (by ? t.by2(by) : "");

const Until = ({ at }: { at: string | null | undefined }) =>
  at ? (
    <span className="t3" title={utc(at)}>
      {t.until(moment(at))}
    </span>
  ) : null;

interface Mark {
  icon: IconName;
  title: string;
  /** The instant that the title tells. */
  at?: string;
  children: ReactNode;
  action?: ReactNode;
}

function MarkLine(props: Mark) {
  return (
    <div className="note-line">
      <Icon name={props.icon} />
      <span>
        <b title={props.at && utc(props.at)}>{props.title}</b> <span className="t2">{props.children}</span>
      </span>
      {props.action}
    </div>
  );
}

/** Nobody is told, because something that it depends on is already a problem. */
function Suppressed({ node }: { node: NodeView }) {
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  const above = node.suppressedBy ?? [];
  if (above.length === 0) return null;
  const causes = above.map((id) => ({ id, name: nodes.get(id)?.name ?? t.anotherNode }));
  return (
    <MarkLine icon="mute" title={t.nobodyIsToldOfThis}>
      <Said text={t.itDependsOn} nodes={<NodeLinks nodes={causes} />} />
    </MarkLine>
  );
}

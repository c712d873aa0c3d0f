import { t } from "@texts/node";
import { lazy, Suspense, useState } from "react";
import type { EdgeView, Explanation, NodeView } from "../../api/model";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Name } from "../../ui/Name";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { paths } from "../../util/paths";
import { byWorst, look } from "../../util/status";
import { age, utc } from "../../util/time";
import { useNow } from "../../util/useNow";

const EditEdge = lazy(() => import("./EditEdge"));

/** The children as this node sees them, worst first. */
export function Children(props: { node: NodeView; explanation: Explanation | undefined; past?: boolean }) {
  const { node, explanation, past } = props;
  const now = useNow();
  const [edited, edit] = useState<EdgeView>();
  const deciding = new Map((explanation?.decidingChildren ?? []).map((child) => [child.nodeId, child]));
  const children = [...node.children].sort((a, b) => byWorst(a.status, b.status) || a.name.localeCompare(b.name));
  const counting = children.filter(counts);
  const weight = counting.reduce((sum, child) => sum + Number(child.weight), 0);
  return (
    <Section title={t.children} note={t.ofCountWeight(counting.length, children.length, count(weight))}>
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{t.child}</th>
            <th>{t.status}</th>
            <th className="num hide-p">{t.since}</th>
            <th>{t.countsAs2}</th>
            <th className="hide-p">{t.contribution}</th>
            <th className="hide-p">{t.weight}</th>
            <th className="hide-p">{t.required}</th>
            <th className="hide-p">{t.decided}</th>
            {past ? null : (
              <th>
                <span className="vh">{t.edit}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {children.map((child) => {
            const decided = deciding.get(child.id);
            return (
              <tr key={child.id}>
                <td className="name">
                  <Link to={paths.node(child.id)}>
                    <Name of={child.name} />
                  </Link>{" "}
                  <span className="t3 small hide-p">{child.checkKind ?? t.group}</span>
                </td>
                <td>
                  <Status name={child.status} />
                </td>
                <td className="num t3 hide-p" title={utc(child.since)}>
                  {age(now - Date.parse(child.since))}
                </td>
                <td>
                  {counts(child) ? (
                    <Status name={decided?.countsAs ?? child.status} />
                  ) : (
                    <span className="t3">{t.leftOut}</span>
                  )}
                </td>
                <td className="hide-p t2">{child.contribution.replaceAll("-", " ")}</td>
                <td className="hide-p">
                  <Weight child={child} decided={decided !== undefined} />
                </td>
                <td className="hide-p t3">{child.required ? t.required2 : none}</td>
                <td className="hide-p">{decided ? <b>{t.yes}</b> : <span className="t3">{t.no}</span>}</td>
                {past ? null : (
                  <td className="num">
                    <Button
                      needs="write"
                      small
                      look="quiet"
                      aria-label={t.howCounts(child.name)}
                      onClick={() => edit(child)}
                    >
                      {t.edit}
                    </Button>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      <Suspense>{edited ? <EditEdge parent={node} child={edited} onClose={() => edit(undefined)} /> : null}</Suspense>
    </Section>
  );
}

/** Neutral and ignored children leave the denominator. */
const counts = (child: EdgeView) => look(child.status).severity !== null && child.contribution !== "ignore";

const mostSquares = 5;

function Weight({ child, decided }: { child: EdgeView; decided: boolean }) {
  const squares = Math.max(1, Math.min(mostSquares, Math.round(Number(child.weight))));
  const className = counts(child) ? `weight s-${look(child.status).tone}${decided ? " on" : ""}` : "weight out";
  return (
    <>
      <span className={className} aria-hidden="true">
        {Array.from({ length: squares }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: squares have no identity
          <i key={i} />
        ))}
      </span>{" "}
      <span className="t2">{child.weight}</span>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t as texts } from "@texts/node";
import { useState } from "react";
import { annotationsQuery } from "../../api/annotations";
import type { NodeView } from "../../api/model";
import { publicationsQuery, transitionsAtQuery } from "../../api/past";
import { explainError } from "../../api/problem";
import { transitionsQuery } from "../../api/queries";
import { Button } from "../../ui/Button";
import { useMay } from "../../ui/may";
import { Notice } from "../../ui/Notice";
import { Section, TableSwitch } from "../../ui/Section";
import { counted } from "../../util/number";
import { byWorst, look } from "../../util/status";
import { useNow } from "../../util/useNow";
import { kinds, notedOf } from "./annotations";
import { PastWhy } from "./PastWhy";
import { hours, rulesOf } from "./ruleChanges";
import { segmentsOf } from "./segments";
import { Lane } from "./TimelineLane";
import { TimelineTable } from "./TimelineTable";

/** One lane of what the node was, with when its rules changed and when it was in maintenance; up to now, or up to another time. */
export function Timeline({ node, at }: { node: NodeView; at?: string }) {
  const transitions = useTransitions(node.id, at);
  const published = useQuery({ ...publicationsQuery(node.id, at, hours), enabled: useMay("all") });
  const annotations = useQuery(annotationsQuery(node.id, at, hours));
  const [table, setTable] = useState(false);
  const [asked, ask] = useAsked();
  const present = useNow(10_000) + 10_000;
  const to = at ? Date.parse(at) : present;
  const from = to - hours * 3_600_000;
  const rules = rulesOf(published.data ?? [], from, to);
  const noted = notedOf(annotations.data?.items ?? [], node.id, from, to);
  if (transitions.isError)
    return (
      <Notice
        title={texts.theTimelineCouldNotBeRead}
        action={
          <Button small onClick={() => transitions.refetch()}>
            {texts.again}
          </Button>
        }
      >
        {explainError(transitions.error)}
      </Notice>
    );
  const items = (transitions.data?.items ?? []).filter((t) => Date.parse(t.at) > from);
  const segments = segmentsOf(items, node, from, to);
  const seen = [...new Set(segments.map((segment) => segment.status))].sort(byWorst).reverse();
  return (
    <Section
      title={texts.timeline}
      note={[
        `${at ? `${hours} h before` : texts.lastH(hours)}, ${counted(items.length, texts.transitions)}`,
        ...(rules.length > 0 ? [counted(rules.length, texts.publicationsOfRules)] : []),
        ...(noted.length > 0 ? [counted(noted.length, texts.annotations)] : []),
      ].join(", ")}
      end={
        <>
          <span className="legend">
            {seen.map((status) => (
              <span key={status}>
                <i className={`s-${look(status).tone}${status === "up" ? " line" : ""}`} />
                {status}
              </span>
            ))}
            {segments[0] && segments[0].from > from ? (
              <span>
                <i className="nd" />
                {texts.noData}
              </span>
            ) : null}
            {rules.length > 0 ? (
              <span>
                <i className="ru" />
                {texts.rulesPublished}
              </span>
            ) : null}
            {[...new Set(noted.map(({ kind }) => kind))].sort().map((kind) => (
              <span key={kind}>
                <i className={`an ${kind}`} />
                {kinds[kind]}
              </span>
            ))}
          </span>
          <TableSwitch table={table} onChange={setTable} />
        </>
      }
    >
      {table ? (
        <TimelineTable
          segments={segments}
          rules={rules}
          noted={noted}
          to={to}
          past={at !== undefined}
          until={at ? texts.untilThen : texts.untilNow}
          onAsk={ask}
        />
      ) : (
        <Lane segments={segments} rules={rules} noted={noted} from={from} to={to} asked={asked} onAsk={ask} />
      )}
      {asked === undefined ? null : <PastWhy node={node} position={asked} segments={segments} onAsk={ask} />}
    </Section>
  );
}

function useTransitions(id: string, at: string | undefined) {
  const live = useQuery({ ...transitionsQuery(id, hours), enabled: !at });
  const then = useQuery({ ...transitionsAtQuery(id, at ?? "", hours), enabled: Boolean(at) });
  return at ? then : live;
}

/** Which past change is explained stands in the URL. */
function useAsked(): [number | undefined, (position: number | undefined) => void] {
  const { why } = useSearch({ strict: false }) as { why?: number };
  const navigate = useNavigate();
  return [
    Number.isSafeInteger(why) ? why : undefined,
    (position) =>
      void navigate({ to: ".", search: ((known: object) => ({ ...known, why: position })) as never, replace: true }),
  ];
}

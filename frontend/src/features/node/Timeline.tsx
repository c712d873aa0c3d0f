import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t as texts } from "@texts/node";
import { useState } from "react";
import type { AuditEntry, NodeView } from "../../api/model";
import { publicationsQuery, transitionsAtQuery } from "../../api/past";
import { explainError } from "../../api/problem";
import { transitionsQuery } from "../../api/queries";
import { Status, StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { timeTicks } from "../../ui/Chart";
import { Notice } from "../../ui/Notice";
import { Section, TableSwitch } from "../../ui/Section";
import { counted } from "../../util/number";
import { byWorst, isProblem, look } from "../../util/status";
import { clock, exactAge, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import { PastWhy } from "./PastWhy";
import { type Segment, segmentsOf } from "./segments";

/** A publication of the node's rules. */
interface RuleChange {
  at: number;
  position: number;
  version: number;
  by: string | null;
  reason: string | null;
}

const hours = 24;

/** One lane of what the node was, with when its rules changed and when it was in maintenance; up to now, or up to another time. */
export function Timeline({ node, at }: { node: NodeView; at?: string }) {
  const transitions = useTransitions(node.id, at);
  const published = useQuery(publicationsQuery(node.id, at, hours));
  const [table, setTable] = useState(false);
  const [asked, ask] = useAsked();
  const present = useNow(10_000) + 10_000;
  const to = at ? Date.parse(at) : present;
  const from = to - hours * 3_600_000;
  const rules = rulesOf(published.data ?? [], from, to);
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
          </span>
          <TableSwitch table={table} onChange={setTable} />
        </>
      }
    >
      {table ? (
        <TimelineTable
          segments={segments}
          rules={rules}
          to={to}
          until={at ? texts.untilThen : texts.untilNow}
          onAsk={ask}
        />
      ) : (
        <Lane segments={segments} rules={rules} from={from} to={to} asked={asked} onAsk={ask} />
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

const barHeight = (status: string) => (status === "up" ? 3 : look(status).height * 2);

interface LaneProps {
  segments: readonly Segment[];
  rules: readonly RuleChange[];
  from: number;
  to: number;
  asked: number | undefined;
  onAsk: (position: number | undefined) => void;
}

function Lane({ segments, rules, from, to, asked, onAsk }: LaneProps) {
  const share = (at: number) => ((at - from) / (to - from)) * 100;
  const first = segments[0]?.from ?? to;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table view has the same as buttons
    <div
      className="lane"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const time = from + ((event.clientX - box.left) / box.width) * (to - from);
        const nearest = nearestTo(segments, time, (to - from) / 100);
        if (nearest) onAsk(nearest.position);
      }}
      role="img"
      aria-label={texts.timelineOfHTheTableViewHasEvery(
        hours,
        words(segments),
        rules.length > 0 ? `; ${counted(rules.length, texts.publicationsOfRules)}` : "",
      )}
    >
      <span className="base" />
      {first > from + 1000 ? (
        <span className="b nd" style={{ left: 0, width: `${share(first)}%`, height: 8 }} title={texts.noData} />
      ) : null}
      {segments.map((segment) => (
        <span
          key={segment.from}
          className={`b s-${look(segment.status).tone}${asked !== undefined && segment.position === asked ? " asked" : ""}`}
          style={{
            left: `min(${share(segment.from)}%, 100% - 2px)`,
            width: `${share(segment.to) - share(segment.from)}%`,
            height: barHeight(segment.status),
          }}
          title={texts.forFromClickForWhy(
            segment.status,
            exactAge(segment.to - segment.from),
            moment(new Date(segment.from).toISOString()),
          )}
        />
      ))}
      {labelled(segments, share).map(({ segment, left, row }) => (
        <span key={segment.from} className={left > 72 ? "mk r" : "mk"} style={{ left: `${left}%`, top: row * 18 }}>
          <StatusShape name={segment.status} size="sm" />
          <span>
            {clock(segment.from).slice(0, 5)} {segment.status}
            {segment.to < to ? `, ${exactAge(segment.to - segment.from).replace(/ 0 (s|min|h)$/, "")}` : ""}
          </span>
        </span>
      ))}
      {rules.map((rule) => (
        <span
          key={rule.position}
          className="ru"
          style={{ left: `min(${share(rule.at)}%, 100% - 1px)` }}
          title={`${ruleWords(rule)}, ${moment(new Date(rule.at).toISOString())}`}
        />
      ))}
      <span className="now" />
      {timeTicks(from, to).map(({ at, text }) => (
        <span key={at} className="x" style={{ left: `${share(at)}%` }}>
          {text}
        </span>
      ))}
    </div>
  );
}

const words = (segments: readonly Segment[]) =>
  segments
    .map((segment) => texts.for(segment.status, exactAge(segment.to - segment.from)))
    .slice(-6)
    .reduce((before, after) => (before ? texts.andThen(before, after) : after), "") || texts.noData;

/** Percent of the lane that a label takes, about. */
const labelWidth = 17;

/** The longest problems get a label, on two lines, where there is room. */
export function labelled(segments: readonly Segment[], share: (at: number) => number) {
  const ends = [-1, -1];
  const chosen = segments
    .filter((segment) => isProblem(segment.status) || segment.status === "maintenance")
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, 6)
    .sort((a, b) => a.from - b.from);
  return chosen.flatMap((segment) => {
    const left = share(segment.from);
    const [start, end] = left > 72 ? [left - labelWidth, left] : [left, left + labelWidth];
    const row = ends.findIndex((taken) => taken <= start);
    if (row < 0) return [];
    ends[row] = end;
    return [{ segment, left, row }];
  });
}

/** The stretch at a time, or a problem close by: short ones are hard to hit. */
export function nearestTo(segments: readonly Segment[], time: number, reach: number): Segment | undefined {
  const known = segments.filter((segment) => segment.position !== undefined);
  const near = known.filter((segment) => segment.from - reach <= time && time < segment.to + reach);
  const worst = near.toSorted((a, b) => byWorst(a.status, b.status))[0];
  return worst ?? known.find((segment) => segment.from <= time && time < segment.to);
}

const ruleWords = ({ version, by, reason }: RuleChange) =>
  texts.versionOfTheRules(version, by ? texts.by3(by) : "", reason ? `: ${reason}` : "");

/** The changes of `rules_published`, as the lane draws them. */
function rulesOf(entries: readonly AuditEntry[], from: number, to: number): RuleChange[] {
  return entries
    .map((entry) => ({
      at: Date.parse(entry.at),
      position: entry.position,
      version: (entry.after as { rulesVersion?: number } | null)?.rulesVersion ?? 0,
      by: entry.actor,
      reason: entry.reason,
    }))
    .filter(({ at }) => at > from && at <= to);
}

interface TableProps {
  segments: readonly Segment[];
  rules: readonly RuleChange[];
  to: number;
  until: string;
  onAsk: LaneProps["onAsk"];
}

function TimelineTable({ segments, rules, to, until, onAsk }: TableProps) {
  const rows = [
    ...segments.map((segment) => ({ at: segment.from, segment })),
    ...rules.map((rule) => ({ at: rule.at, rule })),
  ].sort((a, b) => b.at - a.at);
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{texts.from}</th>
            <th>{texts.status}</th>
            <th className="num">{texts.for2}</th>
            <th>{texts.why}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const at = new Date(row.at).toISOString();
            if ("rule" in row)
              return (
                <tr key={`rules ${row.rule.position}`}>
                  <td className="t3 nw" title={utc(at)}>
                    {moment(at)}
                  </td>
                  <td className="t2">{texts.rules}</td>
                  <td />
                  <td className="t2">{ruleWords(row.rule)}</td>
                </tr>
              );
            const { segment } = row;
            return (
              <tr key={segment.from}>
                <td className="t3 nw" title={utc(at)}>
                  {moment(at)}
                </td>
                <td>
                  <Status name={segment.status} />
                </td>
                <td className="num t3">{segment.to === to ? until : exactAge(segment.to - segment.from)}</td>
                <td className="t2">
                  {segment.reason}{" "}
                  {segment.learned ? (
                    <span className="t3 small" title={utc(segment.learned)}>
                      {texts.learnedAt(moment(segment.learned))}{" "}
                    </span>
                  ) : null}
                  {segment.position === undefined ? null : (
                    <button type="button" className="linkbtn t3 small" onClick={() => onAsk(segment.position)}>
                      {texts.explain}
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

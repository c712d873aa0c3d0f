import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@texts/overview";
import { useState } from "react";
import type { NodeChange, NodeDiff } from "../../api/model";
import { type RulesOf, treeDiffQuery } from "../../api/past";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { instantOf } from "../../live/useInstant";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { fromLocalInput, localInput } from "../../ui/UntilField";
import { count, counted, none } from "../../util/number";
import { paths } from "../../util/paths";
import { moment } from "../../util/time";
import "./differs.css";

const few = 8;

const words: Record<NodeChange, string> = {
  added: t.added,
  removed: t.removed,
  renamed: t.renamed,
  moved: t.moved,
  check: t.anotherCheck,
  tags: t.otherTags,
  paused: t.pausedOrResumed,
  rules: t.otherRules,
  status: t.anotherStatus,
};

/** What is not as it was: between the instant that is looked at and now, or another one (`?until=`). */
export function WhatDiffers({ at, rules }: { at: string; rules: RulesOf }) {
  const { until } = useSearch({ strict: false }) as { until?: unknown };
  const to = instantOf({ at: until });
  const [from, end] = to && to < at ? [to, at] : [at, to];
  const diff = useQuery(treeDiffQuery(from, end, rules));
  return (
    <Section
      title={t.whatDiffers(to ? t.betweenAnd(moment(from), moment(end ?? at)) : t.fromNow)}
      note={diff.data ? summary(diff.data.counts, diff.data.total) : undefined}
      end={<Until to={to} />}
    >
      <Reading query={diff} what={t.theDifference} rows={3} height={28}>
        {(found) =>
          found.total === 0 ? (
            <p className="t2">{t.nothingEveryNodeIsAsItWas}</p>
          ) : (
            <Differences nodes={found.nodes} total={found.total} now={end === undefined} />
          )
        }
      </Reading>
    </Section>
  );
}

function summary(counts: Record<string, number>, total: number): string {
  const parts = (Object.keys(words) as NodeChange[])
    .filter((change) => (counts[change] ?? 0) > 0)
    .map((change) => `${count(counts[change] ?? 0)} ${words[change]}`);
  return `${counted(total, t.nodes)}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

/** The other instant; now where empty. */
function Until({ to }: { to: string | undefined }) {
  const navigate = useNavigate();
  const set = (until: string | undefined) =>
    void navigate({ to: ".", search: ((known: object) => ({ ...known, until })) as never, replace: true });
  return (
    <>
      <label className="row t3 small until">
        {t.compareWith}
        <input
          className="field"
          type="datetime-local"
          value={localInput(to)}
          onChange={(event) => set(fromLocalInput(event.target.value))}
        />
      </label>
      {to ? (
        <Button small onClick={() => set(undefined)}>
          {t.withNow}
        </Button>
      ) : null}
    </>
  );
}

function Differences({ nodes, total, now }: { nodes: readonly NodeDiff[]; total: number; now: boolean }) {
  const [all, showAll] = useState(false);
  const rows = all ? nodes : nodes.slice(0, few);
  return (
    <>
      <table className="tbl tight stack">
        <thead>
          <tr>
            <th>{t.node}</th>
            <th>{t.then}</th>
            <th>{now ? t.now2 : t.after}</th>
            <th>{t.what}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((node) => (
            <tr key={node.nodeId}>
              <td>{node.after ? <Link to={paths.node(node.nodeId)}>{node.name}</Link> : node.name}</td>
              <td>{node.before ? <Status name={node.before.status} /> : <span className="t3">{none}</span>}</td>
              <td>{node.after ? <Status name={node.after.status} /> : <span className="t3">{none}</span>}</td>
              <td className="t2 full">{node.changes.map((change) => told(change, node)).join("; ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length ? (
        <p className="more">
          {all ? (
            <span className="t3">{t.andMore(count(total - rows.length))}</span>
          ) : (
            <Button small onClick={() => showAll(true)}>
              {t.showAll2(count(total))}
            </Button>
          )}
        </p>
      ) : null}
    </>
  );
}

/** One way in which it differs, with from what to what where that is short. */
export function told(change: NodeChange, { before, after }: NodeDiff): string {
  if (!before || !after) return words[change];
  const above = (path: readonly string[]) => path.slice(0, -1).join(" / ") || t.theTop;
  switch (change) {
    case "renamed":
      return t.renamedFrom(before.name);
    case "moved":
      return t.movedFromTo(above(before.path), above(after.path));
    case "tags":
      return t.tagsFromTo(before.tags.join(", ") || t.none, after.tags.join(", ") || t.none);
    case "paused":
      return after.paused ? t.paused : t.resumed;
    case "rules":
      return t.rulesVersionFromTo(before.rulesVersion, after.rulesVersion);
    default:
      return words[change];
  }
}

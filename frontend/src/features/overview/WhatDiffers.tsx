import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
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

const few = 8;

const words: Record<NodeChange, string> = {
  added: "added",
  removed: "removed",
  renamed: "renamed",
  moved: "moved",
  check: "another check",
  tags: "other tags",
  paused: "paused or resumed",
  rules: "other rules",
  status: "another status",
};

/** What is not as it was: between the instant that is looked at and now, or another one (`?until=`). */
export function WhatDiffers({ at, rules }: { at: string; rules: RulesOf }) {
  const { until } = useSearch({ strict: false }) as { until?: unknown };
  const to = instantOf({ at: until });
  const [from, end] = to && to < at ? [to, at] : [at, to];
  const diff = useQuery(treeDiffQuery(from, end, rules));
  return (
    <Section
      title={`What differs ${to ? `between ${moment(from)} and ${moment(end ?? at)}` : "from now"}`}
      note={diff.data ? summary(diff.data.counts, diff.data.total) : undefined}
      end={<Until to={to} />}
    >
      <Reading query={diff} what="the difference" rows={3} height={28}>
        {(found) =>
          found.total === 0 ? (
            <p className="t2">Nothing: every node is as it was.</p>
          ) : (
            <Differences nodes={found.nodes} total={found.total} />
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
  return `${counted(total, "node")}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

/** The other instant; now where empty. */
function Until({ to }: { to: string | undefined }) {
  const navigate = useNavigate();
  const set = (until: string | undefined) =>
    void navigate({ to: ".", search: ((known: object) => ({ ...known, until })) as never, replace: true });
  return (
    <>
      <label className="row t3 small">
        compare with
        <input
          className="field"
          type="datetime-local"
          value={localInput(to)}
          onChange={(event) => set(fromLocalInput(event.target.value))}
        />
      </label>
      {to ? (
        <Button small onClick={() => set(undefined)}>
          With now
        </Button>
      ) : null}
    </>
  );
}

function Differences({ nodes, total }: { nodes: readonly NodeDiff[]; total: number }) {
  const [all, showAll] = useState(false);
  const rows = all ? nodes : nodes.slice(0, few);
  return (
    <>
      <table className="tbl tight stack">
        <thead>
          <tr>
            <th>Node</th>
            <th>Then</th>
            <th>After</th>
            <th>What</th>
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
            <span className="t3">and {count(total - rows.length)} more</span>
          ) : (
            <Button small onClick={() => showAll(true)}>
              Show all {count(total)}
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
  const above = (path: readonly string[]) => path.slice(0, -1).join(" / ") || "the top";
  switch (change) {
    case "renamed":
      return `renamed from ${before.name}`;
    case "moved":
      return `moved from ${above(before.path)} to ${above(after.path)}`;
    case "tags":
      return `tags ${before.tags.join(", ") || "none"} → ${after.tags.join(", ") || "none"}`;
    case "paused":
      return after.paused ? "paused" : "resumed";
    case "rules":
      return `rules version ${before.rulesVersion} → ${after.rulesVersion}`;
    default:
      return words[change];
  }
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { NodeView, RulesVersion } from "../../api/model";
import { rulesVersionsQuery } from "../../api/past";
import { explainError } from "../../api/problem";
import { nodeQuery, rulesQuery } from "../../api/queries";
import { Difference } from "../../live/Difference";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { SkeletonRows } from "../../ui/Skeleton";
import { none } from "../../util/number";
import { paths } from "../../util/paths";
import { moment, utc, zone } from "../../util/time";
import "./history.css";
import "./rules.css";
import { sheetOf } from "./sheet";
import { keepAsDraft } from "./useDraft";

/** Every publication of a node's rules, and what differs between any two. */
export function HistoryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const node = useQuery(nodeQuery(id));
  const versions = useQuery(rulesVersionsQuery(id));
  const fault = node.error ?? versions.error;
  if (node.data && versions.data) return <Loaded node={node.data} versions={versions.data} />;
  if (fault)
    return (
      <Notice
        title="The history of the rules could not be read."
        urgent
        action={
          <Button small onClick={() => void Promise.all([node.refetch(), versions.refetch()])}>
            Again
          </Button>
        }
      >
        {explainError(fault)}
      </Notice>
    );
  return <SkeletonRows rows={6} height={32} />;
}

function Loaded({ node, versions }: { node: NodeView; versions: readonly RulesVersion[] }) {
  const sorted = useMemo(() => [...versions].sort((a, b) => Number(b.version) - Number(a.version)), [versions]);
  const [pair, choose] = usePair(sorted);
  return (
    <>
      <div className="head">
        <div>
          <h1>Rules of {node.name}, version by version</h1>
          <p className="sub t3">Nothing that was published is ever lost.</p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.rules(node.id)}>
            Back to the rules
          </Link>
        </div>
      </div>
      {sorted.length === 0 ? (
        <Empty
          title="No rules were published yet"
          actions={
            <Link className="btn pri" to={paths.rules(node.id)}>
              Write rules
            </Link>
          }
        >
          <p>Each publication appears here, with who made it, when, and why.</p>
        </Empty>
      ) : (
        <div className="cols history">
          <Versions versions={sorted} pair={pair} onChoose={choose} />
          <Compared node={node} pair={pair} versions={sorted} />
        </div>
      )}
    </>
  );
}

/** The older and the newer; 0 is before the first. */
type Pair = readonly [older: number, newer: number];

/** Which two are compared stands in the URL; at first the newest with the one before it. */
function usePair(versions: readonly RulesVersion[]): [Pair, (pair: Pair) => void] {
  const { from, to } = useSearch({ strict: false }) as { from?: number; to?: number };
  const navigate = useNavigate();
  const newer = Number(to ?? versions[0]?.version ?? 0);
  const older = Number(from ?? Math.max(0, newer - 1));
  const choose = ([a, b]: Pair) =>
    void navigate({ to: ".", search: { from: Math.min(a, b), to: Math.max(a, b) } as never, replace: true });
  return [[older, newer], choose];
}

interface VersionsProps {
  versions: readonly RulesVersion[];
  pair: Pair;
  onChoose: (pair: Pair) => void;
}

function Versions({ versions, pair: [older, newer], onChoose }: VersionsProps) {
  return (
    <Section title="Versions" note={`times in ${zone()}`}>
      <table className="tbl versions">
        <thead>
          <tr>
            <th>From</th>
            <th>To</th>
            <th className="num">Version</th>
            <th>Published</th>
            <th>By</th>
            <th className="hide-p">Why</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((v) => {
            const n = Number(v.version);
            return (
              <tr key={n} className={n === older || n === newer ? "chosen" : ""}>
                <td>
                  <input
                    type="radio"
                    name="older"
                    aria-label={`Compare from version ${n}`}
                    checked={n === older}
                    disabled={n >= newer}
                    onChange={() => onChoose([n, newer])}
                  />
                </td>
                <td>
                  <input
                    type="radio"
                    name="newer"
                    aria-label={`Compare to version ${n}`}
                    checked={n === newer}
                    onChange={() => onChoose([Math.min(older, n - 1), n])}
                  />
                </td>
                <td className="num">{n}</td>
                <td className="nw" title={utc(v.at)}>
                  {moment(v.at)}
                </td>
                <td>{v.author ?? <span className="t3">{none}</span>}</td>
                <td className="hide-p t2">{v.reason ?? <span className="t3">{none}</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

interface ComparedProps {
  node: NodeView;
  pair: Pair;
  /** Newest first. */
  versions: readonly RulesVersion[];
}

function Compared({ node, pair: [older, newer], versions }: ComparedProps) {
  const navigate = useNavigate();
  const inForce = useQuery(rulesQuery(node.id));
  const versionOf = (n: number) => versions.find((v) => Number(v.version) === n);
  const [before, after] = [versionOf(older), versionOf(newer)];
  const makeDraft = () => {
    if (!inForce.data || !after) return;
    keepAsDraft(inForce.data, after);
    void navigate({ to: paths.rules(node.id) });
  };
  const why = after === versions[0] ? "It is in force" : inForce.data ? undefined : "The rules in force are being read";
  if (!after) return null;
  return (
    <Section
      title={before ? `Version ${older} to ${newer}` : `Version ${newer}, the first`}
      end={
        <Button small because={why} onClick={makeDraft}>
          Make version {newer} the draft
        </Button>
      }
    >
      <Difference before={before ? sheetOf(before) : ""} after={sheetOf(after)} />
    </Section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { t } from "@texts/rules";
import { useMemo } from "react";
import type { NodeView, RulesVersion } from "../../api/model";
import { rulesVersionsQuery } from "../../api/past";
import { nodeQuery, rulesQuery } from "../../api/queries";
import { Difference } from "../../live/Difference";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
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
  return (
    <Reading
      query={node}
      what={t.theNode}
      missing={{ title: t.thereIsNoSuchNode, to: paths.overview(), word: t.overview }}
    >
      {(of) => (
        <Reading query={versions} what={t.theHistoryOfTheRules}>
          {(known) => <Loaded node={of} versions={known} />}
        </Reading>
      )}
    </Reading>
  );
}

function Loaded({ node, versions }: { node: NodeView; versions: readonly RulesVersion[] }) {
  const sorted = useMemo(() => [...versions].sort((a, b) => Number(b.version) - Number(a.version)), [versions]);
  const [pair, choose] = usePair(sorted);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.rulesOfVersionByVersion(node.name)}</h1>
          <p className="sub t3">{t.nothingThatWasPublishedIsEver}</p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.rules(node.id)}>
            {t.backToTheRules}
          </Link>
        </div>
      </div>
      {sorted.length === 0 ? (
        <Empty
          title={t.noRulesWerePublishedYet2}
          actions={
            <Link className="btn pri" to={paths.rules(node.id)}>
              {t.writeRules}
            </Link>
          }
        >
          <p>{t.eachPublicationAppearsHereWith}</p>
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
    void navigate({
      to: ".",
      search: ((known: object) => ({ ...known, from: Math.min(a, b), to: Math.max(a, b) })) as never,
      replace: true,
    });
  return [[older, newer], choose];
}

interface VersionsProps {
  versions: readonly RulesVersion[];
  pair: Pair;
  onChoose: (pair: Pair) => void;
}

function Versions({ versions, pair: [older, newer], onChoose }: VersionsProps) {
  return (
    <Section title={t.versions} note={t.timesIn(zone())}>
      <table className="tbl versions">
        <thead>
          <tr>
            <th>{t.from}</th>
            <th>{t.to}</th>
            <th className="num">{t.version3}</th>
            <th>{t.published}</th>
            <th>{t.by2}</th>
            <th className="hide-p">{t.why}</th>
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
                    aria-label={t.compareFromVersion(n)}
                    checked={n === older}
                    disabled={n >= newer}
                    onChange={() => onChoose([n, newer])}
                  />
                </td>
                <td>
                  <input
                    type="radio"
                    name="newer"
                    aria-label={t.compareToVersion(n)}
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
  const why = after === versions[0] ? t.itIsInForce : inForce.data ? undefined : t.theRulesInForceAreBeingRead;
  if (!after) return null;
  return (
    <Section
      title={before ? t.versionTo(older, newer) : t.versionTheFirst(newer)}
      end={
        <Button small because={why} onClick={makeDraft}>
          {t.makeVersionTheDraft(newer)}
        </Button>
      }
    >
      <Difference before={before ? sheetOf(before) : ""} after={sheetOf(after)} />
    </Section>
  );
}

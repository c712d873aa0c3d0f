import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { t } from "@texts/simulate";
import { useEffect, useMemo, useState } from "react";
import { simulate } from "../../api/commands";
import type { NodeView, SimulatedChange, SimulationView, TreeNode } from "../../api/model";
import { explainError } from "../../api/problem";
import { nodeQuery, treesQuery } from "../../api/queries";
import { allNodes } from "../../live/places";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { useStatusNames } from "../../live/useRuleStatuses";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { Select } from "../../ui/Select";
import { isTyping } from "../../util/keys";
import { count, counted } from "../../util/number";
import { paths } from "../../util/paths";
import { type Assumed, assume, type Line, linesOf, readAssumed, writeAssumed } from "./assumed";
import "./simulate.css";

/** What if this were down? The tree as it would be; nothing of it is real, and nothing is written. */
export function SimulatePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const node = useQuery(nodeQuery(id));
  const trees = useQuery(treesQuery());
  const tree = useMemo(() => allNodes(trees.data ?? []).get(id), [trees.data, id]);
  return (
    <Reading
      query={node}
      what={t.theNode}
      rows={8}
      missing={{ title: t.thereIsNoSuchNode, to: paths.overview(), word: t.overview }}
    >
      {(found) => (
        <Reading query={trees} what={t.theTree} rows={8}>
          {() => (tree ? <Simulation key={id} node={found} tree={tree} /> : null)}
        </Reading>
      )}
    </Reading>
  );
}

/** What is assumed stands in the URL, so that it can be sent to somebody. */
function useAssumed(): [Assumed, (assumed: Assumed) => void] {
  const { assume: text } = useSearch({ strict: false }) as { assume?: string };
  const navigate = useNavigate();
  const assumed = useMemo(() => readAssumed(text), [text]);
  return [
    assumed,
    (next) => void navigate({ to: ".", search: { assume: writeAssumed(next) } as never, replace: true }),
  ];
}

function Simulation({ node, tree }: { node: NodeView; tree: TreeNode }) {
  const [assumed, setAssumed] = useAssumed();
  const navigate = useNavigate();
  const answer = useQuery({
    queryKey: ["simulate", node.id, writeAssumed(assumed), tree.position],
    queryFn: () =>
      simulate(
        node.id,
        [...assumed].map(([nodeId, status]) => ({ nodeId, status })),
      ),
    enabled: assumed.size > 0,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !isTyping(event.target)) void navigate({ to: paths.node(node.id) });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, node.id]);
  const view = assumed.size > 0 ? answer.data : undefined;
  return (
    <div className="notreal">
      <div className="notreal-band" role="status">
        <b>{t.whatIfNothingHereIsReal}</b>
        <span className="grow">{t.assumedNothingIsWrittenAndNobody(counted(assumed.size, t.statusesAre))}</span>
        <Button small because={assumed.size === 0 && t.nothingIsAssumed} onClick={() => setAssumed(new Map())}>
          {t.assumeNothing}
        </Button>
        <Link className="btn sm pri" to={paths.node(node.id)}>
          {t.leave} <kbd>Esc</kbd>
        </Link>
      </div>
      <div className="head">
        <div>
          <h1>{t.whatIfBelow(node.name)}</h1>
          <p className="sub">{summary(node, view, assumed)}</p>
        </div>
      </div>
      {answer.isError ? <Notice title={t.itCouldNotBeSimulated}>{explainError(answer.error)}</Notice> : null}
      <Tree tree={tree} view={view} assumed={assumed} onAssume={setAssumed} />
    </div>
  );
}

function summary(node: NodeView, view: SimulationView | undefined, assumed: Assumed): string {
  if (assumed.size === 0) return t.chooseWhatANodeWouldBeEveryNode;
  if (!view) return t.workingItOut;
  const followed = view.changes.filter((change) => !change.assumed);
  const top = followed.find((change) => change.nodeId === node.id);
  const told = top ? t.wouldBe(node.name, top.to) : t.wouldStay(node.name, node.status);
  return t.wouldChange(told, counted(followed.length, t.nodes));
}

interface TreeProps {
  tree: TreeNode;
  view: SimulationView | undefined;
  assumed: Assumed;
  onAssume: (assumed: Assumed) => void;
}

/** More lines than this are searched, not scrolled. */
const most = 400;

function Tree({ tree, view, assumed, onAssume }: TreeProps) {
  const [query, setQuery] = useState("");
  const statuses = useStatusNames();
  const changes = useMemo(() => new Map((view?.changes ?? []).map((change) => [change.nodeId, change])), [view]);
  const concerned = useMemo(() => new Set([...assumed.keys(), ...changes.keys()]), [assumed, changes]);
  const lines = useMemo(() => linesOf(tree, query, concerned), [tree, query, concerned]);
  return (
    <section className="sec">
      <input
        className="field tall whatif-search"
        type="search"
        aria-label={t.searchBelowThisNode}
        placeholder={t.searchBelowThisNode}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <table className="tbl tight stack whatif">
        <thead>
          <tr>
            <th>{t.node}</th>
            <th>{t.now}</th>
            <th>{t.wouldBe2}</th>
            <th>{t.assume}</th>
            <th className="hide-p">{t.why}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, most).map((line) => (
            <Row
              key={line.key}
              line={line}
              change={changes.get(line.node.id)}
              assumed={assumed.get(line.node.id)}
              statuses={statuses}
              onAssume={(status) => onAssume(assume(assumed, line.node.id, status))}
            />
          ))}
        </tbody>
      </table>
      {lines.length > most ? <p className="t3 small">{t.moreSearchToNarrow(count(lines.length - most))}</p> : null}
    </section>
  );
}

interface RowProps {
  line: Line;
  change: SimulatedChange | undefined;
  assumed: string | undefined;
  statuses: readonly string[];
  onAssume: (status: string | undefined) => void;
}

function Row({ line: { node, depth }, change, assumed, statuses, onAssume }: RowProps) {
  return (
    <tr className={change ? "differs" : ""}>
      <td style={{ paddingLeft: 8 + depth * 18 }}>
        <span className={node.children.length > 0 ? "grp" : ""}>{node.name}</span>
      </td>
      <td>
        <Status name={node.status} />
      </td>
      <td>
        {change ? (
          <span className="row">
            <Status name={change.to} />
            {change.after ? <span className="t3 small">{t.after(change.after)}</span> : null}
          </span>
        ) : (
          <span className="t3">{t.theSame}</span>
        )}
      </td>
      <td>
        <Select
          className={assumed ? "changed" : ""}
          label={t.assumeFor(node.name)}
          value={assumed ?? ""}
          options={[{ value: "", label: t.asItIs }, ...statuses]}
          onChange={(status) => onAssume(status || undefined)}
        />
      </td>
      <td className="t2 full hide-p">{change && !change.assumed ? change.sentence : ""}</td>
    </tr>
  );
}

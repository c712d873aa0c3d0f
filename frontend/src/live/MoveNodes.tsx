import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/live";
import { useState } from "react";
import type { MovePreview, TreeNode } from "../api/model";
import { edgesOf, type Move, type Moved, moveOne, moveQuery, movesNothing } from "../api/moves";
import { explainError } from "../api/problem";
import { treesQuery } from "../api/queries";
import { Seg } from "../ui/Seg";
import { Select } from "../ui/Select";
import { counted } from "../util/number";
import { Backtest } from "./backtest/Backtest";
import { CommandDialog } from "./CommandDialog";
import { eachOf } from "./eachOf";
import { NodePicker } from "./NodePicker";
import { allNodes } from "./places";
import { Status } from "./Status";
import { useUndo } from "./Undo";

interface Props {
  nodes: readonly Moved[];
  /** Where they were dropped; undefined while nothing is chosen, null for the top. */
  to?: string | null | undefined;
  /** The parents that a single node may leave. */
  parents?: readonly { value: string; label: string }[];
  onMoved?: () => void;
  onClose: () => void;
}

/** Another place for nodes, or a further one: what would change is shown before it is done. */
export default function MoveNodes({ nodes, to, parents = [], onMoved, onClose }: Props) {
  const [target, setTarget] = useState(to);
  const [keep, setKeep] = useState(false);
  const [from, setFrom] = useState(nodes[0]?.from);
  const trees = useQuery(treesQuery());
  const offer = useUndo();
  const moved = nodes.length === 1 && nodes[0] ? [{ ...nodes[0], from }] : nodes;
  const move: Move | undefined = target === undefined ? undefined : { nodes: moved, to: target, keep };
  const preview = useQuery({
    ...moveQuery(move ?? { nodes: moved, to: null, keep }, trees.data?.[0]?.position ?? 0),
    enabled: move !== undefined,
  });
  const what = nodes.length === 1 ? (nodes[0]?.name ?? "") : counted(nodes.length, t.nodes);
  const where = target ? (allNodes(trees.data ?? []).get(target)?.name ?? "") : t.theTop;
  return (
    <CommandDialog
      title={keep ? t.showInAnotherPlaceToo(what) : t.move(what)}
      wide
      action={keep ? t.addTheParent : t.move2}
      because={because(target, preview.isError)}
      failed={t.notEverythingWasMoved}
      run={() => eachOf(moved, (node) => moveOne(node, move as Move))}
      onDone={(undo) => {
        offer({ text: keep ? t.standsUnderToo(what, where) : t.movedTo(what, where), undo });
        onMoved?.();
      }}
      onClose={onClose}
    >
      {() => (
        <>
          <Seg
            label={t.whatToDo}
            value={keep ? "keep" : "move"}
            options={[
              { value: "move", label: t.moveIt },
              { value: "keep", label: t.keepItAndAddAParent },
            ]}
            onChange={(choice) => setKeep(choice === "keep")}
          />
          {parents.length > 1 && !keep ? (
            <p className="row">
              {t.awayFrom} <Select label={t.parentItLeaves} value={from ?? ""} options={parents} onChange={setFrom} />
            </p>
          ) : null}
          <div>
            <NodePicker
              label={t.newParent}
              value={target}
              onChange={setTarget}
              {...(keep ? {} : { top: t.theTopAHierarchyOfItsOwn })}
              groupsOnly
              refuse={(candidate, above) => refusal(candidate, above, moved)}
              focus={to === undefined}
            />
          </div>
          <Preview
            move={move}
            view={preview.data}
            fault={preview.isError ? explainError(preview.error) : undefined}
            where={where}
          />
          <Backtest
            draft={{ key: JSON.stringify(move), read: () => edgesOf(move as Move) }}
            first="168"
            because={because(target, preview.isError) || (move && movesNothing(move) && t.itStandsThereAlready)}
          />
        </>
      )}
    </CommandDialog>
  );
}

function because(target: string | null | undefined, refused: boolean) {
  if (target === undefined) return t.pickWhereItGoesFirst;
  return refused && t.itCannotGoThere;
}

/** Why a node cannot be their parent. */
export function refusal(candidate: TreeNode, above: readonly string[], moved: readonly Moved[]): string | undefined {
  if (moved.some(({ id }) => candidate.id === id || above.includes(id))) return t.itCannotStandBelowItself;
  return candidate.checkId ? t.aLeafShowsACheckAndHasNoChildren : undefined;
}

interface PreviewProps {
  move: Move | undefined;
  view: MovePreview | undefined;
  fault: string | undefined;
  where: string;
}

function Preview({ move, view, fault, where }: PreviewProps) {
  if (!move) return <p className="t3 movewould">{t.whatWouldChangeIsShownHereBefore}</p>;
  if (fault) return <p className="err movewould">{fault}</p>;
  if (!view) return <p className="t3 movewould">{t.workingOutWhatWouldChange}</p>;
  if (view.changes.length === 0) return <p className="t2 movewould">{t.noStatusWouldChangeByAMoveTo(where)}</p>;
  return (
    <div className="movewould">
      <h3>{t.wouldChange(counted(view.changes.length, t.statuses))}</h3>
      <table className="tbl tight" aria-label={t.whatWouldChange}>
        <tbody>
          {view.changes.map((change) => (
            <tr key={change.nodeId} title={change.sentence}>
              <td>{change.name}</td>
              <td>
                <Status name={change.from} />
              </td>
              <td>
                <span className="row">
                  <span className="t3">{t.wouldBe}</span> <Status name={change.to} />
                  {change.after ? <span className="t3 small">{t.after(change.after)}</span> : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

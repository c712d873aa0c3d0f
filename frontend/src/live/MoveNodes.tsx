import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MovePreview, TreeNode } from "../api/model";
import { type Move, type Moved, moveOne, moveQuery } from "../api/moves";
import { explainError } from "../api/problem";
import { treesQuery } from "../api/queries";
import { Seg } from "../ui/Seg";
import { Select } from "../ui/Select";
import { counted } from "../util/number";
import { CommandDialog } from "./CommandDialog";
import { eachOf } from "./eachOf";
import { NodePicker } from "./NodePicker";
import { Status } from "./Status";
import { allNodes } from "./tree";
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
  const what = nodes.length === 1 ? (nodes[0]?.name ?? "") : counted(nodes.length, "node");
  const where = target ? (allNodes(trees.data ?? []).get(target)?.name ?? "") : "the top";
  return (
    <CommandDialog
      title={keep ? `Show ${what} in another place too` : `Move ${what}`}
      wide
      action={keep ? "Add the parent" : "Move"}
      because={because(target, preview.isError)}
      failed="Not everything was moved."
      run={() => eachOf(moved, (node) => moveOne(node, move as Move))}
      onDone={(undo) => {
        offer({ text: keep ? `${what} stands under ${where} too.` : `Moved ${what} to ${where}.`, undo });
        onMoved?.();
      }}
      onClose={onClose}
    >
      {() => (
        <>
          <Seg
            label="What to do"
            value={keep ? "keep" : "move"}
            options={[
              { value: "move", label: "Move it" },
              { value: "keep", label: "Keep it and add a parent" },
            ]}
            onChange={(choice) => setKeep(choice === "keep")}
          />
          {parents.length > 1 && !keep ? (
            <p className="row">
              Away from <Select label="Parent it leaves" value={from ?? ""} options={parents} onChange={setFrom} />
            </p>
          ) : null}
          <div>
            <NodePicker
              label="New parent"
              value={target}
              onChange={setTarget}
              {...(keep ? {} : { top: "The top: a hierarchy of its own" })}
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
        </>
      )}
    </CommandDialog>
  );
}

function because(target: string | null | undefined, refused: boolean) {
  if (target === undefined) return "Pick where it goes first";
  return refused && "It cannot go there";
}

/** Why a node cannot be their parent. */
export function refusal(candidate: TreeNode, above: readonly string[], moved: readonly Moved[]): string | undefined {
  if (moved.some(({ id }) => candidate.id === id || above.includes(id))) return "It cannot stand below itself";
  return candidate.checkId ? "A leaf shows a check and has no children" : undefined;
}

interface PreviewProps {
  move: Move | undefined;
  view: MovePreview | undefined;
  fault: string | undefined;
  where: string;
}

function Preview({ move, view, fault, where }: PreviewProps) {
  if (!move) return <p className="t3 movewould">What would change is shown here before it is done.</p>;
  if (fault) return <p className="err movewould">{fault}</p>;
  if (!view) return <p className="t3 movewould">Working out what would change.</p>;
  if (view.changes.length === 0) return <p className="t2 movewould">No status would change by a move to {where}.</p>;
  return (
    <div className="movewould">
      <h3>{counted(view.changes.length, "status", "statuses")} would change</h3>
      <table className="tbl tight" aria-label="What would change">
        <tbody>
          {view.changes.map((change) => (
            <tr key={change.nodeId} title={change.sentence}>
              <td>{change.name}</td>
              <td>
                <Status name={change.from} />
              </td>
              <td>
                <span className="row">
                  <span className="t3">would be</span> <Status name={change.to} />
                  {change.after ? <span className="t3 small">after {change.after}</span> : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

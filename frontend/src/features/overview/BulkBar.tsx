import { useState } from "react";
import type { TreeNode } from "../../api/model";
import { Button } from "../../ui/Button";
import { counted } from "../../util/number";
import BulkDialog, { type BulkAction } from "./BulkDialog";

interface Props {
  nodes: readonly TreeNode[];
  /** How many rows could be selected. */
  shown: number;
  onAll: () => void;
  onMove: () => void;
  /** Something was done to them. */
  onDone: () => void;
  onClose: () => void;
}

/** What can be done to several nodes at once; each of it can be taken back. */
export default function BulkBar({ nodes, shown, onAll, onMove, onDone, onClose }: Props) {
  const [action, setAction] = useState<BulkAction>();
  const because = nodes.length === 0 && "Select nodes first: with x, or in their rows";
  const paused = nodes.length > 0 && nodes.every((node) => node.paused);
  return (
    <div className="bulk" role="toolbar" aria-label="Selected nodes">
      <b className="bulk-n">{counted(nodes.length, "node")} selected</b>
      <Button small look="quiet" onClick={onAll}>
        All {shown} shown
      </Button>
      <span className="bulk-acts">
        <Button small because={because} onClick={onMove}>
          Move…
        </Button>
        <Button small because={because} onClick={() => setAction("tag")}>
          Tag…
        </Button>
        <Button small because={because} onClick={() => setAction("maintenance")}>
          Maintenance…
        </Button>
        <Button small because={because} onClick={() => setAction(paused ? "resume" : "pause")}>
          {paused ? "Resume…" : "Pause…"}
        </Button>
      </span>
      <Button small look="quiet" title="Esc" onClick={onClose}>
        Done
      </Button>
      {action ? (
        <BulkDialog action={action} nodes={nodes} onDone={onDone} onClose={() => setAction(undefined)} />
      ) : null}
    </div>
  );
}

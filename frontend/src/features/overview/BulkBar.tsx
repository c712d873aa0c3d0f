import { t } from "@texts/overview";
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
  const because = nodes.length === 0 && t.selectNodesFirstWithXOrInTheir;
  const paused = nodes.length > 0 && nodes.every((node) => node.paused);
  return (
    <div className="bulk" role="toolbar" aria-label={t.selectedNodes}>
      <b className="bulk-n">{t.selected(counted(nodes.length, t.nodes))}</b>
      <Button small look="quiet" onClick={onAll}>
        {t.allShown(shown)}
      </Button>
      <span className="bulk-acts">
        <Button needs="write" small because={because} onClick={onMove}>
          {t.move}
        </Button>
        <Button needs="write" small because={because} onClick={() => setAction("tag")}>
          {t.tag3}
        </Button>
        <Button needs="write" small because={because} onClick={() => setAction("maintenance")}>
          {t.maintenance}
        </Button>
        <Button needs="write" small because={because} onClick={() => setAction(paused ? "resume" : "pause")}>
          {paused ? t.resume2 : t.pause2}
        </Button>
      </span>
      <Button small look="quiet" title="Esc" onClick={onClose}>
        {t.done}
      </Button>
      {action ? (
        <BulkDialog action={action} nodes={nodes} onDone={onDone} onClose={() => setAction(undefined)} />
      ) : null}
    </div>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/unplaced";
import { useState } from "react";
import { createNode } from "../../api/commands";
import type { LatestReport } from "../../api/model";
import { type Reports, unplacedKey, withoutSource } from "../../api/reports";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { LineField } from "../../ui/LineField";

interface Props {
  report: LatestReport;
  onClose: () => void;
  onPlaced: (placed: { nodeId: string; name: string }) => void;
}

/** Makes a leaf that shows the source, under a node or as a hierarchy of its own. */
export default function PlaceReport({ report, onClose, onPlaced }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState(report.title ?? report.source);
  const [parentId, setParentId] = useState<string | null>();
  const place = async () => {
    const { id } = await createNode({ name: name.trim(), parentId: parentId ?? null, checkId: report.checkId });
    // Gone from the list at once; what the server says follows.
    client.setQueryData<Reports>(unplacedKey, (read) => read && withoutSource(read, report.source));
    return { nodeId: id, name: name.trim() };
  };
  return (
    <CommandDialog
      title={t.place(report.source)}
      wide
      action={t.placeIt}
      because={name.trim() === "" ? t.giveItANameFirst : parentId === undefined ? t.pickWhereItGoesFirst : undefined}
      failed={t.itWasNotPlaced}
      run={place}
      onDone={onPlaced}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField label={t.nameOfTheNode} error={faultOf("/name")} maxLength={200} value={name} onChange={setName} />
          <div>
            <NodePicker
              label={t.whereItStands}
              value={parentId}
              onChange={setParentId}
              top={t.theTopAHierarchyOfItsOwn}
              refuse={(node) => (node.checkId ? t.aLeafShowsACheckAndHasNoChildren : undefined)}
            />
          </div>
        </>
      )}
    </CommandDialog>
  );
}

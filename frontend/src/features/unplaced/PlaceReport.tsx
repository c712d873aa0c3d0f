import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createNode } from "../../api/commands";
import type { LatestReport } from "../../api/model";
import { keys } from "../../api/queries";
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
    client.setQueryData<{ items: LatestReport[] }>(
      keys.reports(true),
      (page) => page && { ...page, items: page.items.filter((other) => other.source !== report.source) },
    );
    return { nodeId: id, name: name.trim() };
  };
  return (
    <CommandDialog
      title={`Place ${report.source}`}
      wide
      action="Place it"
      because={
        name.trim() === "" ? "Give it a name first" : parentId === undefined ? "Pick where it goes first" : undefined
      }
      failed="It was not placed."
      run={place}
      onDone={onPlaced}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label="Name of the node"
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
          />
          <div>
            <NodePicker
              label="Where it stands"
              value={parentId}
              onChange={setParentId}
              top="The top: a hierarchy of its own"
              refuse={(node) => (node.checkId ? "A leaf shows a check and has no children" : undefined)}
            />
          </div>
        </>
      )}
    </CommandDialog>
  );
}

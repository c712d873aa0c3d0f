import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createNode } from "../../api/commands";
import type { LatestReport } from "../../api/model";
import { explainError, fieldError } from "../../api/problem";
import { keys } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { NodePicker } from "../../live/NodePicker";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";

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
  const place = useMutation({
    mutationFn: () => createNode({ name: name.trim(), parentId: parentId ?? null, checkId: report.checkId }),
    onSuccess: ({ id }) => {
      client.setQueryData<{ items: LatestReport[] }>(
        keys.reports(true),
        (page) => page && { ...page, items: page.items.filter((other) => other.source !== report.source) },
      );
      applyStructure(client);
      onPlaced({ nodeId: id, name: name.trim() });
      onClose();
    },
  });
  const why =
    name.trim() === "" ? "Give it a name first" : parentId === undefined ? "Pick where it goes first" : undefined;
  return (
    <Dialog title={`Place ${report.source}`} onClose={onClose} wide>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!why) place.mutate();
        }}
      >
        <Field label="Name of the node" error={fieldError(place.error, "/name")}>
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div>
          <NodePicker
            label="Where it stands"
            value={parentId}
            onChange={setParentId}
            top="The top: a hierarchy of its own"
            refuse={(node) => (node.checkId ? "A leaf shows a check and has no children" : undefined)}
          />
        </div>
        {place.isError ? (
          <p className="err" role="alert">
            It was not placed. {explainError(place.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={place.isPending} because={why}>
            Place it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

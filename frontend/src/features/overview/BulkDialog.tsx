import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { maintenanceKey } from "../../api/maintenance";
import type { TreeNode } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { useUndo } from "../../live/Undo";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { ReasonField } from "../../ui/ReasonField";
import { counted } from "../../util/number";
import { splitTags } from "../../util/tags";
import { maintainAll, pauseAll, retagged, tagAll } from "./bulk";

export type BulkAction = "tag" | "maintenance" | "pause" | "resume";

interface Props {
  action: BulkAction;
  nodes: readonly TreeNode[];
  onDone: () => void;
  onClose: () => void;
}

/** One thing done to several nodes. */
export default function BulkDialog(props: Props) {
  if (props.action === "tag") return <Tag {...props} />;
  if (props.action === "maintenance") return <Maintain {...props} />;
  return <Pause {...props} paused={props.action === "pause"} />;
}

const whom = (nodes: readonly TreeNode[]) =>
  nodes.length === 1 ? (nodes[0]?.name ?? "") : counted(nodes.length, "node");

function Pause({ nodes, paused, onDone, onClose }: Props & { paused: boolean }) {
  const [reason, setReason] = useState("");
  const offer = useUndo();
  const verb = paused ? "Pause" : "Resume";
  return (
    <CommandDialog
      title={`${verb} ${whom(nodes)}`}
      action={verb}
      failed="Not all of them were changed."
      run={() => pauseAll(nodes, paused, reason.trim())}
      onDone={(undo) => {
        offer({ text: `${verb}d ${whom(nodes)}.`, undo });
        onDone();
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">
            {paused
              ? "They leave the denominator of their parents. What is observed is still recorded."
              : "They take their status from what is known now and count again."}
          </p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
        </>
      )}
    </CommandDialog>
  );
}

function Tag({ nodes, onDone, onClose }: Props) {
  const [add, setAdd] = useState("");
  const [remove, setRemove] = useState("");
  const offer = useUndo();
  const [adds, removes] = [splitTags(add), splitTags(remove)];
  const touched = nodes.filter((node) => retagged(node, adds, removes)).length;
  const known = [...new Set(nodes.flatMap((node) => node.tags))].sort();
  return (
    <CommandDialog
      title={`Tag ${whom(nodes)}`}
      action="Tag"
      because={touched === 0 && "Nothing would be other than it is"}
      failed="Not all of them were tagged."
      run={() => tagAll(nodes, adds, removes)}
      onDone={(undo) => {
        offer({ text: `Tagged ${counted(touched, "node")}.`, undo });
        onDone();
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label="Add"
            help="Words apart by commas."
            error={faultOf("/tags")}
            value={add}
            onChange={setAdd}
            data-autofocus
          />
          <LineField
            label="Take away"
            help={known.length > 0 ? `They have: ${known.join(", ")}.` : "They have no tags."}
            value={remove}
            onChange={setRemove}
          />
        </>
      )}
    </CommandDialog>
  );
}

const spans = [
  { value: "0.5", label: "for 30 minutes" },
  { value: "1", label: "for 1 hour" },
  { value: "2", label: "for 2 hours" },
  { value: "4", label: "for 4 hours" },
  { value: "24", label: "for a day" },
] as const;

function Maintain({ nodes, onDone, onClose }: Props) {
  const [name, setName] = useState("");
  const [hours, setHours] = useState("1");
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const offer = useUndo();
  return (
    <CommandDialog
      title={`Maintenance of ${whom(nodes)}`}
      action="Begin maintenance"
      because={!name.trim() && "Give the window a name first"}
      failed="No window was made."
      run={() => maintainAll(nodes, name.trim(), Number(hours), reason.trim())}
      onDone={(undo) => {
        void client.invalidateQueries({ queryKey: maintenanceKey });
        offer({ text: `Maintenance of ${whom(nodes)} has begun.`, undo });
        onDone();
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">From now on. It covers them and all below them; nobody is told of their problems.</p>
          <LineField
            label="Name"
            help="What people will see beside the status."
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <PickField label="How long" value={hours} options={spans} onChange={setHours} />
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} />
        </>
      )}
    </CommandDialog>
  );
}

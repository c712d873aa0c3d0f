import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/overview";
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
  nodes.length === 1 ? (nodes[0]?.name ?? "") : counted(nodes.length, t.nodes);

function Pause({ nodes, paused, onDone, onClose }: Props & { paused: boolean }) {
  const [reason, setReason] = useState("");
  const offer = useUndo();
  const verb = paused ? t.pause : t.resume;
  return (
    <CommandDialog
      title={`${verb} ${whom(nodes)}`}
      action={verb}
      failed={t.notAllOfThemWereChanged}
      run={() => pauseAll(nodes, paused, reason.trim())}
      onDone={(undo) => {
        offer({ text: `${verb}d ${whom(nodes)}.`, undo });
        onDone();
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{paused ? t.theyLeaveTheDenominatorOfTheir : t.theyTakeTheirStatusFromWhatIs}</p>
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
      title={t.tag(whom(nodes))}
      action={t.tag2}
      because={touched === 0 && t.nothingWouldBeOtherThanItIs}
      failed={t.notAllOfThemWereTagged}
      run={() => tagAll(nodes, adds, removes)}
      onDone={(undo) => {
        offer({ text: t.tagged(counted(touched, t.nodes)), undo });
        onDone();
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.add}
            help={t.wordsApartByCommas}
            error={faultOf("/tags")}
            value={add}
            onChange={setAdd}
            data-autofocus
          />
          <LineField
            label={t.takeAway}
            help={known.length > 0 ? t.theyHave(known.join(", ")) : t.theyHaveNoTags}
            value={remove}
            onChange={setRemove}
          />
        </>
      )}
    </CommandDialog>
  );
}

const spans = [
  { value: "0.5", label: t.for30Minutes },
  { value: "1", label: t.for1Hour },
  { value: "2", label: t.for2Hours },
  { value: "4", label: t.for4Hours },
  { value: "24", label: t.forADay },
] as const;

function Maintain({ nodes, onDone, onClose }: Props) {
  const [name, setName] = useState("");
  const [hours, setHours] = useState("1");
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const offer = useUndo();
  return (
    <CommandDialog
      title={t.maintenanceOf(whom(nodes))}
      action={t.beginMaintenance}
      because={!name.trim() && t.giveTheWindowANameFirst}
      failed={t.noWindowWasMade}
      run={() => maintainAll(nodes, name.trim(), Number(hours), reason.trim())}
      onDone={(undo) => {
        void client.invalidateQueries({ queryKey: maintenanceKey });
        offer({ text: t.maintenanceOfHasBegun(whom(nodes)), undo });
        onDone();
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{t.fromNowOnItCoversThemAndAllBelow}</p>
          <LineField
            label={t.name}
            help={t.whatPeopleWillSeeBesideTheStatus}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <PickField label={t.howLong} value={hours} options={spans} onChange={setHours} />
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} />
        </>
      )}
    </CommandDialog>
  );
}

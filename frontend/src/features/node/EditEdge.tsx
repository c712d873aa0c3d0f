import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { linkParent, unlinkParent } from "../../api/commands";
import type { EdgeView, NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { CommandDialog } from "../../live/CommandDialog";
import { useUndo } from "../../live/Undo";
import { Button } from "../../ui/Button";
import { LineField } from "../../ui/LineField";
import { Switch } from "../../ui/Switch";
import { ContributionFields } from "./ContributionFields";
import { printContribution, readContribution } from "./contribution";

/** How a child counts for this parent: contribution, weight, required. */
export default function EditEdge(props: { parent: NodeView; child: EdgeView; onClose: () => void }) {
  const { parent, child, onClose } = props;
  const [contribution, setContribution] = useState(() => readContribution(child.contribution));
  const [weight, setWeight] = useState(String(child.weight));
  const [required, setRequired] = useState(child.required);
  const number = Number(weight);
  const badWeight = weight.trim() === "" || !(number >= 0);
  return (
    <CommandDialog
      title={`How ${child.name} counts in ${parent.name}`}
      wide
      action="Save"
      because={badWeight && "The weight is not a number"}
      failed="Nothing was changed."
      run={() =>
        linkParent(child.id, parent.id, { contribution: printContribution(contribution), weight: number, required })
      }
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <ContributionFields value={contribution} onChange={setContribution} />
          <LineField
            label="Weight"
            help="What weight(...) of a rule adds up; 1 unless set."
            error={badWeight ? "A number, 0 or more." : faultOf("/weight")}
            inputMode="decimal"
            value={weight}
            onChange={setWeight}
          />
          <div>
            <Switch label="Required" on={required} onChange={setRequired} />
            <p className="t3 small">Not available, it takes {parent.name} down.</p>
          </div>
          <TakeOut parent={parent} child={child} onDone={onClose} />
        </>
      )}
    </CommandDialog>
  );
}

/** The child leaves this parent; others keep it, and without another it becomes a hierarchy of its own. */
function TakeOut(props: { parent: NodeView; child: EdgeView; onDone: () => void }) {
  const { parent, child, onDone } = props;
  const { contribution, weight, required } = child;
  const client = useQueryClient();
  const offer = useUndo();
  const take = useMutation({
    mutationFn: () => unlinkParent(child.id, parent.id),
    onSuccess: () => {
      applyStructure(client);
      offer({
        text: `Took ${child.name} out of ${parent.name}.`,
        undo: () => linkParent(child.id, parent.id, { contribution, weight, required }),
      });
      onDone();
    },
  });
  return (
    <div>
      <Button small busy={take.isPending} onClick={() => take.mutate()}>
        Take it out of {parent.name}
      </Button>
      <p className={take.isError ? "err" : "t3 small"}>
        {take.isError
          ? `It was not taken out. ${explainError(take.error)}`
          : "Other parents keep it; without one it becomes a hierarchy of its own."}
      </p>
    </div>
  );
}

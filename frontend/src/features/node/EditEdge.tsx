import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/node";
import { useState } from "react";
import { linkParent, unlinkParent } from "../../api/commands";
import type { EdgeView, NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Backtest } from "../../live/backtest/Backtest";
import { CommandDialog } from "../../live/CommandDialog";
import { useUndo } from "../../live/Undo";
import { Button } from "../../ui/Button";
import { LineField } from "../../ui/LineField";
import { Seg } from "../../ui/Seg";
import { Switch } from "../../ui/Switch";
import { ContributionFields } from "./ContributionFields";
import { printContribution, readContribution } from "./contribution";

const gone = { remove: true };

/** How a child counts for this parent: contribution, weight, required. */
export default function EditEdge(props: { parent: NodeView; child: EdgeView; onClose: () => void }) {
  const { parent, child, onClose } = props;
  const [contribution, setContribution] = useState(() => readContribution(child.contribution));
  const [weight, setWeight] = useState(String(child.weight));
  const [required, setRequired] = useState(child.required);
  const [tried, setTried] = useState<"set" | "out">("set");
  const number = Number(weight);
  const badWeight = weight.trim() === "" || !(number >= 0);
  const settings = { contribution: printContribution(contribution), weight: number, required };
  return (
    <CommandDialog
      title={t.howCountsIn(child.name, parent.name)}
      wide
      action={t.save}
      because={badWeight && t.theWeightIsNotANumber}
      failed={t.nothingWasChanged}
      run={() => linkParent(child.id, parent.id, settings)}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <ContributionFields value={contribution} onChange={setContribution} />
          <LineField
            label={t.weight}
            help={t.whatWeightOfARuleAddsUp1Unless}
            error={badWeight ? t.aNumber0OrMore : faultOf("/weight")}
            inputMode="decimal"
            value={weight}
            onChange={setWeight}
          />
          <div>
            <Switch label={t.required} on={required} onChange={setRequired} />
            <p className="t3 small">{t.notAvailableItTakesDown(parent.name)}</p>
          </div>
          <div>
            <p className="t2 small">{t.theBacktestBelowTries}</p>
            <Seg
              label={t.theBacktestBelowTries}
              value={tried}
              options={[
                { value: "set", label: t.whatIsSetAbove },
                { value: "out", label: t.takingItOut },
              ]}
              onChange={setTried}
            />
          </div>
          <Backtest
            draft={{ edges: [{ nodeId: child.id, parentId: parent.id, ...(tried === "out" ? gone : settings) }] }}
            first="168"
            because={badWeight && tried === "set" && t.theWeightIsNotANumber}
          />
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
        text: t.tookOutOf(child.name, parent.name),
        undo: () => linkParent(child.id, parent.id, { contribution, weight, required }),
      });
      onDone();
    },
  });
  return (
    <div>
      <Button needs="write" small busy={take.isPending} onClick={() => take.mutate()}>
        {t.takeItOutOf(parent.name)}
      </Button>
      <p className={take.isError ? "err" : "t3 small"}>
        {take.isError ? t.itWasNotTakenOut(explainError(take.error)) : t.otherParentsKeepItWithoutOneIt}
      </p>
    </div>
  );
}

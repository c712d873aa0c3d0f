import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { linkParent } from "../../api/commands";
import type { EdgeView, NodeView } from "../../api/model";
import { explainError, fieldError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { useRuleStatuses } from "../../live/useRuleStatuses";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import {
  type Contribution,
  type ContributionKind,
  contributionKinds,
  printContribution,
  readContribution,
} from "./contribution";

const kindLabels: Record<ContributionKind, string> = {
  "as-is": "as it is",
  raise: "worse by some steps",
  lower: "better by some steps",
  cap: "never worse than",
  fixed: "always as",
  ignore: "not at all",
  map: "by a map of statuses",
};
const kindOptions = contributionKinds.map((value) => ({ value, label: kindLabels[value] }));

/** How a child counts for this parent: contribution, weight, required. */
export default function EditEdge(props: { parent: NodeView; child: EdgeView; onClose: () => void }) {
  const { parent, child, onClose } = props;
  const client = useQueryClient();
  const [contribution, setContribution] = useState(() => readContribution(child.contribution));
  const [weight, setWeight] = useState(String(child.weight));
  const [required, setRequired] = useState(child.required);
  const number = Number(weight);
  const badWeight = weight.trim() === "" || !(number >= 0);
  const save = useMutation({
    mutationFn: () =>
      linkParent(child.id, parent.id, { contribution: printContribution(contribution), weight: number, required }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  return (
    <Dialog title={`How ${child.name} counts in ${parent.name}`} onClose={onClose} wide>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!badWeight) save.mutate();
        }}
      >
        <ContributionFields value={contribution} onChange={setContribution} />
        <Field
          label="Weight"
          error={badWeight ? "A number, 0 or more." : fieldError(save.error, "/weight")}
          help="What weight(...) of a rule adds up; 1 unless set."
        >
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              inputMode="decimal"
              value={weight}
              onChange={(event) => setWeight(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Switch label="Required" on={required} onChange={setRequired} />
          <p className="t3 small">Not available, it takes {parent.name} down.</p>
        </div>
        {save.isError ? (
          <p className="err" role="alert">
            Nothing was changed. {explainError(save.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            busy={save.isPending}
            because={badWeight && "The weight is not a number"}
          >
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ContributionFields({ value, onChange }: { value: Contribution; onChange: (to: Contribution) => void }) {
  const statuses = useRuleStatuses();
  return (
    <div className="fl">
      <span className="lb">Counts</span>
      <div className="row wraps">
        <Select
          label="Counts"
          value={value.kind}
          options={kindOptions}
          data-autofocus
          onChange={(kind) =>
            onChange({ ...value, kind, map: value.map.length > 0 ? value.map : [["degraded", "up"]] })
          }
        />
        {value.kind === "raise" || value.kind === "lower" ? (
          <Select
            label="Steps"
            value={String(value.steps)}
            options={Array.from({ length: 10 }, (_, i) => String(i + 1))}
            onChange={(steps) => onChange({ ...value, steps: Number(steps) })}
          />
        ) : null}
        {value.kind === "cap" || value.kind === "fixed" ? (
          <Select
            label="Status"
            value={value.status}
            options={statuses.includes(value.status) ? statuses : [value.status, ...statuses]}
            onChange={(status) => onChange({ ...value, status })}
          />
        ) : null}
      </div>
      {value.kind === "map" ? (
        <StatusMap map={value.map} statuses={statuses} onChange={(map) => onChange({ ...value, map })} />
      ) : null}
      {value.kind === "ignore" ? <span className="help">It leaves the denominator: neither good nor bad.</span> : null}
    </div>
  );
}

type Pairs = Contribution["map"];

/** Statuses that it does not name count as they are. */
function StatusMap(props: { map: Pairs; statuses: readonly string[]; onChange: (map: Pairs) => void }) {
  const { map, statuses, onChange } = props;
  const free = statuses.filter((status) => !map.some(([from]) => from === status));
  const change = (i: number, pair: [string, string]) => onChange(map.map((known, j) => (i === j ? pair : known)));
  return (
    <div className="statusmap">
      {map.map(([from, to], i) => (
        <div key={from} className="row">
          <Select
            label="Status of the child"
            value={from}
            options={[from, ...free]}
            onChange={(next) => change(i, [next, to])}
          />
          <span className="t3">counts as</span>
          <Select label="Counts as" value={to} options={statuses} onChange={(next) => change(i, [from, next])} />
          <Button
            small
            look="quiet"
            aria-label={`Take ${from} out of the map`}
            because={map.length === 1 && "A map has at least one line"}
            onClick={() => onChange(map.filter((_, j) => i !== j))}
          >
            <Icon name="cross" small />
          </Button>
        </div>
      ))}
      {free[0] ? (
        <Button small onClick={() => onChange([...map, [free[0] as string, "up"]])}>
          Add a line
        </Button>
      ) : null}
    </div>
  );
}

import { Select } from "../../ui/Select";
import { NumberField, StatusField } from "./fields";
import { printRollUp, type RollUp, type RollUpKind, readRollUp, rollUpKinds } from "./rollUp";

const labels: Record<RollUpKind, string> = {
  worst: "worst",
  best: "best",
  "all-problem": "up while any is up",
  "at-least up": "up with at least",
  "exactly up": "up with exactly",
  "degraded-unless-all": "degraded unless all are up",
  fixed: "always",
};
const options = rollUpKinds.map((value) => ({ value, label: labels[value] }));
const start: RollUp = { kind: "worst", n: 1, status: "up", cap: "" };

/** What the group is where no rule matches. */
export function RollUpFields(props: {
  rollUp: string;
  statuses: readonly string[];
  onChange: (rollUp: string) => void;
}) {
  const { statuses } = props;
  const rollUp = readRollUp(props.rollUp);
  const change = (to: Partial<RollUp>) => props.onChange(printRollUp({ ...(rollUp ?? start), ...to }));
  const asWritten = { value: "" as RollUpKind, label: props.rollUp };
  return (
    <>
      <Select
        label="Roll-up"
        value={rollUp?.kind ?? asWritten.value}
        options={rollUp ? options : [asWritten, ...options]}
        onChange={(kind) => change({ kind, n: kind.endsWith(" up") ? Math.max(1, rollUp?.n ?? 1) : 1 })}
      />
      {rollUp ? <Details rollUp={rollUp} statuses={statuses} onChange={change} /> : null}
      <span className="t3">never worse than</span>
      <Select
        label="Never worse than"
        value={rollUp?.cap ?? ""}
        options={[{ value: "", label: "no cap" }, ...statuses]}
        onChange={(cap) => change({ cap })}
      />
    </>
  );
}

function Details(props: { rollUp: RollUp; statuses: readonly string[]; onChange: (to: Partial<RollUp>) => void }) {
  const { rollUp, onChange } = props;
  const nth = <NumberField label="Which, or how many" value={rollUp.n} onChange={(n) => onChange({ n })} />;
  switch (rollUp.kind) {
    case "worst":
    case "best":
      return (
        <>
          <span className="t3">of the children, place</span>
          {nth}
        </>
      );
    case "at-least up":
    case "exactly up":
      return (
        <>
          {nth}
          <span className="t3">up, else the worst</span>
        </>
      );
    case "all-problem":
      return <span className="t3">else the worst</span>;
    case "fixed":
      return (
        <StatusField
          label="Status"
          value={rollUp.status}
          statuses={props.statuses}
          onChange={(status) => onChange({ status })}
        />
      );
    default:
      return null;
  }
}

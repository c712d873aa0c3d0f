import { t } from "@texts/rules";
import { Select } from "../../ui/Select";
import { NumberField, StatusField } from "./fields";
import { printRollUp, type RollUp, type RollUpKind, readRollUp, rollUpKinds } from "./rollUp";

const labels: Record<RollUpKind, string> = {
  worst: t.worst,
  best: t.best,
  "all-problem": t.upWhileAnyIsUp,
  "at-least up": t.upWithAtLeast,
  "exactly up": t.upWithExactly,
  "degraded-unless-all": t.degradedUnlessAllAreUp,
  fixed: t.always,
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
        label={t.rollUp}
        value={rollUp?.kind ?? asWritten.value}
        options={rollUp ? options : [asWritten, ...options]}
        onChange={(kind) => change({ kind, n: kind.endsWith(" up") ? Math.max(1, rollUp?.n ?? 1) : 1 })}
      />
      {rollUp ? <Details rollUp={rollUp} statuses={statuses} onChange={change} /> : null}
      <span className="t3">{t.neverWorseThan}</span>
      <Select
        label={t.neverWorseThan2}
        value={rollUp?.cap ?? ""}
        options={[{ value: "", label: t.noCap }, ...statuses]}
        onChange={(cap) => change({ cap })}
      />
    </>
  );
}

function Details(props: { rollUp: RollUp; statuses: readonly string[]; onChange: (to: Partial<RollUp>) => void }) {
  const { rollUp, onChange } = props;
  const nth = <NumberField label={t.whichOrHowMany} value={rollUp.n} onChange={(n) => onChange({ n })} />;
  switch (rollUp.kind) {
    case "worst":
    case "best":
      return (
        <>
          <span className="t3">{t.ofTheChildrenPlace}</span>
          {nth}
        </>
      );
    case "at-least up":
    case "exactly up":
      return (
        <>
          {nth}
          <span className="t3">{t.upElseThatOne}</span>
        </>
      );
    case "all-problem":
      return <span className="t3">{t.elseTheWorst}</span>;
    case "fixed":
      return (
        <StatusField
          label={t.status}
          value={rollUp.status}
          statuses={props.statuses}
          onChange={(status) => onChange({ status })}
        />
      );
    default:
      return null;
  }
}

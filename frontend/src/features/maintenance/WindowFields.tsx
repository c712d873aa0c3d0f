import { t } from "@texts/maintenance";
import { fieldError } from "../../api/problem";
import { Field } from "../../ui/Field";
import { Covered } from "./Covered";
import { Once, Recurring } from "./ScheduleFields";
import { type Faults, type Kind, kinds, type WindowForm } from "./windowForm";

interface Props {
  form: WindowForm;
  faults: Faults;
  /** What the server said of it. */
  fault: unknown;
  onChange: (form: WindowForm) => void;
}

const kindWords: Record<Kind, [string, string]> = {
  fixed: [t.onceAtFixedTimes, t.fromOneTimeToAnotherWhatever],
  flexible: [t.onceWhenItBegins, t.beginsWithTheFirstProblemInside],
  recurring: [t.againAndAgain, t.onDaysOfTheWeekInTheTimeZoneOf],
};

export function WindowFields({ form, faults, fault, onChange }: Props) {
  const set = (change: Partial<WindowForm>) => onChange({ ...form, ...change });
  return (
    <>
      <Field label={t.name} error={faults.name ?? fieldError(fault, "/name")}>
        {(wiring) => (
          <input
            {...wiring}
            className="field"
            maxLength={200}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t.reason} error={fieldError(fault, "/reason")} help={t.othersWillReadIt}>
        {(wiring) => (
          <input
            {...wiring}
            className="field"
            maxLength={1000}
            value={form.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        )}
      </Field>
      <Covered
        form={form}
        fault={faults.nodeIds ?? fieldError(fault, "/nodeIds")}
        onChange={(nodeIds) => set({ nodeIds })}
      />
      <fieldset className="fl">
        <legend className="lb">{t.when}</legend>
        {kinds.map((kind) => (
          <label key={kind} className="choice">
            <input type="radio" name="kind" checked={form.kind === kind} onChange={() => set({ kind })} />
            <span>
              {kindWords[kind][0]} <span className="t3">{kindWords[kind][1]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {form.kind === "recurring" ? (
        <Recurring form={form} faults={faults} fault={fault} set={set} />
      ) : (
        <Once form={form} faults={faults} fault={fault} set={set} />
      )}
    </>
  );
}

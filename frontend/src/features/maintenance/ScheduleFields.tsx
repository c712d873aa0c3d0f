import { t } from "@texts/maintenance";
import { fieldError } from "../../api/problem";
import { Field } from "../../ui/Field";
import { days, dayWord, type Faults, type WindowForm } from "./windowForm";

interface Props {
  form: WindowForm;
  faults: Faults;
  /** What the server said of it. */
  fault: unknown;
  set: (change: Partial<WindowForm>) => void;
}

interface TextProps {
  label: string;
  type?: string;
  value: string;
  help?: string;
  error?: string | undefined;
  list?: string;
  onChange: (text: string) => void;
}

const Text = ({ label, type = "text", value, help, error, list, onChange }: TextProps) => (
  <Field label={label} error={error} help={help}>
    {(wiring) => (
      <input
        {...wiring}
        className="field"
        type={type}
        list={list}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

/** From when to when, of a window that comes once. */
export function Once({ form, faults, fault, set }: Props) {
  return (
    <>
      <div className="two">
        <Text
          label={form.kind === "flexible" ? t.notBefore : t.from2}
          type="datetime-local"
          value={form.from}
          error={fieldError(fault, "/schedule/from")}
          onChange={(from) => set({ from })}
        />
        <Text
          label={form.kind === "flexible" ? t.beginsAtTheLatest : t.to4}
          type="datetime-local"
          value={form.to}
          error={faults.to ?? fieldError(fault, "/schedule/to")}
          onChange={(to) => set({ to })}
        />
      </div>
      {form.kind === "flexible" ? <Duration form={form} faults={faults} fault={fault} set={set} /> : null}
    </>
  );
}

const Duration = ({ form, faults, fault, set }: Props) => (
  <Text
    label={t.lasts}
    value={form.duration}
    help={t.suchAs2hOr90m}
    error={faults.duration ?? fieldError(fault, "/schedule/duration")}
    onChange={(duration) => set({ duration })}
  />
);

const zones = Intl.supportedValuesOf("timeZone");

/** On which days, at what time, where and until when, of one that comes again. */
export function Recurring({ form, faults, fault, set }: Props) {
  const toggle = (day: string) =>
    set({ days: days.filter((d) => (d === day ? !form.days.includes(d) : form.days.includes(d))) });
  return (
    <>
      <fieldset className="fl">
        <legend className="lb">{t.days}</legend>
        <span className="toggles">
          {days.map((day) => (
            <button
              key={day}
              type="button"
              className="btn"
              aria-pressed={form.days.includes(day)}
              onClick={() => toggle(day)}
            >
              {dayWord(day)}
            </button>
          ))}
        </span>
        {faults.days ? <span className="err">{faults.days}</span> : null}
      </fieldset>
      <div className="two">
        <Text
          label={t.beginsAt}
          type="time"
          value={form.start}
          error={faults.start ?? fieldError(fault, "/schedule/start")}
          onChange={(start) => set({ start })}
        />
        <Duration form={form} faults={faults} fault={fault} set={set} />
      </div>
      <Text
        label={t.timeZone}
        list="window-zones"
        value={form.timeZone}
        error={fieldError(fault, "/schedule/timeZone")}
        onChange={(timeZone) => set({ timeZone })}
      />
      <datalist id="window-zones">
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="two">
        <Text
          label={t.firstFrom}
          type="datetime-local"
          value={form.validFrom}
          help={t.atOnceWhereEmpty}
          onChange={(validFrom) => set({ validFrom })}
        />
        <Text
          label={t.notAfter}
          type="datetime-local"
          value={form.validTo}
          help={t.forEverWhereEmpty}
          onChange={(validTo) => set({ validTo })}
        />
      </div>
    </>
  );
}

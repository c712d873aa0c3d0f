import { t as texts } from "@texts/ui";
import { useState } from "react";
import { Field } from "./Field";

const hour = 3_600_000;
const presets = [
  { value: "", label: "" },
  { value: "1", label: texts.for1Hour },
  { value: "4", label: texts.for4Hours },
  { value: "24", label: texts.forADay },
  { value: "168", label: texts.forAWeek },
  { value: "at", label: texts.untilATimeOfMyChoice },
] as const;

/** What a local date field shows: `2026-11-21T10:00` in the viewer's zone. */
export function localInput(iso: string | null | undefined): string {
  if (!iso) return "";
  const t = new Date(iso);
  return new Date(t.getTime() - t.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Back to an instant; undefined while it is no time. */
export function fromLocalInput(text: string): string | undefined {
  const t = new Date(text);
  return text && !Number.isNaN(t.getTime()) ? t.toISOString() : undefined;
}

/** Until when; `open` says what it means to name no end. */
export function UntilField(props: {
  open: string;
  error?: string | undefined;
  onChange: (iso: string | undefined) => void;
}) {
  const [preset, setPreset] = useState("");
  const [at, setAt] = useState(() => localInput(new Date(Date.now() + hour).toISOString()));
  const choose = (to: string, time = at) => {
    setPreset(to);
    if (to === "at") props.onChange(fromLocalInput(time));
    else props.onChange(to ? new Date(Date.now() + Number(to) * hour).toISOString() : undefined);
  };
  return (
    <div className="two">
      <Field label={texts.until} error={props.error}>
        {(wiring) => (
          <select {...wiring} className="field" value={preset} onChange={(event) => choose(event.target.value)}>
            {presets.map(({ value, label }) => (
              <option key={value} value={value}>
                {label || props.open}
              </option>
            ))}
          </select>
        )}
      </Field>
      {preset === "at" ? (
        <Field label={texts.time}>
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              type="datetime-local"
              value={at}
              onChange={(event) => {
                setAt(event.target.value);
                choose("at", event.target.value);
              }}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

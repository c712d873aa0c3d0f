import { useId } from "react";
import { TextField } from "./fields";

const zones: readonly string[] = Intl.supportedValuesOf("timeZone");
const known = new Set(["UTC", ...zones]);

/** The zone in which `hour`, `day` and `during` are asked. */
export function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const list = useId();
  return (
    <div className="cll">
      <span className="kw wide">Time zone</span>
      <TextField
        label="Time zone of hours, days and schedules"
        width={200}
        placeholder="UTC"
        list={list}
        value={zone}
        invalid={zone !== "" && !known.has(zone)}
        onChange={(to) => onChange(to.trim())}
      />
      <datalist id={list}>
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <span className="t3">of hours, days and schedules</span>
    </div>
  );
}

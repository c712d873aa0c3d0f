import { t } from "@texts/rules";
import { useId } from "react";
import { TextField } from "./fields";

const zones: readonly string[] = Intl.supportedValuesOf("timeZone");
const known = new Set(["UTC", ...zones]);

/** The zone in which `hour`, `day` and `during` are asked. */
export function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const list = useId();
  return (
    <div className="cll">
      <span className="kw wide">{t.timeZone}</span>
      <TextField
        label={t.timeZoneOfHoursDaysAndSchedules}
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
      <span className="t3">{t.ofHoursDaysAndSchedules}</span>
    </div>
  );
}

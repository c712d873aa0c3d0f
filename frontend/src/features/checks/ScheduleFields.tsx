import { useQuery } from "@tanstack/react-query";
import { agentsQuery } from "../../api/agents";
import { fieldError } from "../../api/problem";
import { locationsOf } from "../../live/locations";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { type CheckForm, placesOf } from "./checkForm";

interface Props {
  form: CheckForm;
  onChange: (change: Partial<CheckForm>) => void;
  faults: Record<string, string>;
  refused: unknown;
}

/** How often a probe runs, and from where. */
export function ScheduleFields(props: Props) {
  return (
    <>
      <div className="two">
        <LineField {...wired(props, "interval")} label="Every" help="From 1 s to 1 day." />
        <LineField {...wired(props, "timeout")} label="Gives up after" help="From 100 ms to 5 minutes." />
      </div>
      <div className="two">
        <LineField
          {...wired(props, "cron")}
          label="Or by cron"
          placeholder="*/5 8-18 * * mon-fri"
          help="Minute, hour, day, month, weekday; in place of the interval."
        />
        <LineField
          {...wired(props, "timeZone")}
          label="Time zone"
          placeholder="UTC"
          help="Whose clock cron means, such as Europe/Berlin."
        />
      </div>
      <Places {...props} />
    </>
  );
}

/** Of a heartbeat: when the next one is due. */
export function HeartbeatFields(props: Props) {
  return (
    <div className="two">
      <LineField {...wired(props, "interval")} label="Comes every" help="How often the script runs." />
      <LineField
        {...wired(props, "grace")}
        label="May be late by"
        placeholder="5m"
        help="Down when nothing came by then."
      />
    </div>
  );
}

type Text = "interval" | "cron" | "timeZone" | "timeout" | "grace" | "locations";

const wired = ({ form, onChange, faults, refused }: Props, of: Text) => ({
  value: form[of],
  onChange: (text: string) => onChange({ [of]: text }),
  error: faults[of] ?? fieldError(refused, `/${of}`),
  spellCheck: false,
});

const decisions = (places: number) => [
  { value: "any", label: "any of them says so" },
  ...Array.from({ length: Math.max(0, places - 2) }, (_, i) => ({
    value: String(i + 2),
    label: `at least ${i + 2} say so`,
  })),
  { value: "all", label: "all of them say so" },
];

/** With more than one location it is asked which decide. */
function Places(props: Props) {
  const { form, onChange, faults, refused } = props;
  const agents = useQuery(agentsQuery());
  const known = locationsOf(agents.data ?? []).map((location) => location.name);
  const places = placesOf(form).length;
  const options = decisions(places);
  const asked = options.some((option) => option.value === form.decide)
    ? options
    : [...options, { value: form.decide, label: `at least ${form.decide} say so` }];
  return (
    <div className={places > 1 ? "two" : ""}>
      <LineField
        {...wired(props, "locations")}
        label="From"
        placeholder="default"
        help={known.length > 1 ? `Locations, apart by commas: ${known.join(", ")}.` : "Locations, apart by commas."}
      />
      {places > 1 ? (
        <PickField
          label="Down when"
          value={form.decide}
          options={asked}
          onChange={(decide) => onChange({ decide })}
          error={faults.decide ?? fieldError(refused, "/decide")}
        />
      ) : null}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/checks";
import { agentsQuery } from "../../api/agents";
import { fieldError } from "../../api/problem";
import { locationsOf } from "../../live/locations";
import { LineField } from "../../ui/LineField";
import { useMay } from "../../ui/may";
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
        <LineField {...wired(props, "interval")} label={t.every} help={t.from1STo1Day} />
        <LineField {...wired(props, "timeout")} label={t.givesUpAfter} help={t.from100MsTo5Minutes} />
      </div>
      <div className="two">
        <LineField
          {...wired(props, "cron")}
          label={t.orByCron}
          placeholder={t.n5818MonFri}
          help={t.minuteHourDayMonthWeekdayInPlace}
        />
        <LineField
          {...wired(props, "timeZone")}
          label={t.timeZone}
          placeholder="UTC"
          help={t.whoseClockCronMeansSuchAsEurope}
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
      <LineField {...wired(props, "interval")} label={t.comesEvery} help={t.howOftenTheScriptRuns} />
      <LineField {...wired(props, "grace")} label={t.mayBeLateBy} placeholder="5m" help={t.downWhenNothingCameByThen} />
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
  { value: "any", label: t.anyOfThemSaysSo },
  ...Array.from({ length: Math.max(0, places - 2) }, (_, i) => ({
    value: String(i + 2),
    label: t.atLeastSaySo(i + 2),
  })),
  { value: "all", label: t.allOfThemSaySo },
];

/** With more than one location it is asked which decide. */
function Places(props: Props) {
  const { form, onChange, faults, refused } = props;
  const agents = useQuery({ ...agentsQuery(), enabled: useMay("all") });
  const known = locationsOf(agents.data ?? []).map((location) => location.name);
  const places = placesOf(form).length;
  const options = decisions(places);
  const asked = options.some((option) => option.value === form.decide)
    ? options
    : [...options, { value: form.decide, label: t.atLeastSaySo2(form.decide) }];
  return (
    <div className={places > 1 ? "two" : ""}>
      <LineField
        {...wired(props, "locations")}
        label={t.from}
        placeholder={t.default}
        help={known.length > 1 ? t.locationsApartByCommas(known.join(", ")) : t.locationsApartByCommas2}
      />
      {places > 1 ? (
        <PickField
          label={t.downWhen}
          value={form.decide}
          options={asked}
          onChange={(decide) => onChange({ decide })}
          error={faults.decide ?? fieldError(refused, "/decide")}
        />
      ) : null}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { agentsQuery } from "../../api/agents";
import { fieldError } from "../../api/problem";
import { defaultLocation, locationsOf } from "../../live/locations";
import { LineField } from "../../ui/LineField";
import type { CheckForm } from "./checkForm";

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
      <Place {...props} />
    </>
  );
}

type Text = "interval" | "timeout" | "location";

const wired = ({ form, onChange, faults, refused }: Props, of: Text) => ({
  value: form[of],
  onChange: (text: string) => onChange({ [of]: text }),
  error: faults[of] ?? fieldError(refused, of === "location" ? "/locations" : `/${of}`),
  spellCheck: false,
});

/** Where it runs: the locations that have agents are offered, another may be named before its agent comes. */
function Place(props: Props) {
  const agents = useQuery(agentsQuery());
  const id = useId();
  return (
    <>
      <LineField
        {...wired(props, "location")}
        label="From"
        placeholder={defaultLocation}
        help="The location whose agents run it."
        list={id}
      />
      <datalist id={id}>
        {locationsOf(agents.data ?? []).map((location) => (
          <option key={location.name} value={location.name} />
        ))}
      </datalist>
    </>
  );
}

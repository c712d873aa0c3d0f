import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/slos";
import type { Counting, StatusView } from "../../api/model";
import { statusesQuery } from "../../api/queries";
import { Status } from "../../live/Status";
import { Select } from "../../ui/Select";
import type { FieldProps } from "./ObjectiveDialog";

const words: Record<Counting, string> = { good: t.good, bad: t.bad, excluded: t.leftOut };
const countings = Object.keys(words) as Counting[];

/** What a status counts as where the objective does not say. */
const usual = ({ available }: StatusView): Counting => (available == null ? "excluded" : available ? "good" : "bad");

/** Of every status whether it counts as good, as bad, or not at all. */
export function CountFields({ form, set, faultOf }: FieldProps) {
  const statuses = useQuery(statusesQuery());
  const choose = (name: string, to: Counting, as: Counting) => {
    const { [name]: _, ...others } = form.counts;
    set({ counts: to === as ? others : { ...others, [name]: to } });
  };
  const changed = Object.keys(form.counts).length;
  const fault = faultOf("/counts");
  return (
    <details className="counts" open={changed > 0 || undefined}>
      <summary>
        {t.howStatusesCount}{" "}
        <span className="t3">{changed > 0 ? t.otherThanUsual(changed) : t.asTheirAvailabilitySays}</span>
      </summary>
      <ul>
        {(statuses.data ?? []).map((status) => {
          const as = usual(status);
          return (
            <li key={status.name}>
              <Status name={status.name} />
              <Select
                className="sm"
                label={t.countsAs(status.name)}
                value={form.counts[status.name] ?? as}
                options={countings.map((value) => ({
                  value,
                  label: value === as ? t.usual(words[value]) : words[value],
                }))}
                onChange={(to) => choose(status.name, to, as)}
              />
            </li>
          );
        })}
      </ul>
      {fault ? <span className="err">{fault}</span> : null}
    </details>
  );
}

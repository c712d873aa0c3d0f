import { t } from "@texts/node";
import { useRuleStatuses } from "../../live/useRuleStatuses";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { type Contribution, type ContributionKind, contributionKinds } from "./contribution";

const kindLabels: Record<ContributionKind, string> = {
  "as-is": t.asItIs,
  raise: t.worseBySomeSteps,
  lower: t.betterBySomeSteps,
  cap: t.neverWorseThan,
  fixed: t.alwaysAs,
  ignore: t.notAtAll,
  map: t.byAMapOfStatuses,
};
const kindOptions = contributionKinds.map((value) => ({ value, label: kindLabels[value] }));

/** As what a child's status counts. */
export function ContributionFields({ value, onChange }: { value: Contribution; onChange: (to: Contribution) => void }) {
  const statuses = useRuleStatuses();
  return (
    <div className="fl">
      <span className="lb">{t.counts}</span>
      <div className="row wraps">
        <Select
          label={t.counts}
          value={value.kind}
          options={kindOptions}
          data-autofocus
          onChange={(kind) =>
            onChange({ ...value, kind, map: value.map.length > 0 ? value.map : [["degraded", "up"]] })
          }
        />
        {value.kind === "raise" || value.kind === "lower" ? (
          <Select
            label={t.steps}
            value={String(value.steps)}
            options={Array.from({ length: 10 }, (_, i) => String(i + 1))}
            onChange={(steps) => onChange({ ...value, steps: Number(steps) })}
          />
        ) : null}
        {value.kind === "cap" || value.kind === "fixed" ? (
          <Select
            label={t.status}
            value={value.status}
            options={statuses.includes(value.status) ? statuses : [value.status, ...statuses]}
            onChange={(status) => onChange({ ...value, status })}
          />
        ) : null}
      </div>
      {value.kind === "map" ? (
        <StatusMap map={value.map} statuses={statuses} onChange={(map) => onChange({ ...value, map })} />
      ) : null}
      {value.kind === "ignore" ? <span className="help">{t.itLeavesTheDenominatorNeither}</span> : null}
    </div>
  );
}

type Pairs = Contribution["map"];

/** Statuses that it does not name count as they are. */
function StatusMap(props: { map: Pairs; statuses: readonly string[]; onChange: (map: Pairs) => void }) {
  const { map, statuses, onChange } = props;
  const free = statuses.filter((status) => !map.some(([from]) => from === status));
  const change = (i: number, pair: [string, string]) => onChange(map.map((known, j) => (i === j ? pair : known)));
  return (
    <div className="statusmap">
      {map.map(([from, to], i) => (
        <div key={from} className="row">
          <Select
            label={t.statusOfTheChild}
            value={from}
            options={[from, ...free]}
            onChange={(next) => change(i, [next, to])}
          />
          <span className="t3">{t.countsAs}</span>
          <Select label={t.countsAs2} value={to} options={statuses} onChange={(next) => change(i, [from, next])} />
          <Button
            small
            look="quiet"
            aria-label={t.takeOutOfTheMap(from)}
            because={map.length === 1 && t.aMapHasAtLeastOneLine}
            onClick={() => onChange(map.filter((_, j) => i !== j))}
          >
            <Icon name="cross" small />
          </Button>
        </div>
      ))}
      {free[0] ? (
        <Button small onClick={() => onChange([...map, [free[0] as string, "up"]])}>
          {t.addALine}
        </Button>
      ) : null}
    </div>
  );
}

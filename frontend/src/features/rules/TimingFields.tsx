import { t } from "@texts/rules";
import { Section } from "../../ui/Section";
import { Switch } from "../../ui/Switch";
import { readDuration } from "../../util/time";
import { NumberField, TextField } from "./fields";
import { isAtOnce, type Patience, type Timing } from "./timing";
import type { DraftState } from "./useDraft";
import { ZoneField } from "./ZoneField";

/** How patient the whole node is, whatever decided its status, and the zone of its hours and days. */
export function TimingFields({ state, leaf }: { state: DraftState; leaf: boolean }) {
  const { timing, zone } = state.draft;
  const set = (to: Partial<Timing>) => state.edit((draft) => ({ timing: { ...draft.timing, ...to } }));
  return (
    <Section title={t.patience} note={isAtOnce(timing) ? t.anotherStatusCountsAtOnce : t.beforeAnotherStatusCounts}>
      <PatienceRow label={t.worse} value={timing.worse} leaf={leaf} onChange={(worse) => set({ worse })} />
      <PatienceRow label={t.better} value={timing.better} leaf={leaf} onChange={(better) => set({ better })} />
      <div className="cll">
        <span className="kw wide">{t.holdDown}</span>
        <TextField
          label={t.howLongAWorseStatusStaysAtLeast}
          width={76}
          placeholder={t.none}
          value={timing.holdDown}
          invalid={isBad(timing.holdDown)}
          onChange={(holdDown) => set({ holdDown: holdDown.replace(/\s/g, "") })}
        />
        <span className="t3">{t.aWorseStatusStaysAtLeastSoLong}</span>
      </div>
      <div className="cll">
        <Switch
          label={t.watchForFlapping}
          on={timing.flapping !== undefined}
          onChange={(on) => set({ flapping: on ? { start: 30, stop: 25 } : undefined })}
        />
        {timing.flapping ? <Limits flapping={timing.flapping} onChange={(flapping) => set({ flapping })} /> : null}
      </div>
      <ZoneField zone={zone} onChange={(to) => state.edit(() => ({ zone: to }))} />
    </Section>
  );
}

const isBad = (held: string) => held !== "" && readDuration(held) === undefined;

function PatienceRow(props: { label: string; value: Patience; leaf: boolean; onChange: (to: Patience) => void }) {
  const { label, value, leaf, onChange } = props;
  return (
    <div className="cll">
      <span className="kw wide">{label}</span>
      <span className="t3">{t.for}</span>
      <TextField
        label={t.howLongItMustBe(label.toLowerCase())}
        width={76}
        placeholder={t.atOnce}
        value={value.held}
        invalid={isBad(value.held)}
        onChange={(held) => onChange({ ...value, held: held.replace(/\s/g, "") })}
      />
      {leaf ? (
        <>
          <span className="t3">{t.and}</span>
          <NumberField
            label={t.resultsInARowThatAre(label.toLowerCase())}
            value={value.attempts}
            most={100}
            onChange={(attempts) => onChange({ ...value, attempts })}
          />
          <span className="t3">{value.attempts === 1 ? t.result : t.resultsInARow2}</span>
        </>
      ) : null}
    </div>
  );
}

type Flapping = NonNullable<Timing["flapping"]>;

const Limits = ({ flapping, onChange }: { flapping: Flapping; onChange: (to: Flapping) => void }) => (
  <>
    <span className="t3">{t.from2}</span>
    <NumberField
      label={t.flapsAboveThisShareOfChangesIn}
      value={flapping.start}
      most={99}
      onChange={(start) => onChange({ start, stop: Math.min(flapping.stop, start) })}
    />
    <span className="t3">{t.ofChangesUntil}</span>
    <NumberField
      label={t.endsAtOrBelowThisShareInPercent}
      value={flapping.stop}
      most={flapping.start}
      onChange={(stop) => onChange({ ...flapping, stop })}
    />
    <span className="t3">%</span>
  </>
);

import { t } from "@texts/notices";
import type { ChannelView } from "../../api/model";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { ChannelPicks } from "./ChannelPicks";
import { badDuration, type RuleForm } from "./ruleForm";

type Setting = {
  form: RuleForm;
  set: (change: Partial<RuleForm>) => void;
  faultOf: (pointer: string) => string | undefined;
};

/** What follows while nobody has it in hand. */
export function Later({ form, channels, set, faultOf }: Setting & { channels: readonly ChannelView[] }) {
  return (
    <>
      <div className="two">
        <LineField
          label={t.againEvery2}
          help={t.whileNobodyHasAcknowledgedIt}
          error={badDuration(form.repeat) ?? faultOf("/repeat")}
          value={form.repeat}
          onChange={(repeat) => set({ repeat })}
        />
        <LineField
          label={t.escalateAfter}
          help={t.whereNobodyHasAcknowledgedByThen}
          error={badDuration(form.escalateAfter) ?? faultOf("/escalations")}
          value={form.escalateAfter}
          onChange={(escalateAfter) => set({ escalateAfter })}
        />
      </div>
      {form.escalateAfter ? (
        <ChannelPicks
          legend={t.escalateTo}
          channels={channels}
          picked={form.escalateTo}
          onPick={(escalateTo) => set({ escalateTo })}
        />
      ) : null}
    </>
  );
}

/** When nobody is to be woken, and by what all the same. */
export function Quiet({
  form,
  severities,
  set,
  faultOf,
}: Setting & { severities: readonly { value: string; label: string }[] }) {
  return (
    <>
      <div className="two">
        <LineField
          label={t.quietHours}
          help={t.suchAsDaily22000700EmptyForNone}
          error={faultOf("/quiet")}
          value={form.quiet}
          onChange={(quiet) => set({ quiet })}
        />
        <LineField label={t.timeZone} value={form.zone} onChange={(zone) => set({ zone })} />
      </div>
      {form.quiet ? (
        <PickField
          label={t.whatBreaksThrough}
          value={form.except}
          options={[
            { value: "", label: t.nothing },
            ...severities.map(({ value }) => ({ value, label: t.orWorse(value) })),
          ]}
          onChange={(except) => set({ except })}
        />
      ) : null}
    </>
  );
}

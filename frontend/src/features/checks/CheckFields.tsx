import { t } from "@texts/checks";
import type { CheckKind } from "../../api/model";
import { fieldError } from "../../api/problem";
import { LineField } from "../../ui/LineField";
import { Switch } from "../../ui/Switch";
import { type CheckForm, isProbeKind } from "./checkForm";
import { kinds, offered } from "./kinds";
import { ProtocolFields } from "./ProtocolFields";
import { HeartbeatFields, ScheduleFields } from "./ScheduleFields";

interface Props {
  form: CheckForm;
  onChange: (change: Partial<CheckForm>) => void;
  /** Shown once a save was tried. */
  faults: Record<string, string>;
  /** What the server said. */
  refused: unknown;
  /** The kind of a check that exists stays, but a report may become expected. */
  isNew: boolean;
}

export function CheckFields(props: Props) {
  const { form, onChange, isNew, faults, refused } = props;
  const line = (of: "name" | "source" | "staleness") => ({
    value: form[of],
    onChange: (text: string) => onChange({ [of]: text }),
    error: faults[of] ?? fieldError(refused, `/${of}`),
    spellCheck: false,
  });
  return (
    <div className="form checkform">
      {isNew ? <Kinds chosen={form.kind} onChoose={(kind) => onChange({ kind })} /> : null}
      <LineField {...line("name")} label={t.name2} maxLength={200} />
      {isProbeKind(form.kind) ? (
        <>
          <ProtocolFields {...props} kind={form.kind} />
          <ScheduleFields form={form} onChange={onChange} faults={faults} refused={refused} />
        </>
      ) : (
        <LineField {...line("source")} label={t.source} help={t.whatTheScriptReportsWithSuchAs} maxLength={200} />
      )}
      {isNew || isProbeKind(form.kind) ? null : (
        <Switch
          label={form.kind === "heartbeat" ? t.expectedItsSilenceIsAFault : t.itComesWhenItComes}
          on={form.kind === "heartbeat"}
          onChange={(isExpected) => onChange({ kind: isExpected ? "heartbeat" : "report" })}
        />
      )}
      {form.kind === "heartbeat" ? (
        <HeartbeatFields form={form} onChange={onChange} faults={faults} refused={refused} />
      ) : null}
      <LineField
        {...line("staleness")}
        label={t.expiresAfter}
        placeholder="30m"
        help={t.howOldTheLastObservationMayBe30}
      />
      <Switch
        label={form.enabled ? t.on : t.offTheHistoryIsKept}
        on={form.enabled}
        onChange={(enabled) => onChange({ enabled })}
      />
    </div>
  );
}

function Kinds({ chosen, onChoose }: { chosen: CheckKind; onChoose: (kind: CheckKind) => void }) {
  return (
    <fieldset className="kinds" aria-label={t.kindOfCheck}>
      {offered.map((kind) => (
        <label key={kind} className="kind-choice">
          <input type="radio" name="kind" checked={kind === chosen} onChange={() => onChoose(kind)} />
          <span>
            <b>{kinds[kind].word}</b>
            <span className="t3 small">{kinds[kind].means}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/maintenance";
import { useMemo } from "react";
import { fieldError } from "../../api/problem";
import { treesQuery } from "../../api/queries";
import { NodePicker } from "../../live/NodePicker";
import { StatusShape } from "../../live/Status";
import { allNodes } from "../../live/tree";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Icon } from "../../ui/Icon";
import { days, dayWord, type Faults, type Kind, kinds, type WindowForm } from "./windowForm";

interface Props {
  form: WindowForm;
  faults: Faults;
  /** What the server said of it. */
  fault: unknown;
  onChange: (form: WindowForm) => void;
}

const kindWords: Record<Kind, [string, string]> = {
  fixed: [t.onceAtFixedTimes, t.fromOneTimeToAnotherWhatever],
  flexible: [t.onceWhenItBegins, t.beginsWithTheFirstProblemInside],
  recurring: [t.againAndAgain, t.onDaysOfTheWeekInTheTimeZoneOf],
};

export function WindowFields(props: Props) {
  const { form, faults, fault, onChange } = props;
  const set = (change: Partial<WindowForm>) => onChange({ ...form, ...change });
  return (
    <>
      <Field label={t.name} error={faults.name ?? fieldError(fault, "/name")}>
        {(wiring) => (
          <input
            {...wiring}
            className="field"
            maxLength={200}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t.reason} error={fieldError(fault, "/reason")} help={t.othersWillReadIt}>
        {(wiring) => (
          <input
            {...wiring}
            className="field"
            maxLength={1000}
            value={form.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        )}
      </Field>
      <Covered
        form={form}
        fault={faults.nodeIds ?? fieldError(fault, "/nodeIds")}
        onChange={(nodeIds) => set({ nodeIds })}
      />
      <fieldset className="fl">
        <legend className="lb">{t.when}</legend>
        {kinds.map((kind) => (
          <label key={kind} className="choice">
            <input type="radio" name="kind" checked={form.kind === kind} onChange={() => set({ kind })} />
            <span>
              {kindWords[kind][0]} <span className="t3">{kindWords[kind][1]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {form.kind === "recurring" ? <Recurring {...props} set={set} /> : <Once {...props} set={set} />}
    </>
  );
}

type Setting = Props & { set: (change: Partial<WindowForm>) => void };

interface TextProps {
  label: string;
  type?: string;
  value: string;
  help?: string;
  error?: string | undefined;
  list?: string;
  onChange: (text: string) => void;
}

const Text = ({ label, type = "text", value, help, error, list, onChange }: TextProps) => (
  <Field label={label} error={error} help={help}>
    {(wiring) => (
      <input
        {...wiring}
        className="field"
        type={type}
        list={list}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

function Once({ form, faults, fault, set }: Setting) {
  return (
    <>
      <div className="two">
        <Text
          label={form.kind === "flexible" ? t.notBefore : t.from2}
          type="datetime-local"
          value={form.from}
          error={fieldError(fault, "/schedule/from")}
          onChange={(from) => set({ from })}
        />
        <Text
          label={form.kind === "flexible" ? t.beginsAtTheLatest : t.to4}
          type="datetime-local"
          value={form.to}
          error={faults.to ?? fieldError(fault, "/schedule/to")}
          onChange={(to) => set({ to })}
        />
      </div>
      {form.kind === "flexible" ? <Duration form={form} faults={faults} fault={fault} set={set} /> : null}
    </>
  );
}

const Duration = ({ form, faults, fault, set }: Omit<Setting, "onChange">) => (
  <Text
    label={t.lasts}
    value={form.duration}
    help={t.suchAs2hOr90m}
    error={faults.duration ?? fieldError(fault, "/schedule/duration")}
    onChange={(duration) => set({ duration })}
  />
);

const zones = Intl.supportedValuesOf("timeZone");

function Recurring({ form, faults, fault, set }: Setting) {
  const toggle = (day: string) =>
    set({ days: days.filter((d) => (d === day ? !form.days.includes(d) : form.days.includes(d))) });
  return (
    <>
      <fieldset className="fl">
        <legend className="lb">{t.days}</legend>
        <span className="toggles">
          {days.map((day) => (
            <button
              key={day}
              type="button"
              className="btn"
              aria-pressed={form.days.includes(day)}
              onClick={() => toggle(day)}
            >
              {dayWord(day)}
            </button>
          ))}
        </span>
        {faults.days ? <span className="err">{faults.days}</span> : null}
      </fieldset>
      <div className="two">
        <Text
          label={t.beginsAt}
          type="time"
          value={form.start}
          error={faults.start ?? fieldError(fault, "/schedule/start")}
          onChange={(start) => set({ start })}
        />
        <Duration form={form} faults={faults} fault={fault} set={set} />
      </div>
      <Text
        label={t.timeZone}
        list="window-zones"
        value={form.timeZone}
        error={fieldError(fault, "/schedule/timeZone")}
        onChange={(timeZone) => set({ timeZone })}
      />
      <datalist id="window-zones">
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="two">
        <Text
          label={t.firstFrom}
          type="datetime-local"
          value={form.validFrom}
          help={t.atOnceWhereEmpty}
          onChange={(validFrom) => set({ validFrom })}
        />
        <Text
          label={t.notAfter}
          type="datetime-local"
          value={form.validTo}
          help={t.forEverWhereEmpty}
          onChange={(validTo) => set({ validTo })}
        />
      </div>
    </>
  );
}

function Covered(props: { form: WindowForm; fault: string | undefined; onChange: (ids: string[]) => void }) {
  const { form, fault, onChange } = props;
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  return (
    <fieldset className="fl">
      <legend className="lb">{t.coversTheseNodesAndAllBelowThem}</legend>
      {form.nodeIds.length > 0 ? (
        <ul className="covered">
          {form.nodeIds.map((id) => (
            <li key={id}>
              <StatusShape name={nodes.get(id)?.status ?? "unknown"} size="md" />
              {nodes.get(id)?.name ?? t.aNode}
              <Button
                small
                look="quiet"
                aria-label={t.doNotCover(nodes.get(id)?.name ?? t.it)}
                onClick={() => onChange(form.nodeIds.filter((known) => known !== id))}
              >
                <Icon name="cross" small />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <NodePicker
        label={t.nodesToCover}
        value={undefined}
        focus={false}
        onChange={(id) => id && onChange([...form.nodeIds, id])}
        refuse={(node, above) =>
          form.nodeIds.includes(node.id)
            ? t.itIsCoveredAlready
            : above.some((id) => form.nodeIds.includes(id))
              ? t.itIsCoveredByANodeAboveIt
              : undefined
        }
      />
      {fault ? <span className="err">{fault}</span> : null}
    </fieldset>
  );
}

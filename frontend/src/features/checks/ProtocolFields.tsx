import { t } from "@texts/checks";
import { useState } from "react";
import { fieldError } from "../../api/problem";
import { AreaField } from "../../ui/AreaField";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Switch } from "../../ui/Switch";
import { type CheckForm, keyOf, pointerOf, textOf } from "./checkForm";
import { fieldGroups, type ProbeKind } from "./fieldSpecs";
import type { FieldGroup, FieldSpec } from "./fields";

interface Props {
  form: CheckForm;
  kind: ProbeKind;
  onChange: (change: Partial<CheckForm>) => void;
  faults: Record<string, string>;
  refused: unknown;
}

/** What a probe of this kind asks: what matters first, the rest folded. */
export function ProtocolFields(props: Props) {
  return fieldGroups[props.kind].map((group) => (
    <Group key={`${props.kind} ${group.title}`} group={group} {...props} />
  ));
}

const faultOf = ({ kind, faults, refused }: Props, spec: FieldSpec) =>
  faults[keyOf(kind, spec)] ?? fieldError(refused, pointerOf(kind, spec));

/** A fold opens by itself where it holds something, and where something in it is wrong. */
function Group({ group, ...props }: Props & { group: FieldGroup }) {
  const fields = group.rows.flat();
  const holds = (spec: FieldSpec) => textOf(props.form, spec) !== (spec.start ?? spec.codec.show(undefined));
  const [wasHeld] = useState(() => fields.some(holds));
  const wrong = fields.some((spec) => faultOf(props, spec));
  const rows = group.rows.map((row) => <Row key={row.map((spec) => spec.path).join()} row={row} {...props} />);
  if (!group.title) return rows;
  const said = fields.filter(holds).length;
  return (
    <details open={wasHeld || wrong || undefined}>
      <summary>
        {group.title}
        {said > 0 ? <span className="t3 small"> {t.set(said)}</span> : null}
      </summary>
      <div className="form">{rows}</div>
    </details>
  );
}

function Row({ row, ...props }: Props & { row: FieldSpec[] }) {
  const fields = row.map((spec) => <SettingField key={spec.path} spec={spec} {...props} />);
  if (row.length === 1) return fields;
  // What is short by nature stands beside what is not.
  const narrow = row.findIndex(
    ({ path }) => path === "method" || path === "port" || path === "type" || path === "count",
  );
  return <div className={narrow < 0 ? "two" : narrow === 0 ? "two first-narrow" : "two last-narrow"}>{fields}</div>;
}

function SettingField({ spec, ...props }: Props & { spec: FieldSpec }) {
  const { form, kind, onChange } = props;
  const { label, help, placeholder, options, as = "line" } = spec;
  const value = textOf(form, spec);
  const set = (text: string) => onChange({ settings: { ...form.settings, [keyOf(kind, spec)]: text } });
  const shared = { label, value, onChange: set, error: faultOf(props, spec), ...(help ? { help } : {}) };
  if (options) return <PickField {...shared} options={options} />;
  if (as === "switch") return <Switch label={label} on={value !== ""} onChange={(on) => set(on ? "yes" : "")} />;
  if (as === "area") return <AreaField {...shared} placeholder={placeholder} />;
  return (
    <LineField
      {...shared}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      // Readable by whoever may edit the check, but not over a shoulder.
      type={as === "secret" ? "password" : "text"}
    />
  );
}

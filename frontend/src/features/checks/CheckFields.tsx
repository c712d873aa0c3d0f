import type { InputHTMLAttributes } from "react";
import { fieldError } from "../../api/problem";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import type { CheckForm } from "./checkForm";

interface Props {
  form: CheckForm;
  onChange: (change: Partial<CheckForm>) => void;
  /** Shown once a save was tried. */
  faults: Partial<Record<keyof CheckForm, string>>;
  /** What the server said. */
  refused: unknown;
  /** The kind of a check that exists does not change. */
  isNew: boolean;
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Where the API names a field, by field of the form. */
const pointers: Partial<Record<keyof CheckForm, string>> = {
  name: "/name",
  url: "/http/url",
  method: "/http/method",
  headers: "/http/headers",
  body: "/http/body",
  codes: "/http/expect/statusCodes",
  matches: "/http/expect/bodyMatches",
  matchesNot: "/http/expect/bodyDoesNotMatch",
  interval: "/interval",
  timeout: "/timeout",
  source: "/source",
  staleness: "/staleness",
};

export function CheckFields(props: Props) {
  const { form, onChange, isNew } = props;
  return (
    <div className="form checkform">
      {isNew ? (
        <fieldset className="kinds" aria-label="Kind of check">
          <Kind
            word="HTTP or HTTPS"
            means="Torch asks a web address on a schedule"
            on={form.kind === "http"}
            pick={() => onChange({ kind: "http" })}
          />
          <Kind
            word="Report"
            means="A script tells; silence makes it expire"
            on={form.kind === "report"}
            pick={() => onChange({ kind: "report" })}
          />
        </fieldset>
      ) : null}
      <Line {...props} of="name" label="Name" maxLength={200} />
      {form.kind === "http" ? (
        <HttpFields {...props} />
      ) : (
        <Line
          {...props}
          of="source"
          label="Source"
          help="What the script reports with, such as backup/db1."
          maxLength={200}
        />
      )}
      <Line
        {...props}
        of="staleness"
        label="Expires after"
        placeholder="30m"
        help="How old the last observation may be. 30 minutes or three intervals where empty."
      />
      <Switch
        label={form.enabled ? "On" : "Off; the history is kept"}
        on={form.enabled}
        onChange={(enabled) => onChange({ enabled })}
      />
    </div>
  );
}

function Kind({ word, means, on, pick }: { word: string; means: string; on: boolean; pick: () => void }) {
  return (
    <label className="kind-choice">
      <input type="radio" name="kind" checked={on} onChange={pick} />
      <span>
        <b>{word}</b>
        <span className="t3 small">{means}</span>
      </span>
    </label>
  );
}

function HttpFields(props: Props) {
  const { form, onChange } = props;
  return (
    <>
      <div className="urlline">
        <Field label="Method">
          {({ id }) => (
            <Select
              id={id}
              label="Method"
              value={form.method}
              options={methods}
              onChange={(method) => onChange({ method })}
            />
          )}
        </Field>
        <Line {...props} of="url" label="Address" placeholder="https://example.org/health" inputMode="url" />
      </div>
      <div className="two">
        <Line {...props} of="interval" label="Every" help="From 1 s." />
        <Line {...props} of="timeout" label="Gives up after" help="From 100 ms to 5 minutes." />
      </div>
      <Line
        {...props}
        of="codes"
        label="Codes that are good"
        placeholder="200-299"
        help="Codes and ranges, apart by commas."
      />
      <div className="two">
        <Line
          {...props}
          of="matches"
          label="The body contains"
          placeholder={'"status":\\s*"ok"'}
          help="A regular expression."
        />
        <Line {...props} of="matchesNot" label="The body does not contain" help="A regular expression." />
      </div>
      <details open={form.headers !== "" || form.body !== ""}>
        <summary>Headers and body</summary>
        <div className="form">
          <Area
            {...props}
            of="headers"
            label="Headers"
            placeholder="Accept: application/json"
            help="Name: value, one a line."
          />
          <Area {...props} of="body" label="Body" help="Sent as it is, at most 64 KiB." />
        </div>
      </details>
    </>
  );
}

type TextOf = Exclude<keyof CheckForm, "enabled" | "kind">;
type LineProps = Props & { of: TextOf; label: string; help?: string } & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    "placeholder" | "maxLength" | "inputMode"
  >;

const errorOf = ({ faults, refused, of }: Pick<LineProps, "faults" | "refused" | "of">) =>
  faults[of] ?? fieldError(refused, pointers[of] ?? of);

function Line({ form, onChange, faults, refused, of, label, help, placeholder, maxLength, inputMode }: LineProps) {
  return (
    <Field label={label} help={help} error={errorOf({ faults, refused, of })}>
      {(wiring) => (
        <input
          {...wiring}
          className="field"
          placeholder={placeholder}
          maxLength={maxLength}
          inputMode={inputMode}
          spellCheck={false}
          value={form[of]}
          onChange={(event) => onChange({ [of]: event.target.value })}
        />
      )}
    </Field>
  );
}

function Area({ form, onChange, faults, refused, of, label, help, placeholder }: LineProps) {
  return (
    <Field label={label} help={help} error={errorOf({ faults, refused, of })}>
      {(wiring) => (
        <textarea
          {...wiring}
          className="field mono"
          rows={3}
          placeholder={placeholder}
          spellCheck={false}
          value={form[of]}
          onChange={(event) => onChange({ [of]: event.target.value })}
        />
      )}
    </Field>
  );
}

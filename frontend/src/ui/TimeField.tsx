import { fromLocalInput, localInput } from "./UntilField";

/** A time that a list begins or ends at, beside its word. */
export function TimeField(props: {
  label: string;
  value: string | undefined;
  onChange: (to: string | undefined) => void;
}) {
  return (
    <label className="row t3">
      {props.label}
      <input
        className="field"
        type="datetime-local"
        value={localInput(props.value)}
        onChange={(event) => props.onChange(fromLocalInput(event.target.value))}
      />
    </label>
  );
}
